//! Argon2id on lanes.
