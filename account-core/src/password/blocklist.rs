//! Common passwords.
/// stub
pub fn is_common(_: &str) -> bool {
    false
}
/// stub
pub fn is_repetitive(_: &str) -> bool {
    false
}
