//! Import and export of accounts. Both show their progress and can be resumed.

mod export;
mod file;
mod formula;
mod import;
mod position;
mod record;

pub(crate) use export::export;
pub(crate) use import::import;
