//! A provider with a guard before it, which is a provider again.

use std::sync::Arc;

use onay_core::{
    Error, LinkAccepted, LinkId, LinkNotifier, LinkRecipient, OtpChallenge, OtpCode, OtpSender,
    OtpSent, OtpVerified, OtpVerifier, async_trait,
};

use crate::rules::{Ending, Rules};
use crate::{GuardStore, GuardedBuilder, Key};

/// A provider with a guard before it: whichever of the three traits the provider is, this is too.
///
/// | the call | the slot | the limits |
/// |---|---|---|
/// | a yes | taken for the provider's own wait ([`OtpSent::resend_in`]), else the minimum wait | counted |
/// | [`MaybeSent`](onay_core::Delivery::MaybeSent) | taken for the minimum wait, or longer where the error says so | counted |
/// | the future is dropped, the process dies | taken for the longest call and the minimum wait | counted |
/// | [`NotSent`](onay_core::Delivery::NotSent) | free at once | not counted |
/// | a no with [`retry_after`](Error::retry_after) | taken for that long | counted for the caller alone |
/// | any other no | taken for five seconds, or the minimum wait if that is shorter: nothing went out, and nobody hammers | counted for the caller alone |
///
/// No wait is longer than a day. What the guard holds back is [`TooSoon`] or [`LimitReached`] with
/// `NotSent` and a [`retry_after`](Error::retry_after), and asks the provider nothing. A check of a
/// code passes through.
///
/// ```
/// use std::time::Duration;
/// use onay_core::{Delivery, ErrorKind, Gsm, OtpChallenge, OtpSender, SessionId};
/// use onay_guard::{Guarded, MemoryStore};
/// # use onay_testkit::NullSender as Provider;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), onay_core::Error> {
/// let guarded = Guarded::builder(Provider, MemoryStore::new())
///     .scope("paynet")
///     .secret(b"from your settings, the same on every machine")
///     .limit(5, Duration::from_secs(24 * 60 * 60))
///     .caller_limit(20, Duration::from_secs(60 * 60))
///     .build()?;
///
/// let gsm = Gsm::parse("0555 000 00 42")?;
/// let challenge = OtpChallenge::for_gsm(SessionId::parse("order-1")?, gsm);
/// guarded.for_caller("203.0.113.7").send_otp(&challenge).await?;
///
/// // Another tab, another session, the same number.
/// let again = OtpChallenge::for_gsm(SessionId::parse("order-2")?, gsm);
/// let error = guarded.send_otp(&again).await.expect_err("held back");
/// assert_eq!(error.kind(), ErrorKind::TooSoon);
/// assert_eq!(error.delivery(), Delivery::NotSent);
/// assert!(error.retry_after().is_some());
/// # Ok(())
/// # }
/// ```
///
/// [`TooSoon`]: onay_core::ErrorKind::TooSoon
/// [`LimitReached`]: onay_core::ErrorKind::LimitReached
#[derive(Debug)]
pub struct Guarded<P, S> {
    provider: P,
    rules: Arc<Rules<S>>,
    caller: Option<Key>,
}

impl<P, S> Guarded<P, S> {
    /// Begins to guard a provider: one of your own, an `Arc<dyn OtpSender>`, any.
    pub fn builder(provider: P, store: S) -> GuardedBuilder<P, S> {
        GuardedBuilder::new(provider, store)
    }

    pub(crate) fn new(provider: P, rules: Rules<S>) -> Self {
        Self {
            provider,
            rules: Arc::new(rules),
            caller: None,
        }
    }

    /// The same guard, counting the messages of this caller too: an address, a customer's id,
    /// whatever you know about who asks. Nothing is allocated, and the text is not kept.
    ///
    /// An IPv6 network has more addresses than anybody can count: give its `/64`, not the address.
    #[must_use]
    pub fn for_caller(&self, caller: &str) -> Guarded<&P, S> {
        Guarded {
            provider: &self.provider,
            rules: Arc::clone(&self.rules),
            caller: Some(self.rules.keyring.caller(caller)),
        }
    }

    /// The provider, without the guard.
    pub fn provider(&self) -> &P {
        &self.provider
    }
}

impl<P: Clone, S> Clone for Guarded<P, S> {
    fn clone(&self) -> Self {
        Self {
            provider: self.provider.clone(),
            rules: Arc::clone(&self.rules),
            caller: self.caller,
        }
    }
}

#[async_trait]
impl<P: OtpSender, S: GuardStore> OtpSender for Guarded<P, S> {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        let rules = &*self.rules;
        let leave = rules
            .before(rules.keyring.otp(challenge), self.caller)
            .await?;
        let answer = self.provider.send_otp(challenge).await;
        let (ending, next) = match &answer {
            Ok(sent) => (Ending::Sent(sent.resend_in()), Some(sent.challenge())),
            Err(error) => (failed(error), error.challenge()),
        };
        // Where the provider renewed the session, the slot goes on with it.
        let next = next.map(|next| rules.keyring.otp(next).slot);
        rules.after(leave, ending, next).await;
        answer
    }
}

#[async_trait]
impl<P: LinkNotifier, S: GuardStore> LinkNotifier for Guarded<P, S> {
    async fn notify(
        &self,
        link: &LinkId,
        recipient: &LinkRecipient,
    ) -> Result<LinkAccepted, Error> {
        let rules = &*self.rules;
        let aim = rules.keyring.link(link, recipient);
        let leave = rules.before(aim, self.caller).await?;
        let answer = self.provider.notify(link, recipient).await;
        let ending = match &answer {
            Ok(_) => Ending::Sent(None),
            Err(error) => failed(error),
        };
        rules.after(leave, ending, None).await;
        answer
    }
}

/// A check sends nothing: it passes.
#[async_trait]
impl<P: OtpVerifier, S: GuardStore> OtpVerifier for Guarded<P, S> {
    async fn verify_otp(
        &self,
        challenge: &OtpChallenge,
        code: &OtpCode,
    ) -> Result<OtpVerified, Error> {
        self.provider.verify_otp(challenge, code).await
    }
}

fn failed(error: &Error) -> Ending {
    Ending::Failed(error.delivery(), error.retry_after())
}
