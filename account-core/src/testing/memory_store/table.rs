//! Rows in memory, and changes to them that can be thrown away.

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

    /// Every row, in no order that means anything.
    pub(super) fn rows(&self) -> impl Iterator<Item = &V> {
        let untouched = self.committed.0.iter().filter(|(key, _)| !self.changed.contains_key(*key));
        untouched.map(|(_, row)| row).chain(self.changed.values().flatten())
    }

    /// Changes every row that matches; returns how many.
    pub(super) fn update_where(
        &mut self,
        matches: impl Fn(&V) -> bool,
        key: impl Fn(&V) -> K,
        change: impl Fn(&mut V),
    ) -> u64 {
        let matching: Vec<V> = self.rows().filter(|row| matches(row)).cloned().collect();
        let mut count = 0;
        for mut row in matching {
            change(&mut row);
            self.put(key(&row), row);
            count += 1;
        }
        count
    }

    /// Lets go of the committed rows.
    pub(super) fn into_changes(self) -> Changes<K, V> {
        Changes(self.changed)
    }
}
