//! `Inbox` keeps the newest messages and tells those who wait for one.

use std::collections::{BTreeMap, HashMap, VecDeque};

use jiff::Timestamp;
use tokio::sync::watch;

use crate::message::{Content, Message, MessageFilter};
use crate::tenant::TenantId;

/// How many messages one tenant keeps.
const KEPT_OF_EACH_TENANT: usize = 500;

/// How many messages are kept of all tenants together.
const KEPT_IN_ALL: usize = 20_000;

/// The messages that are kept, and the number of the last that came.
#[derive(Debug, Default)]
pub(crate) struct Inbox {
    messages: BTreeMap<u64, Message>,
    of_tenant: HashMap<TenantId, VecDeque<u64>>,
    last_id: watch::Sender<u64>,
}

impl Inbox {
    /// Puts a message in, wakes waiting calls, and drops the oldest where there are too many.
    pub(crate) fn deliver(&mut self, content: Content) {
        self.put(self.last_id() + 1, content);
    }

    /// The same under this number, which is greater than those of the messages that are there.
    pub(crate) fn put(&mut self, id: u64, content: Content) {
        let ids = self.of_tenant.entry(content.tenant.clone()).or_default();
        ids.push_back(id);
        let too_old = (ids.len() > KEPT_OF_EACH_TENANT)
            .then(|| ids.pop_front())
            .flatten();
        if let Some(too_old) = too_old {
            self.messages.remove(&too_old);
        }
        self.messages.insert(id, Message::new(id, content));
        if self.messages.len() > KEPT_IN_ALL {
            self.drop_oldest();
        }
        self.last_id.send_replace(id.max(self.last_id()));
    }

    /// The number of the last message that came, whether or not it is still kept.
    pub(crate) fn last_id(&self) -> u64 {
        *self.last_id.borrow()
    }

    /// Tells of every message that comes from now on, by its number.
    pub(crate) fn arrivals(&self) -> watch::Receiver<u64> {
        self.last_id.subscribe()
    }

    pub(crate) fn message(&self, id: u64) -> Option<&Message> {
        self.messages.get(&id)
    }

    pub(crate) fn newest_first(&self, filter: &MessageFilter) -> impl Iterator<Item = &Message> {
        self.messages
            .values()
            .rev()
            .filter(|message| filter.matches(message))
    }

    pub(crate) fn oldest_first(&self) -> impl Iterator<Item = &Message> {
        self.messages.values()
    }

    /// The message that answers a wait that begins: the oldest newer than the one that the
    /// filter names, or else the newest.
    pub(crate) fn answer(&self, filter: &MessageFilter) -> Option<&Message> {
        match filter.after {
            Some(id) => self.oldest_after(id, filter),
            None => self.newest_first(filter).next(),
        }
    }

    /// The oldest message with a number greater than `id`.
    pub(crate) fn oldest_after(&self, id: u64, filter: &MessageFilter) -> Option<&Message> {
        self.messages
            .range(id.saturating_add(1)..)
            .map(|(_, message)| message)
            .find(|message| filter.matches(message))
    }

    /// Notes that a link was paid in every message of a tenant that carries it, and tells which.
    pub(crate) fn mark_paid(&mut self, tenant: &TenantId, link: &str, at: Timestamp) -> Vec<u64> {
        let mut paid = Vec::new();
        for id in self.of_tenant.get(tenant).into_iter().flatten() {
            let message = self.messages.get_mut(id);
            if let Some(message) = message.filter(|message| message.link() == Some(link)) {
                message.pay(at);
                paid.push(*id);
            }
        }
        paid
    }

    /// Forgets one message, if it is there.
    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let removed = self.messages.remove(&id);
        let ids = removed.as_ref().and_then(|message| {
            let tenant = &message.content().tenant;
            self.of_tenant.get_mut(tenant)
        });
        if let Some(ids) = ids {
            ids.retain(|kept| *kept != id);
        }
        removed.is_some()
    }

    /// Empties the inbox. Numbers go on where they were, so that none is waited for twice.
    pub(crate) fn clear(&mut self) {
        self.messages.clear();
        self.of_tenant.clear();
    }

    /// Empties one tenant's inbox.
    pub(crate) fn clear_tenant(&mut self, tenant: &TenantId) {
        for id in self.of_tenant.remove(tenant).unwrap_or_default() {
            self.messages.remove(&id);
        }
    }

    fn drop_oldest(&mut self) {
        let Some((_, oldest)) = self.messages.pop_first() else {
            return;
        };
        // The oldest of all is the oldest of its tenant too.
        if let Some(ids) = self.of_tenant.get_mut(&oldest.content().tenant) {
            ids.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::tests::content;

    const NUMBER: &str = "+905550000042";

    fn ids(inbox: &Inbox) -> Vec<u64> {
        inbox
            .newest_first(&MessageFilter::new())
            .map(Message::id)
            .collect()
    }

    #[test]
    fn each_tenant_keeps_its_newest() {
        let mut inbox = Inbox::default();
        inbox.deliver(content("sck_test_quiet", NUMBER));
        for _ in 0..=KEPT_OF_EACH_TENANT {
            inbox.deliver(content("sck_test_noisy", NUMBER));
        }
        let ids = ids(&inbox);
        assert_eq!(ids.len(), KEPT_OF_EACH_TENANT + 1);
        assert_eq!(
            ids.last(),
            Some(&1),
            "a quiet tenant loses nothing to a noisy one"
        );
        assert_eq!(inbox.message(2).map(Message::id), None);
    }

    #[test]
    fn all_tenants_together_are_bounded() {
        let mut inbox = Inbox::default();
        for number in 0..KEPT_IN_ALL + 5 {
            inbox.deliver(content(&format!("sck_test_{}", number % 50), NUMBER));
        }
        assert_eq!(inbox.messages.len(), KEPT_IN_ALL);
        let remembered: usize = inbox.of_tenant.values().map(VecDeque::len).sum();
        assert_eq!(remembered, KEPT_IN_ALL);
        assert!(inbox.message(5).is_none() && inbox.message(6).is_some());
    }

    #[test]
    fn who_starts_to_wait_gets_the_newest_or_the_next() {
        let mut inbox = Inbox::default();
        for _ in 0..3 {
            inbox.deliver(content("sck_test_demo", NUMBER));
        }
        let any = MessageFilter::new();
        assert_eq!(inbox.answer(&any).map(Message::id), Some(3));
        assert_eq!(
            inbox.answer(&any.clone().after(1)).map(Message::id),
            Some(2)
        );
        assert_eq!(inbox.answer(&any.clone().after(3)).map(Message::id), None);
        assert_eq!(inbox.answer(&any.after(u64::MAX)).map(Message::id), None);
    }

    #[test]
    fn clearing_keeps_the_count() {
        let mut inbox = Inbox::default();
        inbox.deliver(content("sck_test_one", NUMBER));
        inbox.deliver(content("sck_test_other", NUMBER));
        let one = inbox
            .message(1)
            .expect("the first")
            .content()
            .tenant
            .clone();

        inbox.clear_tenant(&one);
        assert_eq!(ids(&inbox), [2]);
        inbox.clear();
        assert_eq!(ids(&inbox), [0; 0]);
        inbox.deliver(content("sck_test_one", NUMBER));
        assert_eq!(ids(&inbox), [3]);
    }
}
