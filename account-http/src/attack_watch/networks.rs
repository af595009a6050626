//! Counting different networks in little memory.

use std::collections::BTreeSet;

/// How many hashes are kept.
const KEPT: usize = 256;

/// How many different networks there were: the smallest of their hashes (k minimum values, Bar-Yossef et al. 2002). Exact
/// below 256 networks; beyond that the standard error is 6 percent.
#[derive(Debug, Default)]
pub(super) struct Networks {
    smallest: BTreeSet<u64>,
}

impl Networks {
    /// Counts the network with this hash, unless it was counted before.
    pub(super) fn add(&mut self, hash: u64) {
        // In a long attack, nearly all are larger: nothing is moved or allocated for them.
        if self.smallest.len() == KEPT && self.smallest.last().is_some_and(|largest| hash >= *largest) {
            return;
        }
        self.smallest.insert(hash);
        if self.smallest.len() > KEPT {
            self.smallest.pop_last();
        }
    }

    /// How many there were; `None` if none was known.
    pub(super) fn count(&self) -> Option<u64> {
        let largest = u128::from(*self.smallest.last()?);
        let kept = self.smallest.len() as u128;
        let count = if self.smallest.len() < KEPT { kept } else { ((kept - 1) << u64::BITS) / largest.max(1) };
        Some(u64::try_from(count).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

    use super::*;

    fn count_of(networks: u32) -> Option<u64> {
        // Without a random key: the same in every run.
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        let mut counted = Networks::default();
        for _ in 0..2 {
            for number in 0..networks {
                counted.add(hasher.hash_one(format!("{number}")));
            }
        }
        assert!(counted.smallest.len() <= KEPT);
        counted.count()
    }

    #[test]
    fn few_networks_are_counted_exactly() {
        assert_eq!(count_of(0), None);
        for networks in [1, 2, 100, 255] {
            assert_eq!(count_of(networks), Some(networks.into()));
        }
    }

    #[test]
    fn many_networks_are_counted_within_three_standard_errors() {
        for networks in [256, 1_000, 20_000, 200_000] {
            let (count, networks) = (count_of(networks).unwrap(), u64::from(networks));
            assert!(count.abs_diff(networks) * 100 <= networks * 19, "{count} of {networks}");
        }
    }
}
