//! By what a person signs in.

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::super::reauthenticate::read_credential;
use crate::email_address::EmailAddress;
use crate::input::Input;
use crate::name::UserName;
use crate::registration::Registration;
use crate::violation::{Field, Rule, Violation};

/// Most characters of an unreadable identifier that its key is made of: longer ones share a count.
const MAX_UNREADABLE: usize = 320;

/// By what somebody signs in, as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identification {
    /// One text: an address if it has an `@` in it, else a user name.
    Either(Input),
    /// An address or a user name, each in a field of its own. One of them is given.
    OneOf {
        /// The address.
        email: Input,
        /// The user name.
        user_name: Input,
    },
}

impl<T: Into<Input>> From<T> for Identification {
    fn from(text: T) -> Self {
        Self::Either(text.into())
    }
}

impl Identification {
    /// The text to look up.
    pub(super) fn read(self) -> Result<String, Violation> {
        let of_name = |rule| Err(Violation::new(Field::UserName, rule));
        match self {
            Self::Either(text) | Self::OneOf { email: text, user_name: Input::Absent } => {
                read_credential(Field::Email, text)
            }
            Self::OneOf { email: Input::Absent, user_name } => match user_name {
                Input::Given(name) if name.contains('@') => of_name(Rule::ForbiddenCharacter),
                name => read_credential(Field::UserName, name),
            },
            Self::OneOf { .. } => of_name(Rule::Ambiguous),
        }
    }
}

/// What was typed, as it can be looked up.
pub(super) enum Identifier {
    /// A text with an `@`.
    Address(EmailAddress),
    /// A text without.
    UserName(UserName),
    /// A text that is neither, as a key that its tries are counted under.
    Unreadable(String),
}

impl Identifier {
    /// Reads what was typed, without the white space around it.
    pub(super) fn read(text: &str) -> Self {
        let text = text.trim();
        let read = if text.contains('@') {
            EmailAddress::parse(text).ok().map(Self::Address)
        } else {
            UserName::parse(text).ok().map(Self::UserName)
        };
        read.unwrap_or_else(|| Self::Unreadable(unreadable_key(text)))
    }

    /// The canonical text that tries are counted under where there is no account.
    pub(super) fn key(&self) -> &str {
        match self {
            Self::Address(address) => address.key().as_str(),
            Self::UserName(name) => name.as_str(),
            Self::Unreadable(key) => key,
        }
    }

    /// Whether the registration is for that address. The user name that it wants does not count: it is wiped when the
    /// address is taken another way, and anyone who made the registration must not learn of that.
    pub(super) fn is_of(&self, registration: &Registration) -> bool {
        matches!(self, Self::Address(address) if address.key() == registration.address.key())
    }
}

/// A digest, because the text can be of any length and with anything in it; with a prefix that no user name has, and
/// without the `@` of an address.
fn unreadable_key(text: &str) -> String {
    let composed: String = text.chars().take(MAX_UNREADABLE).nfkc().collect();
    let folded = unicase::UniCase::unicode(composed.trim()).to_folded_case();
    format!("?{}", Base64UrlUnpadded::encode_string(&Sha256::digest(folded.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_a_user_name_are_not_given_together_and_not_for_each_other() {
        let one_of = |email: Input, user_name: Input| Identification::OneOf { email, user_name }.read();
        let refused = |field, rule| Err(Violation::new(field, rule));
        assert_eq!(one_of("j@x.org".into(), Input::Absent), Ok("j@x.org".to_owned()));
        assert_eq!(one_of(Input::Absent, "john".into()), Ok("john".to_owned()));
        assert_eq!(one_of("j@x.org".into(), "john".into()), refused(Field::UserName, Rule::Ambiguous));
        assert_eq!(one_of(Input::Mistyped, "john".into()), refused(Field::UserName, Rule::Ambiguous));
        assert_eq!(one_of(Input::Absent, "j@x.org".into()), refused(Field::UserName, Rule::ForbiddenCharacter));
        assert_eq!(one_of(Input::Absent, Input::Mistyped), refused(Field::UserName, Rule::MustBeText));
        assert_eq!(one_of(Input::Absent, Input::Absent), refused(Field::Email, Rule::Required));
        assert_eq!(Identification::from("j@x.org").read(), Ok("j@x.org".to_owned()));
    }

    fn key(text: &str) -> String {
        Identifier::read(text).key().to_owned()
    }

    #[test]
    fn spellings_of_one_identifier_have_one_key() {
        for spelling in
            ["john@acme.com", "JOHN@ACME.com", "ｊohn@acme.com", " john@acme.com\n", "\u{3000}john@acme.com"]
        {
            assert_eq!(key(spelling), "john@acme.com", "{spelling:?}");
        }
        for spelling in ["test.user", "Test.User", "ｔest.user", " TEST.USER "] {
            assert_eq!(key(spelling), "test.user", "{spelling:?}");
        }
    }

    #[test]
    fn an_unreadable_text_has_a_short_key_that_is_nobodys() {
        let unreadable = key("no address@");
        assert_eq!(unreadable, key(" NO ADDRESS@"));
        assert_ne!(unreadable, key("no address@@"));
        for text in ["no address@", "a b", "", "\0", &"x".repeat(65), &format!("{}@x.org", "\u{FDFA}".repeat(20_000))] {
            let key = key(text);
            assert!(key.starts_with('?') && !key.contains('@') && key.len() == 44, "{key}");
        }
    }
}
