//! Which details the profile page shows.

use std::collections::BTreeSet;

use account_core::violation::Field;

/// The details that the profile page can show, in their order.
pub const PROFILE_FIELDS: [Field; 17] = [
    Field::Name,
    Field::GivenName,
    Field::FamilyName,
    Field::UserName,
    Field::Country,
    Field::Language,
    Field::TimeZone,
    Field::Phone,
    Field::PostalAddress,
    Field::NotificationAddress,
    Field::AlternateAddress,
    Field::Company,
    Field::Industry,
    Field::DateOfBirth,
    Field::Bio,
    Field::AvatarId,
    Field::Newsletter,
];

/// The details that the profile page shows and lets people change; by default all. The APIs have all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileFields(BTreeSet<Field>);

impl Default for ProfileFields {
    fn default() -> Self {
        Self(PROFILE_FIELDS.into_iter().collect())
    }
}

impl ProfileFields {
    /// Shows these alone.
    #[must_use]
    pub fn only(fields: impl IntoIterator<Item = Field>) -> Self {
        Self(fields.into_iter().collect())
    }

    /// Returns the detail with this name: `given_name`.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Field> {
        PROFILE_FIELDS.into_iter().find(|field| field.name() == name)
    }

    /// Returns whether the page shows the field.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.0.contains(&field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_details_are_shown_unless_some_are_chosen() {
        let (all, few) = (ProfileFields::default(), ProfileFields::only([Field::Name]));
        assert!(PROFILE_FIELDS.into_iter().all(|field| all.has(field)));
        assert!(few.has(Field::Name) && !few.has(Field::GivenName));
    }

    #[test]
    fn a_detail_is_named_as_in_forms() {
        for (name, field) in [("given_name", Some(Field::GivenName)), ("email", None), ("Name", None), ("", None)] {
            assert_eq!(ProfileFields::by_name(name), field, "{name}");
        }
    }
}
