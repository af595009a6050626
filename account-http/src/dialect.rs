//! The dialects: wire grammars of published registration APIs over the same use cases.
//!
//! A dialect decodes, calls and maps; it holds no rule of registration.

pub(crate) mod mikrocloud;
