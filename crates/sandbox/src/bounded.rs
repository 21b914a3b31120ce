//! `Bounded` is a map that drops its oldest entry when it is full.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How many entries one map keeps.
pub(crate) const KEPT: usize = 2_000;

/// How many entries were put into any map, so that the ages of two maps can be compared.
static PUT: AtomicU64 = AtomicU64::new(0);

/// At most 2,000 entries by key, of which the oldest is dropped for a new one. One that is put in again is
/// young again.
#[derive(Debug)]
pub struct Bounded<K, V> {
    by_key: HashMap<K, Entry<V>>,
    by_age: BTreeMap<u64, K>,
}

#[derive(Debug)]
struct Entry<V> {
    age: u64,
    value: V,
}

impl<K, V> Default for Bounded<K, V> {
    fn default() -> Self {
        Self {
            by_key: HashMap::new(),
            by_age: BTreeMap::new(),
        }
    }
}

impl<K: Clone + Eq + Hash, V> Bounded<K, V> {
    /// The entry of this key.
    pub fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.by_key.get(key).map(|entry| &entry.value)
    }

    /// The entry of this key, to be changed.
    pub fn get_mut<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.by_key.get_mut(key).map(|entry| &mut entry.value)
    }

    /// Puts an entry in, in place of the one that has its key, and drops the oldest where
    /// there are too many.
    pub fn put(&mut self, key: K, value: V) {
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
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// When the oldest entry was put in, in the order of every such map.
    pub fn oldest(&self) -> Option<u64> {
        self.by_age.keys().next().copied()
    }

    /// Forgets the oldest entry.
    pub fn drop_oldest(&mut self) {
        if let Some((_, oldest)) = self.by_age.pop_first() {
            self.by_key.remove(&oldest);
        }
    }
}

impl<K: Eq + Hash + Serialize, V: Serialize> Serialize for Bounded<K, V> {
    /// A list of keys and values, the oldest first.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let keys = self.by_age.values();
        serializer.collect_seq(keys.filter_map(|key| Some((key, &self.by_key.get(key)?.value))))
    }
}

impl<'de, K, V> Deserialize<'de> for Bounded<K, V>
where
    K: Clone + Eq + Hash + Deserialize<'de>,
    V: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut map = Self::default();
        for (key, value) in Vec::deserialize(deserializer)? {
            map.put(key, value);
        }
        Ok(map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_entry_is_dropped() {
        let mut map = Bounded::default();
        for key in 0..=KEPT {
            map.put(key, ());
        }
        assert_eq!((map.by_key.len(), map.by_age.len()), (KEPT, KEPT));
        assert!(map.get(&0).is_none() && map.get(&1).is_some());

        // Put in again, an entry is young again.
        map.put(1, ());
        map.put(KEPT + 1, ());
        assert!(map.get(&1).is_some() && map.get(&2).is_none());
        assert_eq!((map.by_key.len(), map.by_age.len()), (KEPT, KEPT));
    }
}
