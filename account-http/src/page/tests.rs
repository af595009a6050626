mod addresses;
mod arriving;
mod below_path;
mod browser;
mod challenges;
mod confirming;
mod consenting;
mod console;
mod cookies;
mod csrf;
mod deletion;
mod details;
mod errors;
mod going_on;
mod invitations;
mod languages;
mod links;
mod logs;
mod looks;
mod privacy;
mod recovery;
mod registering;
mod sessions;
mod signing_in;
mod waiting;

/// A password that meets the default policy.
const PASSWORD: &str = "velvet lantern gravel orchid";
/// Another one.
const OTHER_PASSWORD: &str = "seventeen green turtles sing";
/// The address that the tests register.
const EMAIL: &str = "john@acme.com";
