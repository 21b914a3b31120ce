//! A provider that answers what the test wrote down.

use std::sync::{Arc, Mutex};

use onay_core::{
    Error, LinkAccepted, LinkId, LinkNotifier, LinkRecipient, OtpChallenge, OtpCode, OtpSender,
    OtpSent, OtpVerified, OtpVerifier, async_trait,
};

use crate::call::Record;
use crate::script::{Operation, Script};
use crate::{Call, Reply};

/// A provider of all three traits whose answers a test writes down beforehand: one [`Reply`] for
/// each call, in order, for each operation on its own. It keeps the calls too. Clones are the same
/// provider.
///
/// A call that the script does not expect panics. A task can swallow a panic, and a checkout takes
/// it for an interrupted call then; so end a test with [`assert_finished`](Self::assert_finished).
///
/// A merchant's own test of a checkout, whose customer mistypes once:
///
/// ```
/// use onay_core::{Delivery, Error, ErrorKind, Gsm, OtpChallenge, OtpCode, OtpVerifier};
/// # use onay_core::{OtpSender, SessionId};
/// use onay_testkit::{Reply, Scripted, assert_error, assert_sent_once_to};
///
/// /// The code under test: asks for a code unless one may be on its way.
/// async fn begin(sender: &dyn OtpSender, challenge: &OtpChallenge) -> Result<OtpChallenge, Error> {
///     match sender.send_otp(challenge).await {
///         Ok(sent) => Ok(sent.into_challenge()),
///         Err(error) if error.delivery() == Delivery::MaybeSent => Ok(challenge.clone()),
///         Err(error) => Err(error),
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// let provider = Scripted::new()
///     .on_send(Reply::interrupted())
///     .on_verify(Reply::wrong_code())
///     .on_verify(Reply::accepted());
///
/// let gsm = Gsm::parse("0555 000 00 42")?;
/// let challenge = OtpChallenge::for_gsm(SessionId::parse("order-1")?, gsm);
/// let challenge = begin(&provider, &challenge).await?;
/// let wrong = provider.verify_otp(&challenge, &OtpCode::parse("AAA1")?).await;
/// assert_error(&wrong, ErrorKind::WrongCode, Delivery::Refused);
/// provider.verify_otp(&challenge, &OtpCode::parse("AAA2")?).await?;
///
/// assert_sent_once_to(&provider.calls(), &gsm);
/// provider.assert_finished();
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Scripted {
    script: Arc<Mutex<Script>>,
    record: Record,
}

impl Scripted {
    /// A script that expects nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the reply to the next `send_otp`.
    ///
    /// # Panics
    ///
    /// After a reply that holds [from now on](Reply::from_now_on): nothing comes after it.
    #[track_caller]
    pub fn on_send(self, reply: Reply) -> Self {
        self.expect(Operation::Send, reply)
    }

    /// Adds the reply to the next `verify_otp`.
    ///
    /// # Panics
    ///
    /// After a reply that holds [from now on](Reply::from_now_on): nothing comes after it.
    #[track_caller]
    pub fn on_verify(self, reply: Reply) -> Self {
        self.expect(Operation::Verify, reply)
    }

    /// Adds the reply to the next `notify`.
    ///
    /// # Panics
    ///
    /// After a reply that holds [from now on](Reply::from_now_on): nothing comes after it.
    #[track_caller]
    pub fn on_notify(self, reply: Reply) -> Self {
        self.expect(Operation::Notify, reply)
    }

    /// The calls so far, oldest first, those that the script did not expect included.
    pub fn calls(&self) -> Vec<Call> {
        self.record.calls()
    }

    /// Fails if the script was not played as written: replies are left over, or a call came that it
    /// did not expect. A reply that holds [from now on](Reply::from_now_on) may be left over.
    #[track_caller]
    pub fn assert_finished(&self) {
        let faults = self.script.lock().expect("not poisoned").faults();
        assert!(
            faults.is_empty(),
            "the script was not played as written\n  {}",
            faults.join("\n  ")
        );
    }

    #[track_caller]
    fn expect(self, operation: Operation, reply: Reply) -> Self {
        let mut script = self.script.lock().expect("not poisoned");
        let reached = script.add(operation, reply);
        drop(script);
        assert!(
            reached,
            "{}: the reply before this one holds from now on, so nothing comes after it",
            operation.name()
        );
        self
    }

    #[expect(clippy::panic, reason = "a mistake of the test should be loud")]
    fn next(&self, operation: Operation) -> Reply {
        let next = self.script.lock().expect("not poisoned").next(operation);
        // Not while the lock is held: the other calls of the test still want it.
        next.unwrap_or_else(|fault| panic!("{fault}"))
    }
}

#[async_trait]
impl OtpSender for Scripted {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        self.record.send_otp(challenge);
        self.next(Operation::Send).sent(challenge).await
    }
}

#[async_trait]
impl OtpVerifier for Scripted {
    async fn verify_otp(
        &self,
        challenge: &OtpChallenge,
        code: &OtpCode,
    ) -> Result<OtpVerified, Error> {
        self.record.verify_otp(challenge, code);
        self.next(Operation::Verify).verified(challenge).await
    }
}

#[async_trait]
impl LinkNotifier for Scripted {
    async fn notify(
        &self,
        link: &LinkId,
        recipient: &LinkRecipient,
    ) -> Result<LinkAccepted, Error> {
        self.record.notify(link, recipient);
        self.next(Operation::Notify).notified().await
    }
}

#[cfg(test)]
mod tests;
