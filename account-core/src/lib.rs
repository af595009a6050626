//! Skeleton.

pub mod password;
pub mod registration;
mod sorted_lines;
