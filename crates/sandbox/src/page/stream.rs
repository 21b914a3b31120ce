//! `merged` orders calls and the messages that they sent as one stream, newest first.

use crate::journal::{Call, Entry};
use crate::message::Message;
use crate::provider::Provider;
use crate::tenant::TenantId;

/// One item: a call, a message, or a call with its message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'world> {
    pub(super) message: Option<&'world Message>,
    pub(super) entry: Option<&'world Entry>,
}

impl<'world> Item<'world> {
    pub(super) fn call(&self) -> Option<&'world Call> {
        self.entry.map(Entry::call)
    }

    /// Its address on the page: `m12` of a message, `c7` of a call without one.
    pub(super) fn key(&self) -> String {
        match (self.message, self.entry) {
            (Some(message), _) => format!("m{}", message.id()),
            (None, entry) => format!("c{}", entry.map(Entry::id).unwrap_or_default()),
        }
    }

    pub(super) fn provider(&self) -> Option<Provider> {
        let provider = self.message.map(Message::provider);
        provider.or_else(|| self.call().map(|call| call.provider))
    }

    pub(super) fn tenant(&self) -> Option<&'world TenantId> {
        let tenant = self.message.map(|message| &message.content().tenant);
        tenant.or_else(|| self.call().and_then(|call| call.tenant.as_ref()))
    }
}

/// Lays calls and messages, each newest first, into one order. A message whose call is not kept any
/// more stands where its number says.
pub(super) fn merged<'world>(
    messages: impl Iterator<Item = &'world Message>,
    calls: impl Iterator<Item = &'world Entry>,
) -> Vec<Item<'world>> {
    let mut messages = messages.peekable();
    let mut items = Vec::new();
    for entry in calls {
        let sent = entry.call().message;
        while let Some(message) =
            messages.next_if(|message| sent.is_some_and(|id| id < message.id()))
        {
            items.push(Item {
                message: Some(message),
                entry: None,
            });
        }
        let message = messages.next_if(|message| sent == Some(message.id()));
        items.push(Item {
            message,
            entry: Some(entry),
        });
    }
    items.extend(messages.map(|message| Item {
        message: Some(message),
        entry: None,
    }));
    items
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::journal::{Journal, Outcome};
    use crate::message::tests::content;

    #[test]
    fn a_message_stands_with_its_call_or_where_it_came() {
        let mut journal = Journal::default();
        for message in [None, Some(2), None, Some(9)] {
            journal.record(Call {
                message,
                ..Call::new(
                    Timestamp::UNIX_EPOCH,
                    Provider::new("paynet"),
                    Outcome::Refused,
                )
            });
        }
        let messages: Vec<_> = [3, 2, 1]
            .map(|id| Message::new(id, content("sck_test_demo", "+905550000042")))
            .into_iter()
            .collect();
        let items = merged(messages.iter(), journal.newest_first());
        let order: Vec<_> = items
            .iter()
            .map(|item| (item.message.map(Message::id), item.entry.map(Entry::id)))
            .collect();
        assert_eq!(
            order,
            [
                (None, Some(4)),
                (None, Some(3)),
                (Some(3), None),
                (Some(2), Some(2)),
                (None, Some(1)),
                (Some(1), None),
            ]
        );
    }
}
