//! The real binary: what an operator and a client see.

mod challenges;
mod commands;
mod connections;
mod crash;
mod development;
mod environment;
mod forged_headers;
mod gate;
mod guessing;
mod holding;
mod inferences;
mod metrics;
mod mikrocloud_example;
mod outage;
mod overload;
mod races;
mod secrets;
mod seed;
mod signals;
mod strangers;
mod takeover;
mod traces;
mod webhooks;
