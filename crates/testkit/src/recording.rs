//! Keeps what any provider was asked.

use onay_core::{
    Error, LinkAccepted, LinkId, LinkNotifier, LinkRecipient, OtpChallenge, OtpCode, OtpSender,
    OtpSent, OtpVerified, OtpVerifier, async_trait,
};

use crate::Call;
use crate::call::Record;

/// Any provider, with every call kept: a real one on a sandbox, an `Arc<dyn OtpSender>`, a mock of
/// your own. It is whichever of the three traits the provider is. Clones share the record.
///
/// A call is kept when it starts, which is when its future is first polled. So a call that was
/// dropped before its answer is there too: it may have left.
///
/// ```
/// use onay_core::{Gsm, OtpChallenge, OtpSender, SessionId};
/// use onay_testkit::{NullSender, Recording, assert_sent_once_to};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), onay_core::Error> {
/// let gsm = Gsm::parse("0555 000 00 42")?;
/// let sender = Recording::new(NullSender);
/// // ... hand `sender.clone()` to the code under test ...
/// # let challenge = OtpChallenge::for_gsm(SessionId::parse("order-1")?, gsm);
/// # sender.clone().send_otp(&challenge).await?;
/// assert_sent_once_to(&sender.calls(), &gsm);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Recording<P> {
    provider: P,
    record: Record,
}

impl<P> Recording<P> {
    /// Begins to keep what this provider is asked.
    pub fn new(provider: P) -> Self {
        Self {
            provider,
            record: Record::default(),
        }
    }

    /// The calls so far, oldest first.
    pub fn calls(&self) -> Vec<Call> {
        self.record.calls()
    }
}

#[async_trait]
impl<P: OtpSender> OtpSender for Recording<P> {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        self.record.send_otp(challenge);
        self.provider.send_otp(challenge).await
    }
}

#[async_trait]
impl<P: OtpVerifier> OtpVerifier for Recording<P> {
    async fn verify_otp(
        &self,
        challenge: &OtpChallenge,
        code: &OtpCode,
    ) -> Result<OtpVerified, Error> {
        self.record.verify_otp(challenge, code);
        self.provider.verify_otp(challenge, code).await
    }
}

#[async_trait]
impl<P: LinkNotifier> LinkNotifier for Recording<P> {
    async fn notify(
        &self,
        link: &LinkId,
        recipient: &LinkRecipient,
    ) -> Result<LinkAccepted, Error> {
        self.record.notify(link, recipient);
        self.provider.notify(link, recipient).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use onay_core::{Gsm, SessionId};

    use super::*;
    use crate::{NullSender, Reply, Scripted};

    fn challenge() -> OtpChallenge {
        OtpChallenge::for_gsm(
            SessionId::parse("canary-session").expect("a session"),
            Gsm::parse("0555 000 00 42").expect("a number"),
        )
    }

    #[tokio::test]
    async fn every_call_is_kept_whole_and_in_order() {
        let script = Scripted::new()
            .on_send(Reply::accepted())
            .on_verify(Reply::wrong_code())
            .on_notify(Reply::accepted());
        let provider = Recording::new(script);
        let challenge = challenge();
        let code = OtpCode::parse("C4N4RY").expect("a code");
        let link = LinkId::parse("NB2Zlz3").expect("a link");
        let recipient = LinkRecipient::Sms(*challenge.gsm().expect("a number"));

        let twin = provider.clone();
        twin.send_otp(&challenge).await.expect("accepted");
        twin.verify_otp(&challenge, &code).await.expect_err("wrong");
        twin.notify(&link, &recipient).await.expect("accepted");

        let shown = format!("{provider:?}");
        for canary in ["canary", "C4N4RY", "5550000042"] {
            assert!(!shown.contains(canary), "{shown}");
        }
        assert_eq!(
            provider.calls(),
            [
                Call::SendOtp {
                    challenge: challenge.clone()
                },
                Call::VerifyOtp { challenge, code },
                Call::Notify { link, recipient },
            ]
        );
    }

    #[tokio::test]
    async fn a_trait_object_can_be_recorded() {
        let shared: Arc<dyn OtpSender> = Arc::new(NullSender);
        let provider = Recording::new(shared);
        provider.send_otp(&challenge()).await.expect("accepted");
        assert_eq!(provider.calls().len(), 1);
    }

    #[tokio::test]
    async fn a_dropped_call_is_kept_and_one_that_never_began_is_not() {
        let provider = Recording::new(Scripted::new().on_send(Reply::never()));
        let challenge = challenge();
        drop(provider.send_otp(&challenge));
        assert_eq!(provider.calls(), []);
        let patience = Duration::from_millis(1);
        let answer = tokio::time::timeout(patience, provider.send_otp(&challenge)).await;
        assert!(answer.is_err());
        assert_eq!(provider.calls().len(), 1);
    }
}
