//! Import and export of accounts: long work that shows its progress and can be resumed.

mod export;
mod file;
mod formula;
mod import;
mod position;
mod record;

pub(crate) use export::export;
pub(crate) use import::import;
