//! `Script` holds the remaining replies of each operation.

use std::collections::VecDeque;

use onay_core::{Operation, Recipient};

use crate::Reply;

/// The replies of all operations, and what went otherwise than written.
#[derive(Debug, Default)]
pub(crate) struct Script {
    queues: Vec<Queue>,
    unexpected: Vec<String>,
}

/// What is left of one operation's replies, to one recipient or to all the others.
#[derive(Debug)]
struct Queue {
    operation: Operation,
    recipient: Option<Recipient>,
    replies: VecDeque<Reply>,
    calls: usize,
}

impl Script {
    /// Adds a reply. False where it would never be reached.
    pub(crate) fn add(
        &mut self,
        operation: Operation,
        recipient: Option<Recipient>,
        reply: Reply,
    ) -> bool {
        let at = self.find(operation, recipient.as_ref());
        let at = at.unwrap_or_else(|| self.open(operation, recipient));
        let Some(queue) = self.queues.get_mut(at) else {
            return false;
        };
        let reached = !queue.replies.back().is_some_and(Reply::stays);
        if reached {
            queue.replies.push_back(reply);
        }
        reached
    }

    /// The reply to one more call, or what is wrong with there being one. Replies to this recipient
    /// come before those in the fixed order.
    pub(crate) fn next(
        &mut self,
        operation: Operation,
        recipient: Option<&Recipient>,
    ) -> Result<Reply, String> {
        let own = recipient.and_then(|recipient| self.find(operation, Some(recipient)));
        let at = own.or_else(|| self.find(operation, None));
        let at = at.unwrap_or_else(|| self.open(operation, None));
        let queue = self.queues.get_mut(at);
        let next = queue.and_then(|queue| {
            queue.calls += 1;
            match queue.replies.front() {
                Some(reply) if reply.stays() => Some(reply.clone()),
                _ => queue.replies.pop_front(),
            }
        });
        next.ok_or_else(|| {
            let calls = self.queues.get(at).map_or(0, |queue| queue.calls);
            let (name, to) = (operation.name(), shown(recipient));
            let fault = format!(
                "{name}{to}: the script expects no call here; calls made: {calls}, this one included"
            );
            self.unexpected.push(fault.clone());
            fault
        })
    }

    /// What went otherwise than written so far.
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = self.unexpected.clone();
        for queue in &self.queues {
            let left = queue.replies.iter().filter(|reply| !reply.stays()).count();
            if left > 0 {
                let (name, to) = (queue.operation.name(), shown(queue.recipient.as_ref()));
                let calls = queue.calls;
                faults.push(format!(
                    "{name}{to}: replies left over: {left}, calls made: {calls}"
                ));
            }
        }
        faults
    }

    fn find(&self, operation: Operation, recipient: Option<&Recipient>) -> Option<usize> {
        let is_it =
            |queue: &Queue| queue.operation == operation && queue.recipient.as_ref() == recipient;
        self.queues.iter().position(is_it)
    }

    fn open(&mut self, operation: Operation, recipient: Option<Recipient>) -> usize {
        self.queues.push(Queue {
            operation,
            recipient,
            replies: VecDeque::new(),
            calls: 0,
        });
        self.queues.len() - 1
    }
}

fn shown(recipient: Option<&Recipient>) -> String {
    recipient.map_or_else(String::new, |recipient| {
        format!(" to {}", recipient.masked())
    })
}
