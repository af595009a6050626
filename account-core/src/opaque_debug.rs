//! Types that print nothing of what is in them.

/// Implements `Debug` for types with secrets or personal data in them: it prints the type's name alone.
macro_rules! opaque_debug {
    ($($opaque:ident),+) => { $(
        impl std::fmt::Debug for $opaque {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($opaque), "(..)"))
            }
        }
    )+ };
}
