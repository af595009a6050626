//! A list of rows, and everything that the roles do with one.

use account_core::ports::StoreError;
use account_core::ports::store::Update;

/// Something that is kept, by a key of its own.
pub(crate) trait Row: Clone {
    type Key: Ord;

    fn key(&self) -> Self::Key;
}

/// Names what the rows of a list are told apart and sorted by.
macro_rules! keyed {
    ($($row:ty: $field:ident as $key:ty,)*) => {$(
        impl $crate::list::Row for $row {
            type Key = $key;

            fn key(&self) -> $key {
                self.$field.clone()
            }
        }
    )*};
}
pub(crate) use keyed;

#[derive(Clone)]
pub(crate) struct List<R>(Vec<R>);

impl<R> Default for List<R> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<R: Row> List<R> {
    pub(crate) fn rows(&self) -> impl Iterator<Item = &R> {
        self.0.iter()
    }

    /// The row that matches.
    pub(crate) fn find(&self, matches: impl Fn(&R) -> bool) -> Option<R> {
        self.0.iter().find(|row| matches(row)).cloned()
    }

    pub(crate) fn has(&self, matches: impl Fn(&R) -> bool) -> bool {
        self.0.iter().any(matches)
    }

    /// Up to `limit` rows that match, highest key first, with keys below `before`.
    pub(crate) fn page(&self, before: Option<&R::Key>, limit: u32, matches: impl Fn(&R) -> bool) -> Vec<R> {
        let is_below = |row: &R| before.is_none_or(|before| row.key() < *before);
        let mut rows = self.sorted(|row| is_below(row) && matches(row));
        rows.reverse();
        rows.truncate(places(limit));
        rows
    }

    /// Up to `limit` rows, lowest key first, with keys above `after`.
    pub(crate) fn scan(&self, after: Option<&R::Key>, limit: u32) -> Vec<R> {
        let mut rows = self.sorted(|row| after.is_none_or(|after| row.key() > *after));
        rows.truncate(places(limit));
        rows
    }

    fn sorted(&self, matches: impl Fn(&R) -> bool) -> Vec<R> {
        let mut rows: Vec<R> = self.0.iter().filter(|row| matches(row)).cloned().collect();
        rows.sort_by_key(Row::key);
        rows
    }

    /// Adds a row whose key must be new.
    pub(crate) fn add(&mut self, row: &R) -> Result<(), StoreError> {
        if self.has(|other| other.key() == row.key()) {
            return Err(StoreError::permanent("there is a row with this key"));
        }
        self.0.push(row.clone());
        Ok(())
    }

    /// Changes up to `limit` rows that match; returns how many.
    pub(crate) fn change(&mut self, limit: u32, matches: impl Fn(&R) -> bool, change: impl FnMut(&mut R)) -> u64 {
        let matching = self.0.iter_mut().filter(|row| matches(row)).take(places(limit));
        matching.map(change).fold(0, |count, ()| count + 1)
    }

    /// Changes the one row that matches, if it does.
    pub(crate) fn change_one(&mut self, matches: impl Fn(&R) -> bool, change: impl FnMut(&mut R)) -> Update {
        outcome(self.change(1, matches, change))
    }

    /// Puts `row` in the place of the one that matches, if it does.
    pub(crate) fn replace(&mut self, row: &R, matches: impl Fn(&R) -> bool) -> Update {
        self.change_one(matches, |stored| stored.clone_from(row))
    }

    /// Removes up to `limit` rows that match; returns how many.
    pub(crate) fn remove(&mut self, limit: u32, matches: impl Fn(&R) -> bool) -> u64 {
        let mut removed = 0;
        self.0.retain(|row| {
            let goes = removed < u64::from(limit) && matches(row);
            removed += u64::from(goes);
            !goes
        });
        removed
    }

    /// Removes the one row that matches, if it does.
    pub(crate) fn remove_one(&mut self, matches: impl Fn(&R) -> bool) -> Update {
        outcome(self.remove(1, matches))
    }
}

const fn outcome(changed: u64) -> Update {
    if changed == 0 { Update::Missed } else { Update::Applied }
}

fn places(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}
