//! What a person signs in with: an address or a username.

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::email_address::EmailAddress;
use crate::input::{Input, Reader};
use crate::name::UserName;
use crate::registration::Registration;
use crate::violation::{Field, Rule};

/// Maximum number of characters of an invalid identifier that go into its key: longer ones share a counter.
const MAX_UNREADABLE: usize = 320;

/// The identifier of a sign-in, as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identification {
    /// One text: an address if it contains an `@`, otherwise a username.
    Either(Input),
    /// An address or a username, in separate fields. Exactly one must be given.
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
    /// Returns the text to look up.
    pub(super) fn read(self, reader: &mut Reader) -> Option<String> {
        match self {
            Self::Either(text) | Self::OneOf { email: text, user_name: Input::Absent } => {
                reader.required_string(Field::Email, text)
            }
            Self::OneOf { email: Input::Absent, user_name } => reader.required(Field::UserName, user_name, |name| {
                if name.contains('@') { Err(Rule::ForbiddenCharacter) } else { Ok(name.to_owned()) }
            }),
            Self::OneOf { .. } => reader.note(Field::UserName, Err(Rule::Ambiguous)),
        }
    }
}

/// A parsed identifier.
pub(crate) enum Identifier {
    /// An address.
    Address(EmailAddress),
    /// A username.
    UserName(UserName),
    /// Neither; the key that its tries are counted under.
    Unreadable(String),
}

impl Identifier {
    /// Parses an identifier, ignoring white space around it.
    pub(crate) fn read(text: &str) -> Self {
        let text = text.trim();
        let read = if text.contains('@') {
            EmailAddress::parse(text).ok().map(Self::Address)
        } else {
            UserName::parse(text).ok().map(Self::UserName)
        };
        read.unwrap_or_else(|| Self::Unreadable(unreadable_key(text)))
    }

    /// Returns the key that tries are counted under if there is no account.
    pub(crate) fn key(&self) -> &str {
        match self {
            Self::Address(address) => address.key().as_str(),
            Self::UserName(name) => name.as_str(),
            Self::Unreadable(key) => key,
        }
    }

    /// Returns whether the registration is for this address. Its requested username is not compared: it is wiped when
    /// the address is taken in another way, and the client must not learn of that.
    pub(super) fn is_of(&self, registration: &Registration) -> bool {
        matches!(self, Self::Address(address) if address.key() == registration.address.key())
    }
}

/// A digest, because the text can have any length and content. Its prefix keeps it apart from usernames, and it has no
/// `@` as addresses do.
fn unreadable_key(text: &str) -> String {
    let composed: String = text.chars().take(MAX_UNREADABLE).nfkc().collect();
    let folded = unicase::UniCase::unicode(composed.trim()).to_folded_case();
    format!("?{}", Base64UrlUnpadded::encode_string(&Sha256::digest(folded.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::violation::Violation;

    #[test]
    fn address_and_user_name_exclude_each_other() {
        let read = |identification: Identification| Reader::only(|reader| identification.read(reader));
        let one_of = |email: Input, user_name: Input| read(Identification::OneOf { email, user_name });
        let refused = |field, rule| Err(Violation::new(field, rule).into());
        assert_eq!(one_of("j@x.org".into(), Input::Absent), Ok("j@x.org".to_owned()));
        assert_eq!(one_of(Input::Absent, "john".into()), Ok("john".to_owned()));
        assert_eq!(one_of("j@x.org".into(), "john".into()), refused(Field::UserName, Rule::Ambiguous));
        assert_eq!(one_of(Input::Mistyped, "john".into()), refused(Field::UserName, Rule::Ambiguous));
        assert_eq!(one_of(Input::Absent, "j@x.org".into()), refused(Field::UserName, Rule::ForbiddenCharacter));
        assert_eq!(one_of(Input::Absent, Input::Mistyped), refused(Field::UserName, Rule::MustBeText));
        assert_eq!(one_of(Input::Absent, Input::Absent), refused(Field::Email, Rule::Required));
        assert_eq!(read(Identification::from("j@x.org")), Ok("j@x.org".to_owned()));
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
    fn an_unreadable_identifier_has_a_short_unused_key() {
        let unreadable = key("no address@");
        assert_eq!(unreadable, key(" NO ADDRESS@"));
        assert_ne!(unreadable, key("no address@@"));
        for text in ["no address@", "a b", "", "\0", &"x".repeat(65), &format!("{}@x.org", "\u{FDFA}".repeat(20_000))] {
            let key = key(text);
            assert!(key.starts_with('?') && !key.contains('@') && key.len() == 44, "{key}");
        }
    }
}
