//! The HTTP side in this process, over doubles.

mod address_changes;
mod administration;
mod authorization;
mod enumeration;
mod hostile_bodies;
mod hostile_forms;
mod lists;
mod mikrocloud;
mod native;
mod openapi;
mod visitor;
mod world;
