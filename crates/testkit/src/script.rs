//! What a test wrote down: for each operation the replies that are left.

use std::collections::VecDeque;

use crate::Reply;

/// The replies of all operations, and what went otherwise than written.
#[derive(Debug, Default)]
pub(crate) struct Script {
    send: Line,
    verify: Line,
    notify: Line,
    unexpected: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Operation {
    Send,
    Verify,
    Notify,
}

/// What is left of one operation's replies, and how many calls it had.
#[derive(Debug, Default)]
struct Line {
    replies: VecDeque<Reply>,
    calls: usize,
}

impl Script {
    /// Adds a reply. False where it would never be reached.
    pub(crate) fn add(&mut self, operation: Operation, reply: Reply) -> bool {
        let line = self.line(operation);
        let reached = !line.replies.back().is_some_and(Reply::stays);
        line.replies.push_back(reply);
        reached
    }

    /// The reply to one more call, or what is wrong with there being one.
    pub(crate) fn next(&mut self, operation: Operation) -> Result<Reply, String> {
        let line = self.line(operation);
        line.calls += 1;
        let calls = line.calls;
        let next = match line.replies.front() {
            Some(reply) if reply.stays() => Some(reply.clone()),
            _ => line.replies.pop_front(),
        };
        next.ok_or_else(|| {
            let name = operation.name();
            let fault = format!(
                "{name}: the script expects no call here; calls made: {calls}, this one included"
            );
            self.unexpected.push(fault.clone());
            fault
        })
    }

    /// What went otherwise than written so far.
    pub(crate) fn faults(&mut self) -> Vec<String> {
        let mut faults = self.unexpected.clone();
        for operation in Operation::ALL {
            let line = self.line(operation);
            let left = line.replies.iter().filter(|reply| !reply.stays()).count();
            if left > 0 {
                let (name, calls) = (operation.name(), line.calls);
                faults.push(format!(
                    "{name}: replies left over: {left}, calls made: {calls}"
                ));
            }
        }
        faults
    }

    fn line(&mut self, operation: Operation) -> &mut Line {
        match operation {
            Operation::Send => &mut self.send,
            Operation::Verify => &mut self.verify,
            Operation::Notify => &mut self.notify,
        }
    }
}

impl Operation {
    const ALL: [Self; 3] = [Self::Send, Self::Verify, Self::Notify];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Send => "send_otp",
            Self::Verify => "verify_otp",
            Self::Notify => "notify",
        }
    }
}
