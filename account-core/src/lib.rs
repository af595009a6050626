//! Skeleton.

pub mod password;
#[cfg(feature = "reference-data")]
pub mod reference_data;
pub mod registration;
mod sorted_lines;
