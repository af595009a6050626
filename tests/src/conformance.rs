//! The conformance suite: data files that say what a client sends and what comes of it, and what runs them on the real
//! binary. `tests/conformance/README.md` describes the files.

mod answer;
mod case;
mod coverage;
mod curl;
mod folder;
mod mail;
mod members;
mod parser;
mod pattern;
mod runner;
mod stage;
mod variables;

pub use case::CaseFile;
pub use coverage::{missing, uncalled};
pub use folder::{DataFile, files, folders};
pub use parser::{Misread, parse};
pub use runner::{Failure, SERVICE_STARTS, run};
