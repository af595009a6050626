//! Skeleton.

pub mod password;
mod sorted_lines;
