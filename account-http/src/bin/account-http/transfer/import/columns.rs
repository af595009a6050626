//! The columns of our own format: which are known, and what was probably meant by others.

use super::super::record::MEMBERS;

/// Names that other systems have for our members.
const OTHER_NAMES: [(&str, &str); 36] = [
    ("e-mail", "email"),
    ("mail", "email"),
    ("email_address", "email"),
    ("user_email", "email"),
    ("email_verified", "verified"),
    ("email_confirmed", "verified"),
    ("emailverified", "verified"),
    ("is_verified", "verified"),
    ("confirmed", "verified"),
    ("password", "password_hash"),
    ("passwordhash", "password_hash"),
    ("hashed_password", "password_hash"),
    ("encrypted_password", "password_hash"),
    ("password_digest", "password_hash"),
    ("hash", "password_hash"),
    ("user_name", "username"),
    ("login", "username"),
    ("full_name", "name"),
    ("display_name", "name"),
    ("displayname", "name"),
    ("first_name", "given_name"),
    ("firstname", "given_name"),
    ("last_name", "family_name"),
    ("lastname", "family_name"),
    ("surname", "family_name"),
    ("locale", "language"),
    ("timezone", "time_zone"),
    ("phone_number", "phone"),
    ("telephone", "phone"),
    ("mobile", "phone"),
    ("address", "postal_address"),
    ("birthdate", "date_of_birth"),
    ("birthday", "date_of_birth"),
    ("created", "created_at"),
    ("registered_at", "created_at"),
    ("disabled", "disabled_at"),
];

/// Returns a name as names are compared.
pub(super) fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Returns the member of that name; `None` if there is none.
pub(super) fn known(name: &str) -> Option<&'static str> {
    let key = key(name);
    MEMBERS.into_iter().find(|member| *member == key)
}

/// Returns the member that an unknown name probably means.
pub(super) fn nearest(name: &str) -> &'static str {
    let key = key(name).replace([' ', '-'], "_");
    let other = OTHER_NAMES.iter().find(|(other, _)| other.replace('-', "_") == key).map(|(_, member)| *member);
    let likeness = |member: &str| strsim::normalized_damerau_levenshtein(&key, member);
    let nearest = || MEMBERS.into_iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    other.or_else(nearest).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_whatever_their_case() {
        assert_eq!((known(" EMail "), known("Password_Hash")), (Some("email"), Some("password_hash")));
        assert_eq!(known("email_verified"), None);
    }

    #[test]
    fn what_was_meant_is_named() {
        for (name, member) in [
            ("email_verified", "verified"),
            ("E-Mail", "email"),
            ("First Name", "given_name"),
            ("contry", "country"),
            ("passwrd_hash", "password_hash"),
        ] {
            assert_eq!(nearest(name), member, "{name}");
        }
        for (_, member) in OTHER_NAMES {
            assert_eq!(known(member), Some(member));
        }
    }
}
