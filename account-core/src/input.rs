//! What a caller sent for one field, before any rule looked at it.

/// A field as it was received.
///
/// The three cases let the rules report *every* problem of a body at once: an adapter hands on what it found, and
/// the core says what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Input<T = String> {
    /// Not sent, or sent as null.
    #[default]
    Absent,
    /// Sent with another type than the field has, for example a number for a text.
    Mistyped,
    /// Sent.
    Given(T),
}

impl<T> Input<T> {
    /// The value, if one was given.
    pub fn given(self) -> Option<T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Absent | Self::Mistyped => None,
        }
    }

    /// Takes what was received out and leaves nothing behind.
    #[must_use]
    pub fn take(&mut self) -> Self {
        std::mem::replace(self, Self::Absent)
    }

    /// Applies `change` to a given value and leaves the other cases alone.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Input<U> {
        match self {
            Self::Absent => Input::Absent,
            Self::Mistyped => Input::Mistyped,
            Self::Given(value) => Input::Given(change(value)),
        }
    }

    /// The same input, borrowed.
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

/// A field of a change as it was received (RFC 7396): what is not sent stays, null takes it away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Edit<T = String> {
    /// Not sent.
    #[default]
    Keep,
    /// Sent as null.
    Clear,
    /// Sent with another type than the field has.
    Mistyped,
    /// Sent.
    Set(T),
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
