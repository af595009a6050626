mod browser;
mod confirming;
mod cookies;
mod csrf;
mod errors;
mod links;
mod logs;
mod registering;
mod waiting;

/// A password that meets the default policy.
const PASSWORD: &str = "correct horse battery staple";
/// Another one.
const OTHER_PASSWORD: &str = "seventeen green turtles sing";
/// The address that the tests register.
const EMAIL: &str = "john@acme.com";
