//! The HTTP side in this process, over doubles.

mod mikrocloud;
mod native;
mod openapi;
