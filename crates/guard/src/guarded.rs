//! `Guarded` wraps a provider and implements the traits that the provider implements.

use std::sync::Arc;
use std::time::Duration;

use onay_core::{
    Dispatch, Error, LinkAccepted, LinkNotice, LinkNotifier, Operation, OtpChallenge, OtpCode,
    OtpSender, OtpSent, OtpVerified, OtpVerifier, Recipient, Secret, Wait, async_trait,
};

use crate::rules::{Ask, Ending, Rules};
use crate::{GuardedBuilder, Store, VerifiedShare, now};

/// A provider with a guard before it: it implements the same traits as the provider.
///
/// | the call | the slot | the limits |
/// |---|---|---|
/// | a yes | taken for the provider's own wait ([`OtpSent::resend`]) or the [minimum wait], whichever is longer | counted |
/// | [`MaybeSent`](Dispatch::MaybeSent) | taken for the [unsure wait], or longer where the error says so | counted |
/// | the future is dropped, the process dies | taken for the [unsure wait], or for the [longest call](GuardedBuilder::longest_call) and the minimum wait together where that is longer, counted from before the call | counted |
/// | [`NotSent`](Dispatch::NotSent) | free at once | not counted |
/// | a no with a [wait](Error::wait) | taken for that long | counted for the caller alone |
/// | any other no | taken for five seconds, or the minimum wait if that is shorter: nothing went out, and a bot cannot hammer | counted for the caller alone |
///
/// No wait that a provider names counts as longer than a day, and none is reported as longer. A wait
/// that was counted [by the local
/// clock](Wait::is_by_local_clock), which may be wrong, holds for the
/// minimum wait at least and ten minutes at most.
///
/// What the guard holds back is [`TooSoon`] or [`LimitReached`] with `NotSent` and a
/// [wait](Error::wait), and the provider is not called. [`OtpSent::resend`] of a yes, and the wait of
/// an error after which a message may be out, are the wait that will really hold: a button that
/// follows them is never refused. A check of a code passes through.
///
/// The caller, which [`caller_limit`](GuardedBuilder::caller_limit) counts, travels with the call:
/// [`OtpChallenge::for_caller`], [`LinkNotice::for_caller`]. So it is counted through an
/// `Arc<dyn OtpSender>` too.
///
/// ```
/// use std::time::Duration;
/// use onay_core::{Dispatch, ErrorKind, OtpChallenge, OtpSender, PhoneNumber, SessionId};
/// use onay_guard::{Guarded, MemoryStore};
/// # use onay_core::Error;
/// # use onay_testkit::NullSender as Provider;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// let guarded = Guarded::builder(Provider, MemoryStore::new())
///     .scope("paynet")
///     .secret(b"from your settings, the same on every machine")
///     .limit(5, Duration::from_secs(24 * 60 * 60))
///     .caller_limit(20, Duration::from_secs(60 * 60))
///     .build()?;
///
/// let phone = PhoneNumber::parse("0555 000 00 42")?;
/// let challenge = OtpChallenge::for_phone(SessionId::parse("order-1")?, phone);
/// let sent = guarded.send_otp(&challenge.for_caller("203.0.113.7")).await?;
/// assert!(sent.resend().is_some());
///
/// // Another tab, another session, the same number.
/// let again = OtpChallenge::for_phone(SessionId::parse("order-2")?, phone);
/// let error = guarded.send_otp(&again).await.expect_err("held back");
/// assert_eq!(error.kind(), ErrorKind::TooSoon);
/// assert_eq!(error.dispatch(), Dispatch::NotSent);
/// assert!(error.wait().is_some());
/// # Ok(())
/// # }
/// ```
///
/// [minimum wait]: GuardedBuilder::minimum_wait
/// [unsure wait]: GuardedBuilder::unsure_wait
/// [`TooSoon`]: onay_core::ErrorKind::TooSoon
/// [`LimitReached`]: onay_core::ErrorKind::LimitReached
#[derive(Debug)]
pub struct Guarded<P, S> {
    provider: P,
    rules: Arc<Rules<S>>,
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
        }
    }

    /// How many messages this guard and its clones let through, and how many codes were approved
    /// through them.
    pub fn verified_share(&self) -> VerifiedShare {
        self.rules.counts.share()
    }

    pub(crate) fn rules(&self) -> &Rules<S> {
        &self.rules
    }

    /// The provider, without the guard.
    pub fn provider(&self) -> &P {
        &self.provider
    }
}

