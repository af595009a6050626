//! Input fields, as received and before any rule was checked, and their one reader.

mod reader;

pub use reader::Reader;
pub(crate) use reader::address;

/// A field as it was received.
///
/// An adapter passes on what it received, whatever its type, and the core says what is wrong with it. That way the
/// rules can report *all* problems of a request at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Input<T = String> {
    /// Not sent, or sent as null.
    #[default]
    Absent,
    /// Sent with another type, for example a number in place of a string.
    Mistyped,
    /// Sent.
    Given(T),
}

impl<T> Input<T> {
    /// Returns the value, if one was given.
    pub fn given(self) -> Option<T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Absent | Self::Mistyped => None,
        }
    }

    /// Takes the input out and leaves [`Input::Absent`].
    #[must_use]
    pub fn take(&mut self) -> Self {
        std::mem::replace(self, Self::Absent)
    }

    /// Applies `change` to a given value; keeps the other cases.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Input<U> {
        match self {
            Self::Absent => Input::Absent,
            Self::Mistyped => Input::Mistyped,
            Self::Given(value) => Input::Given(change(value)),
        }
    }

    /// Borrows the input.
    pub const fn as_ref(&self) -> Input<&T> {
        match self {
            Self::Absent => Input::Absent,
            Self::Mistyped => Input::Mistyped,
            Self::Given(value) => Input::Given(value),
        }
    }
}

impl<T> From<T> for Input<T> {
    fn from(value: T) -> Self {
        Self::Given(value)
    }
}

impl From<&str> for Input {
    fn from(value: &str) -> Self {
        Self::Given(value.to_owned())
    }
}

impl<T> From<Option<T>> for Input<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Given)
    }
}

/// A field of a change, as received (RFC 7396): absent keeps the value, null removes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Edit<T = String> {
    /// Not sent.
    #[default]
    Keep,
    /// Sent as null.
    Clear,
    /// Sent with another type.
    Mistyped,
    /// Sent.
    Set(T),
}

impl<T> Edit<T> {
    /// Returns the edit as a field that can be read like any other: absent if it is cleared; `None` if nothing changes.
    pub fn into_input(self) -> Option<Input<T>> {
        match self {
            Self::Keep => None,
            Self::Clear => Some(Input::Absent),
            Self::Mistyped => Some(Input::Mistyped),
            Self::Set(value) => Some(Input::Given(value)),
        }
    }
}

impl<T> From<T> for Edit<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl From<&str> for Edit {
    fn from(value: &str) -> Self {
        Self::Set(value.to_owned())
    }
}
