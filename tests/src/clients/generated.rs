//! The clients of all documents, by `cargo xtask clients`: not to be edited.

pub mod form;
pub mod mikrocloud;
pub mod native;
pub mod rpost;
pub mod waltid;
