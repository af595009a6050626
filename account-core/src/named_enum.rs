//! Enums whose variants have names.

/// An enum declared by [`named_enum!`](crate::named_enum!).
pub trait NamedEnum: Copy + PartialEq + Send + Sync + 'static {
    /// All variants, in the order of declaration.
    const ALL: &'static [Self];

    /// Returns the name, as programs and the store use it.
    fn name(self) -> &'static str;

    /// Returns the variant with this name.
    #[must_use]
    fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.name() == name)
    }
}

/// Declares an enum and the names of its variants in one list, with `ALL`, `name` and `by_name`, and implements
/// [`NamedEnum`](crate::named_enum::NamedEnum) for generic code.
///
/// Names are unique and stable: they are stored, used in configuration, and part of answers. `ALL` may grow in any
/// release.
///
/// ```
/// account_core::named_enum! {
///     /// How a parcel travels.
///     #[derive(PartialOrd, Ord)]
///     pub enum Speed {
///         /// By sea.
///         Slow = "slow",
///         /// By air.
///         Fast = "fast",
///     }
/// }
/// assert_eq!(Speed::ALL, [Speed::Slow, Speed::Fast]);
/// assert_eq!(Speed::Fast.name(), "fast");
/// assert_eq!(Speed::by_name("slow"), Some(Speed::Slow));
/// ```
#[macro_export]
macro_rules! named_enum {
    (
        $(#[$meta:meta])*
        $visibility:vis enum $enum:ident {
            $($(#[$doc:meta])* $variant:ident = $name:literal,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        $visibility enum $enum {
            $($(#[$doc])* $variant,)+
        }

        impl $enum {
            /// All variants, in the order of declaration.
            $visibility const ALL: [Self; [$($name),+].len()] = [$(Self::$variant),+];

            /// Returns the name, as programs and the store use it.
            #[must_use]
            $visibility const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// Returns the variant with this name.
            #[must_use]
            $visibility fn by_name(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.name() == name)
            }
        }

        impl $crate::named_enum::NamedEnum for $enum {
            const ALL: &'static [Self] = &$enum::ALL;

            fn name(self) -> &'static str {
                $enum::name(self)
            }
        }
    };
}
