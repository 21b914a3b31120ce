//! `Listing` is what the page shows of all that is kept: the newest that are looked for, and older ones.

use super::find::Wanted;
use super::stream::{Item, merged};
use crate::message::MessageFilter;
use crate::world::World;

/// How many items are shown at once.
const ITEMS_SHOWN: usize = 200;

/// Items, newest first.
#[derive(Debug)]
pub(super) struct Listing<'world> {
    pub(super) items: Vec<Item<'world>>,
    /// How many are kept of those that are looked for.
    pub(super) count: usize,
    /// Whether older ones follow.
    pub(super) has_older: bool,
    /// Whether anything is kept of the tenant.
    pub(super) has_any: bool,
}

impl<'world> Listing<'world> {
    /// The newest, or those behind the item of a key.
    pub(super) fn of(world: &'world World, wanted: &Wanted, behind: Option<&str>) -> Self {
        let all = merged(
            world.inbox.newest_first(&MessageFilter::new()),
            world.journal.newest_first(),
        );
        let has_any = all.iter().any(|item| wanted.is_of_tenant(item));
        let found: Vec<_> = all
            .into_iter()
            .filter(|item| wanted.matches(item))
            .collect();
        let start = behind.map_or(0, |key| {
            let place = found.iter().position(|item| item.key() == key);
            place.map_or(found.len(), |place| place + 1)
        });
        let count = found.len();
        let items: Vec<_> = found.into_iter().skip(start).take(ITEMS_SHOWN).collect();
        Self {
            has_older: start + items.len() < count,
            items,
            count,
            has_any,
        }
    }

    /// One item alone.
    pub(super) fn only(world: &'world World, key: &str) -> Self {
        let all = merged(
            world.inbox.newest_first(&MessageFilter::new()),
            world.journal.newest_first(),
        );
        let items: Vec<_> = all.into_iter().filter(|item| item.key() == key).collect();
        Self {
            count: items.len(),
            has_older: false,
            has_any: true,
            items,
        }
    }
}

/// The item of a message, a call, or a call with its message.
pub(super) fn item(world: &World, message: Option<u64>, call: Option<u64>) -> Option<Item<'_>> {
    let mut entries = world.journal.newest_first();
    let entry = match (message, call) {
        (_, Some(id)) => entries.find(|entry| entry.id() == id),
        (Some(id), None) => entries.find(|entry| entry.call().message == Some(id)),
        (None, None) => None,
    };
    let message = message.and_then(|id| world.inbox.message(id));
    (message.is_some() || entry.is_some()).then_some(Item { message, entry })
}
