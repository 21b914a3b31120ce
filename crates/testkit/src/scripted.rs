//! A provider that answers what the test wrote down.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use onay_core::{
    Error, LinkAccepted, LinkId, LinkNotifier, LinkRecipient, OtpChallenge, OtpCode, OtpSender,
    OtpSent, OtpVerified, OtpVerifier, async_trait,
};

use crate::call::Record;
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

#[derive(Debug, Default)]
struct Script {
    send: Line,
    verify: Line,
    notify: Line,
    unexpected: Vec<String>,
}

impl Script {
    fn line(&mut self, operation: Operation) -> &mut Line {
        match operation {
            Operation::Send => &mut self.send,
            Operation::Verify => &mut self.verify,
            Operation::Notify => &mut self.notify,
        }
    }
}

/// What is left of one operation's replies, and how many calls it had.
#[derive(Debug, Default)]
struct Line {
    replies: VecDeque<Reply>,
    calls: usize,
}

#[derive(Clone, Copy, Debug)]
enum Operation {
    Send,
    Verify,
    Notify,
}

impl Operation {
    const ALL: [Self; 3] = [Self::Send, Self::Verify, Self::Notify];

    const fn name(self) -> &'static str {
        match self {
            Self::Send => "send_otp",
            Self::Verify => "verify_otp",
            Self::Notify => "notify",
        }
    }
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
        let faults = {
            let mut script = self.script.lock().expect("not poisoned");
            let mut faults = script.unexpected.clone();
            for operation in Operation::ALL {
                let line = script.line(operation);
                let left = line.replies.iter().filter(|reply| !reply.stays()).count();
                if left > 0 {
                    let (name, calls) = (operation.name(), line.calls);
                    faults.push(format!(
                        "{name}: replies left over: {left}, calls made: {calls}"
                    ));
                }
            }
            faults
        };
        assert!(
            faults.is_empty(),
            "the script was not played as written\n  {}",
            faults.join("\n  ")
        );
    }

    #[track_caller]
    fn expect(self, operation: Operation, reply: Reply) -> Self {
        let reached = {
            let mut script = self.script.lock().expect("not poisoned");
            let line = script.line(operation);
            let reached = !line.replies.back().is_some_and(Reply::stays);
            line.replies.push_back(reply);
            reached
        };
        assert!(
            reached,
            "{}: the reply before this one holds from now on, so nothing comes after it",
            operation.name()
        );
        self
    }

    #[expect(clippy::panic, reason = "a mistake of the test should be loud")]
    fn next(&self, operation: Operation) -> Reply {
        let next = {
            let mut script = self.script.lock().expect("not poisoned");
            let line = script.line(operation);
            line.calls += 1;
            let calls = line.calls;
            match line.replies.front() {
                Some(reply) if reply.stays() => Ok(reply.clone()),
                _ => line.replies.pop_front().ok_or_else(|| {
                    let name = operation.name();
                    let fault = format!(
                        "{name}: the script expects no call here; calls made: {calls}, this one included"
                    );
                    script.unexpected.push(fault.clone());
                    fault
                }),
            }
        };
        // Not while the lock is held: the other calls of the test still want it.
        next.unwrap_or_else(|fault| panic!("{fault}"))
    }
}

#[async_trait]
impl OtpSender for Scripted {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        self.record.keep(Call::SendOtp {
            challenge: challenge.clone(),
        });
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
        self.record.keep(Call::VerifyOtp {
            challenge: challenge.clone(),
            code: code.clone(),
        });
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
        self.record.keep(Call::Notify {
            link: link.clone(),
            recipient: recipient.clone(),
        });
        self.next(Operation::Notify).notified().await
    }
}

#[cfg(test)]
mod tests;
