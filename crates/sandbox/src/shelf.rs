//! A map that is bounded: the oldest entry leaves.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many entries one shelf keeps.
pub(crate) const KEPT: usize = 2_000;

/// How many entries were put into any shelf, so that the ages of two shelves can be compared.
static PUT: AtomicU64 = AtomicU64::new(0);

/// Entries by key. One that is put in again is young again.
#[derive(Debug)]
pub(crate) struct Shelf<K, V> {
    by_key: HashMap<K, Entry<V>>,
    by_age: BTreeMap<u64, K>,
}

#[derive(Debug)]
struct Entry<V> {
    age: u64,
    value: V,
}

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self {
            by_key: HashMap::new(),
            by_age: BTreeMap::new(),
        }
    }
}

impl<K: Clone + Eq + Hash, V> Shelf<K, V> {
    pub(crate) fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.by_key.get(key).map(|entry| &entry.value)
    }

    pub(crate) fn get_mut<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.by_key.get_mut(key).map(|entry| &mut entry.value)
    }

    /// Puts an entry in, in place of the one that has its key, and lets the oldest leave where
    /// there are too many.
    pub(crate) fn put(&mut self, key: K, value: V) {
        let age = PUT.fetch_add(1, Ordering::Relaxed);
        self.by_age.insert(age, key.clone());
        if let Some(replaced) = self.by_key.insert(key, Entry { age, value }) {
            self.by_age.remove(&replaced.age);
        }
        if self.by_key.len() > KEPT {
            self.drop_oldest();
        }
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        self.by_key.len()
    }

    /// When the oldest entry was put in, in the order of every shelf there is.
    pub(crate) fn oldest(&self) -> Option<u64> {
        self.by_age.keys().next().copied()
    }

    pub(crate) fn drop_oldest(&mut self) {
        if let Some((_, oldest)) = self.by_age.pop_first() {
            self.by_key.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_entry_leaves() {
        let mut shelf = Shelf::default();
        for key in 0..=KEPT {
            shelf.put(key, ());
        }
        assert_eq!((shelf.by_key.len(), shelf.by_age.len()), (KEPT, KEPT));
        assert!(shelf.get(&0).is_none() && shelf.get(&1).is_some());

        // Put in again, an entry is young again.
        shelf.put(1, ());
        shelf.put(KEPT + 1, ());
        assert!(shelf.get(&1).is_some() && shelf.get(&2).is_none());
        assert_eq!((shelf.by_key.len(), shelf.by_age.len()), (KEPT, KEPT));
    }
}
