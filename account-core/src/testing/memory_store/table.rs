//! Rows in memory, and changes to them that can be thrown away.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Committed rows by primary key. Cloning shares them; they are copied only if they change while shared.
#[derive(Clone)]
pub(super) struct Table<K, V>(Arc<BTreeMap<K, V>>);

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

/// What a unit of work sees: the committed rows, and its own changes over them.
pub(super) struct Working<K, V> {
    committed: Table<K, V>,
    /// `None` is a row that was deleted.
    changed: BTreeMap<K, Option<V>>,
}

/// The changes of a unit of work, apart from what they were made on.
pub(super) struct Changes<K, V>(BTreeMap<K, Option<V>>);

impl<K: Clone + Ord, V: Clone> Table<K, V> {
    pub(super) fn get(&self, key: &K) -> Option<&V> {
        self.0.get(key)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn to_vec(&self) -> Vec<V> {
        self.0.values().cloned().collect()
    }

    pub(super) fn apply(&mut self, changes: Changes<K, V>) {
        if changes.0.is_empty() {
            return;
        }
        let rows = Arc::make_mut(&mut self.0);
        for (key, row) in changes.0 {
            match row {
                Some(row) => rows.insert(key, row),
                None => rows.remove(&key),
            };
        }
    }
}

impl<K: Clone + Ord, V: Clone> Working<K, V> {
    pub(super) const fn new(committed: Table<K, V>) -> Self {
        Self { committed, changed: BTreeMap::new() }
    }

    pub(super) fn get(&self, key: &K) -> Option<&V> {
        self.changed.get(key).map_or_else(|| self.committed.0.get(key), Option::as_ref)
    }

    pub(super) fn put(&mut self, key: K, row: V) {
        self.changed.insert(key, Some(row));
    }

    pub(super) fn remove(&mut self, key: K) {
        self.changed.insert(key, None);
    }

    fn entries(&self) -> impl Iterator<Item = (&K, &V)> {
        let untouched = self.committed.0.iter().filter(|(key, _)| !self.changed.contains_key(*key));
        untouched.chain(self.changed.iter().filter_map(|(key, row)| Some((key, row.as_ref()?))))
    }

    /// Every row, in no order that means anything.
    pub(super) fn rows(&self) -> impl Iterator<Item = &V> {
        self.entries().map(|(_, row)| row)
    }

    /// Up to `limit` rows that match, highest key first, with keys below `before`.
    pub(super) fn page(&self, before: Option<&K>, limit: u32, matches: impl Fn(&V) -> bool) -> Vec<V> {
        let is_below = |key: &K| before.is_none_or(|before| key < before);
        let mut page: Vec<(&K, &V)> = self.entries().filter(|(key, row)| is_below(key) && matches(row)).collect();
        page.sort_by_key(|(key, _)| Reverse(*key));
        page.into_iter().take(places(limit)).map(|(_, row)| row.clone()).collect()
    }

    /// Up to `limit` rows, lowest key first, with keys above `after`.
    pub(super) fn scan(&self, after: Option<&K>, limit: u32) -> Vec<V> {
        let is_above = |key: &K| after.is_none_or(|after| key > after);
        let mut page: Vec<(&K, &V)> = self.entries().filter(|(key, _)| is_above(key)).collect();
        page.sort_by_key(|(key, _)| *key);
        page.into_iter().take(places(limit)).map(|(_, row)| row.clone()).collect()
    }

    /// How many rows match.
    pub(super) fn count_where(&self, matches: impl Fn(&V) -> bool) -> u64 {
        self.rows().filter(|row| matches(row)).fold(0, |count, _| count + 1)
    }

    /// Changes every row that matches; returns how many.
    pub(super) fn update_where(&mut self, matches: impl Fn(&V) -> bool, change: impl Fn(&mut V)) -> u64 {
        self.update_some(u32::MAX, matches, change)
    }

    /// Changes up to `limit` rows that match; returns how many.
    pub(super) fn update_some(&mut self, limit: u32, matches: impl Fn(&V) -> bool, change: impl Fn(&mut V)) -> u64 {
        let matching = self.entries().filter(|(_, row)| matches(row)).take(places(limit));
        let matching: Vec<(K, V)> = matching.map(|(key, row)| (key.clone(), row.clone())).collect();
        let mut count = 0;
        for (key, mut row) in matching {
            change(&mut row);
            self.put(key, row);
            count += 1;
        }
        count
    }

    /// Removes up to `limit` rows that match; returns how many.
    pub(super) fn remove_some(&mut self, limit: u32, matches: impl Fn(&V) -> bool) -> u64 {
        let matching = self.entries().filter(|(_, row)| matches(row)).take(places(limit));
        let matching: Vec<K> = matching.map(|(key, _)| key.clone()).collect();
        let mut count = 0;
        for key in matching {
            self.remove(key);
            count += 1;
        }
        count
    }

    /// Lets go of the committed rows.
    pub(super) fn into_changes(self) -> Changes<K, V> {
        Changes(self.changed)
    }
}

/// A limit, as a number of rows in memory.
fn places(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}
