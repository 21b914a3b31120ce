//! `Recording` keeps every call of a provider, and checks expectations when the test ends.

use onay_core::{
    Error, LinkAccepted, LinkNotice, LinkNotifier, OtpChallenge, OtpCode, OtpSender, OtpSent,
    OtpVerified, OtpVerifier, Recipient, async_trait,
};

use crate::Call;
use crate::assertions::{not_sent_once_to, something_sent};
use crate::call::Record;

/// A provider, with every call kept: a real one on a sandbox, an `Arc<dyn OtpSender>`, a mock of
/// your own. It implements those of the three traits that the provider implements. Clones share the
/// record.
///
/// A call is kept when it starts, which is when its future is first polled. So a call that was
/// dropped before its answer is there too: it may have left.
///
/// What it [expects](Self::expect_one_message_to) is checked when the original is dropped (a clone
/// checks nothing), unless the test is panicking already. Keep the original in the test: a panic
/// inside a task would be lost.
///
/// ```
/// use onay_core::{OtpChallenge, OtpSender, PhoneNumber, SessionId};
/// use onay_testkit::{NullSender, Recording};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), onay_core::Error> {
/// let phone = PhoneNumber::parse("0555 000 00 42")?;
/// let sender = Recording::new(NullSender).expect_one_message_to(phone);
/// // ... hand `sender.clone()` to the code under test ...
/// # let challenge = OtpChallenge::for_phone(SessionId::parse("order-1")?, phone);
/// # sender.clone().send_otp(&challenge).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Recording<P> {
    provider: P,
    record: Record,
    /// Of the original alone.
    expected: Option<Expected>,
}

#[derive(Debug)]
enum Expected {
    OneMessageTo(Recipient),
    NoMessage,
}

impl<P> Recording<P> {
    /// Begins to keep what this provider is asked.
    pub fn new(provider: P) -> Self {
        Self {
            provider,
            record: Record::default(),
            expected: None,
        }
    }

    /// Fails the test at its end unless exactly one message was asked for, to this recipient.
    #[must_use]
    pub fn expect_one_message_to(mut self, recipient: impl Into<Recipient>) -> Self {
        self.expected = Some(Expected::OneMessageTo(recipient.into()));
        self
    }

    /// Fails the test at its end if a message was asked for.
    #[must_use]
    pub fn expect_no_message(mut self) -> Self {
        self.expected = Some(Expected::NoMessage);
        self
    }

    /// The calls so far, oldest first.
    pub fn calls(&self) -> Vec<Call> {
        self.record.calls()
    }
}

impl<P: Clone> Clone for Recording<P> {
    fn clone(&self) -> Self {
        Self {
            provider: self.provider.clone(),
            record: self.record.clone(),
            expected: None,
        }
    }
}

impl<P> Drop for Recording<P> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let fault = match &self.expected {
            None => None,
            Some(Expected::OneMessageTo(recipient)) => not_sent_once_to(&self.calls(), recipient),
            Some(Expected::NoMessage) => something_sent(&self.calls()),
        };
        assert!(fault.is_none(), "{}", fault.unwrap_or_default());
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
    async fn notify(&self, notice: &LinkNotice) -> Result<LinkAccepted, Error> {
        self.record.notify(notice);
        self.provider.notify(notice).await
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::Arc;
    use std::time::Duration;

    use onay_core::{LinkId, PhoneNumber, SessionId};

    use super::*;
    use crate::{NullSender, Reply, Scripted};

    fn phone() -> PhoneNumber {
        PhoneNumber::parse("0555 000 00 42").expect("a number")
    }

    fn challenge() -> OtpChallenge {
        let session = SessionId::parse("canary-session").expect("a session");
        OtpChallenge::for_phone(session, phone())
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
        let notice = LinkNotice::new(link, phone()).for_caller("canary-caller");

        let twin = provider.clone();
        twin.send_otp(&challenge).await.expect("accepted");
        twin.verify_otp(&challenge, &code).await.expect_err("wrong");
        twin.notify(&notice).await.expect("accepted");

        let shown = format!("{provider:?}");
        for canary in ["canary", "C4N4RY", "5550000042"] {
            assert!(!shown.contains(canary), "{shown}");
        }
        let calls = provider.calls();
        let [
            Call::SendOtp { challenge: sent },
            Call::VerifyOtp {
                challenge: checked,
                code: typed,
            },
            Call::Notify { notice: notified },
        ] = calls.as_slice()
        else {
            panic!("{calls:?}");
        };
        assert_eq!((sent, checked, typed), (&challenge, &challenge, &code));
        assert_eq!(
            (notified.link(), notified.recipient()),
            (notice.link(), notice.recipient())
        );
        let caller = notified.caller().map(onay_core::Secret::expose);
        assert_eq!(caller, Some("canary-caller"));
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
        assert!(provider.calls().is_empty());
        let patience = Duration::from_millis(1);
        let answer = tokio::time::timeout(patience, provider.send_otp(&challenge)).await;
        assert!(answer.is_err());
        assert_eq!(provider.calls().len(), 1);
    }

    #[tokio::test]
    async fn what_it_expects_is_checked_when_the_original_is_dropped() {
        let fails = |provider: Recording<NullSender>| {
            catch_unwind(AssertUnwindSafe(move || drop(provider))).is_err()
        };
        assert!(fails(
            Recording::new(NullSender).expect_one_message_to(phone())
        ));
        assert!(!fails(Recording::new(NullSender).expect_no_message()));
        assert!(!fails(Recording::new(NullSender)));
        for (provider, is_wrong) in [
            (
                Recording::new(NullSender).expect_one_message_to(phone()),
                false,
            ),
            (Recording::new(NullSender).expect_no_message(), true),
        ] {
            let twin = provider.clone();
            twin.send_otp(&challenge()).await.expect("accepted");
            assert!(!fails(twin), "a clone checks nothing");
            assert_eq!(fails(provider), is_wrong);
        }
    }
}
