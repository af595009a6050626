//! Common passwords.
