//! Accounts from files and into files: long work that shows how far it is and can be taken up where it was left.

mod export;
mod file;
mod import;
mod position;
mod record;

pub(crate) use export::export;
pub(crate) use import::import;
