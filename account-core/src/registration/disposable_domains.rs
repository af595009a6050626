//! Skeleton.
/// stub
pub fn is_disposable(_: &str) -> bool {
    false
}
