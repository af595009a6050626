//! The HTTP side in this process, over doubles.

mod account_support;
mod address_changes;
mod administration;
mod authorization;
mod challenges;
mod closed;
mod consents;
mod corrections;
mod delivery_reports;
mod enumeration;
mod form;
mod hostile_bodies;
mod hostile_forms;
mod invitations;
mod lists;
mod mailed_codes;
mod mikrocloud;
mod native;
mod openapi;
mod rpost;
mod short_links;
mod unknown_names;
mod user_names;
mod visitor;
mod waltid;
mod world;