impl<P, S: Store> Guarded<P, S> {
    /// Guards a call of your own that sends a code to this recipient and is no method of a trait. It
    /// shares the recipient's slot and limits with [`send_otp`](OtpSender::send_otp).
    ///
    /// The future is polled once the message may go out, and dropped where it may not. A yes holds
    /// for the [minimum wait](GuardedBuilder::minimum_wait), an error as an error of a provider.
    ///
    /// # Errors
    ///
    /// Those of the call. [`TooSoon`](onay_core::ErrorKind::TooSoon),
    /// [`LimitReached`](onay_core::ErrorKind::LimitReached) and
    /// [`Unreachable`](onay_core::ErrorKind::Unreachable) of the guard itself are `NotSent`.
    ///
    /// ```
    /// # use onay_core::{Error, PhoneNumber};
    /// # use onay_guard::{Guarded, MemoryStore};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let guarded = Guarded::builder((), MemoryStore::new())
    /// #     .scope("shop")
    /// #     .secret(b"from your settings, the same on every machine")
    /// #     .build()?;
    /// let recipient = PhoneNumber::parse("0555 000 00 42")?.into();
    /// let call = || async {
    ///     // A request that sends a message.
    ///     Ok::<_, Error>("sent")
    /// };
    /// assert_eq!(guarded.run(&recipient, "203.0.113.7", call()).await?, "sent");
    /// assert!(guarded.run(&recipient, None, call()).await.is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn run<T>(
        &self,
        recipient: &Recipient,
        caller: impl Into<Option<&str>>,
        call: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let ask = Ask {
            target: self.rules.keyring.otp_to(recipient),
            caller: caller.into(),
            operation: None,
        };
        let (done, _) = self.guard(ask, call, |_| (None, None)).await?;
        Ok(done)
    }

    /// Makes a call between the question to the store and its settlement. `said` reads a yes: its
    /// wait, and the challenge to go on with. Beside the yes it gives the wait that holds.
    async fn guard<T>(
        &self,
        ask: Ask<'_>,
        call: impl Future<Output = Result<T, Error>>,
        said: impl FnOnce(&T) -> (Option<Wait>, Option<&OtpChallenge>),
    ) -> Result<(T, Option<Wait>), Error> {
        let rules = &*self.rules;
        let permit = rules.before(ask).await?;
        let answer = call.await;
        let (ending, next) = match &answer {
            Ok(yes) => {
                let (wait, next) = said(yes);
                (Ending::Sent(wait), next)
            }
            Err(error) => {
                let ending = Ending::Failed(error.dispatch(), error.wait().copied());
                (ending, error.challenge())
            }
        };
        // Where the provider renewed the session, the slot goes on with it.
        let next = next.map(|next| rules.keyring.otp(next).slot);
        let held = rules.after(permit, ending, next).await;
        let held = held.map(|length| Wait::new(now(), length));
        match answer {
            Ok(yes) => Ok((yes, held)),
            Err(error) => Err(with_wait(error, held)),
        }
    }
}

impl<P: Clone, S> Clone for Guarded<P, S> {
    fn clone(&self) -> Self {
        Self {
            provider: self.provider.clone(),
            rules: Arc::clone(&self.rules),
        }
    }
}

#[async_trait]
impl<P: OtpSender, S: Store> OtpSender for Guarded<P, S> {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        let ask = Ask {
            target: self.rules.keyring.otp(challenge),
            caller: challenge.caller().map(Secret::expose),
            operation: Some(Operation::SEND_OTP),
        };
        // Not before the permit: a provider may begin when it is called, not when it is awaited.
        let call = async { self.provider.send_otp(challenge).await };
        let guarded = self.guard(ask, call, |sent| {
            (sent.resend().copied(), Some(sent.challenge()))
        });
        let (sent, held) = guarded.await?;
        Ok(match held {
            Some(held) => {
                let held = longer(held, sent.resend());
                sent.with_resend(held)
            }
            None => sent,
        })
    }
}

#[async_trait]
impl<P: LinkNotifier, S: Store> LinkNotifier for Guarded<P, S> {
    async fn notify(&self, notice: &LinkNotice) -> Result<LinkAccepted, Error> {
        let ask = Ask {
            target: self.rules.keyring.link(notice),
            caller: notice.caller().map(Secret::expose),
            operation: Some(Operation::NOTIFY),
        };
        let call = async { self.provider.notify(notice).await };
        let (accepted, _) = self.guard(ask, call, |_| (None, None)).await?;
        Ok(accepted)
    }
}

/// A check sends nothing: it passes, and what is approved is counted.
#[async_trait]
impl<P: OtpVerifier, S: Store> OtpVerifier for Guarded<P, S> {
    async fn verify_otp(
        &self,
        challenge: &OtpChallenge,
        code: &OtpCode,
    ) -> Result<OtpVerified, Error> {
        let answer = self.provider.verify_otp(challenge, code).await;
        if answer.is_ok() {
            self.rules.counts.verified(&self.rules.settings.scope);
        }
        answer
    }
}

/// The wait that holds. It is a round trip longer than the provider's, so that a button that waits
/// for it is not refused; the provider's own time stays where its wait is the one that holds.
fn longer(held: Wait, provider: Option<&Wait>) -> Wait {
    let margin = Duration::from_secs(1);
    match provider.and_then(|wait| Some((wait.ends(), wait.at()?))) {
        Some((ends, at)) if held.ends() <= ends + margin => held.with_time(at),
        _ => held,
    }
}

/// An error after which the recipient is held says for how long, where it means that a message may
/// be out or names a wait itself.
fn with_wait(error: Error, held: Option<Wait>) -> Error {
    let is_shown = error.dispatch() == Dispatch::MaybeSent || error.wait().is_some();
    match held {
        Some(held) if is_shown => {
            let held = longer(held, error.wait());
            error.with_wait(held)
        }
        _ => error,
    }
}
