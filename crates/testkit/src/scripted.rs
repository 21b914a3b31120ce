//! A provider that answers what the test wrote down.

use std::sync::{Arc, Mutex};

use onay_core::{
    Error, LinkAccepted, LinkNotice, LinkNotifier, Operation, OtpChallenge, OtpCode, OtpSender,
    OtpSent, OtpVerified, OtpVerifier, Recipient, async_trait,
};

use crate::call::Record;
use crate::script::Script;
use crate::{Call, Reply};

/// A provider of all three traits whose answers a test writes down beforehand: one [`Reply`] for
/// each call, in order, for each operation on its own; or for each recipient on its own, so that
/// calls for several customers may come in any order. It keeps the calls too. Clones are the same
/// provider.
///
/// A call that the script does not expect panics. A task can swallow that panic, and a checkout
/// takes it for an interrupted call then. So the original checks the script once more when it is
/// dropped (a clone checks nothing), unless the test is panicking already: replies that are left
/// over and calls that were not expected fail the test. Keep the original in the test, and hand
/// clones to the code under test. A reply behind one that holds
/// [from now on](Reply::from_now_on) would never be reached: adding it panics.
///
/// A merchant's own test of a checkout, whose customer mistypes once:
///
/// ```
/// use onay_core::{Dispatch, Error, ErrorKind, OtpChallenge, OtpCode, OtpVerifier, PhoneNumber};
/// # use onay_core::{OtpSender, SessionId};
/// use onay_testkit::{Reply, Scripted, assert_error, assert_sent_once_to};
///
/// /// The code under test: asks for a code unless one may be on its way.
/// async fn begin(sender: &dyn OtpSender, challenge: &OtpChallenge) -> Result<OtpChallenge, Error> {
///     match sender.send_otp(challenge).await {
///         Ok(sent) => Ok(sent.into_challenge()),
///         Err(error) if error.dispatch() == Dispatch::MaybeSent => Ok(challenge.clone()),
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
/// let phone = PhoneNumber::parse("0555 000 00 42")?;
/// let challenge = OtpChallenge::for_phone(SessionId::parse("order-1")?, phone);
/// let challenge = begin(&provider, &challenge).await?;
/// let wrong = provider.verify_otp(&challenge, &OtpCode::parse("AAA1")?).await;
/// assert_error(&wrong, ErrorKind::WrongCode, Dispatch::Refused);
/// provider.verify_otp(&challenge, &OtpCode::parse("AAA2")?).await?;
///
/// assert_sent_once_to(&provider.calls(), phone);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use]
pub struct Scripted {
    script: Arc<Mutex<Script>>,
    record: Record,
    /// Whether it has still to check the script: of the original alone.
    checks: bool,
}

impl Scripted {
    /// A script that expects nothing yet.
    pub fn new() -> Self {
        Self {
            script: Arc::default(),
            record: Record::default(),
            checks: true,
        }
    }

    /// Adds the reply to the next `send_otp`.
    #[track_caller]
    pub fn on_send(self, reply: Reply) -> Self {
        self.expect(Operation::SEND_OTP, None, reply)
    }

    /// Adds the reply to the next `send_otp` for this recipient. Calls for it take no other reply.
    #[track_caller]
    pub fn on_send_to(self, recipient: impl Into<Recipient>, reply: Reply) -> Self {
        self.expect(Operation::SEND_OTP, Some(recipient.into()), reply)
    }

    /// Adds the reply to the next `verify_otp`.
    #[track_caller]
    pub fn on_verify(self, reply: Reply) -> Self {
        self.expect(Operation::VERIFY_OTP, None, reply)
    }

    /// Adds the reply to the next `verify_otp` for this recipient. Calls for it take no other reply.
    #[track_caller]
    pub fn on_verify_to(self, recipient: impl Into<Recipient>, reply: Reply) -> Self {
        self.expect(Operation::VERIFY_OTP, Some(recipient.into()), reply)
    }

    /// Adds the reply to the next `notify`.
    #[track_caller]
    pub fn on_notify(self, reply: Reply) -> Self {
        self.expect(Operation::NOTIFY, None, reply)
    }

    /// Adds the reply to the next `notify` for this recipient. Calls for it take no other reply.
    #[track_caller]
    pub fn on_notify_to(self, recipient: impl Into<Recipient>, reply: Reply) -> Self {
        self.expect(Operation::NOTIFY, Some(recipient.into()), reply)
    }

    /// The calls so far, oldest first, those that the script did not expect included.
    pub fn calls(&self) -> Vec<Call> {
        self.record.calls()
    }

    /// Fails if the script was not played as written: replies are left over, or a call came that it
    /// did not expect. A reply that holds [from now on](Reply::from_now_on) may be left over. It
    /// happens by itself when the original is dropped.
    #[track_caller]
    pub fn assert_finished(&self) {
        let faults = self.script.lock().expect("not poisoned").faults();
        let faults = faults.join("\n  ");
        assert!(
            faults.is_empty(),
            "the script was not played as written\n  {faults}"
        );
    }

    #[track_caller]
    fn expect(self, operation: Operation, recipient: Option<Recipient>, reply: Reply) -> Self {
        let mut script = self.script.lock().expect("not poisoned");
        let reached = script.add(operation, recipient, reply);
        drop(script);
        assert!(
            reached,
            "{}: the reply before this one holds from now on, so nothing comes after it",
            operation.name()
        );
        self
    }

    #[expect(clippy::panic, reason = "a mistake of the test should be loud")]
    fn next(&self, operation: Operation, recipient: Option<&Recipient>) -> Reply {
        let mut script = self.script.lock().expect("not poisoned");
        let next = script.next(operation, recipient);
        // The other calls of the test still want the lock, and find it poisoned after a panic.
        drop(script);
        next.unwrap_or_else(|fault| panic!("{fault}"))
    }
}

impl Default for Scripted {
    fn default() -> Self {
        Self::new()
    }
}

impl Clone for Scripted {
    fn clone(&self) -> Self {
        Self {
            script: Arc::clone(&self.script),
            record: self.record.clone(),
            checks: false,
        }
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        if self.checks && !std::thread::panicking() {
            self.assert_finished();
        }
    }
}

#[async_trait]
impl OtpSender for Scripted {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        self.record.send_otp(challenge);
        let reply = self.next(Operation::SEND_OTP, challenge.recipient());
        reply.sent(challenge).await
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
        let reply = self.next(Operation::VERIFY_OTP, challenge.recipient());
        reply.verified(challenge).await
    }
}

#[async_trait]
impl LinkNotifier for Scripted {
    async fn notify(&self, notice: &LinkNotice) -> Result<LinkAccepted, Error> {
        self.record.notify(notice);
        let reply = self.next(Operation::NOTIFY, Some(notice.recipient()));
        reply.notified().await
    }
}

#[cfg(test)]
mod tests;
