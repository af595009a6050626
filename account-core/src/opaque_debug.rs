//! `Debug` for types that hide their content.

/// Implements `Debug` for a type with secrets or personal data: it prints only the name of the type.
macro_rules! opaque_debug {
    ($($opaque:ident),+) => { $(
        impl std::fmt::Debug for $opaque {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($opaque), "(..)"))
            }
        }
    )+ };
}
