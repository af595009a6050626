//! The clients of all documents, by `cargo xtask clients`: not to be edited.

pub mod mikrocloud;
pub mod native;
pub mod waltid;
