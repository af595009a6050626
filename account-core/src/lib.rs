//! Skeleton.

pub mod password;
