//! A store in memory.

/// Skeleton.
#[derive(Debug, Default)]
pub struct MemoryStore;
