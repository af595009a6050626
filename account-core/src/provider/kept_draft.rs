//! What a person chose before they went to a provider.

use serde::{Deserialize, Serialize};

use crate::input::Input;
use crate::registration::draft::RegistrationDraft;

/// Maximum length of what a browser says of itself, in characters. Longer hints are left out.
const MAX_HINT: usize = 200;

/// Declares the fields of a draft that are kept, with those that are hints of a browser apart.
macro_rules! kept {
    (texts: $($text:ident),+; flags: $($flag:ident),+; hints: $($hint:ident),+;) => {
        /// The fields of a [`RegistrationDraft`] that the provider does not know. They were checked before the person was
        /// sent there, and are checked again.
        #[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct KeptDraft {
            $(#[serde(skip_serializing_if = "Option::is_none")] $text: Option<String>,)+
            $(#[serde(skip_serializing_if = "Option::is_none")] $flag: Option<bool>,)+
            $(#[serde(skip_serializing_if = "Option::is_none")] $hint: Option<String>,)+
        }

        impl KeptDraft {
            /// Keeps what has been read from a draft.
            pub(crate) fn of(draft: &RegistrationDraft) -> Self {
                let short = |hint: &Option<String>| hint.clone().filter(|hint| hint.chars().count() <= MAX_HINT);
                Self {
                    $($text: draft.$text.clone().given(),)+
                    $($flag: draft.$flag.clone().given(),)+
                    $($hint: short(&draft.$hint),)+
                }
            }

            /// Returns the draft again, without address and password.
            pub(crate) fn into_draft(self) -> RegistrationDraft {
                RegistrationDraft {
                    $($text: Input::from(self.$text),)+
                    $($flag: Input::from(self.$flag),)+
                    $($hint: self.$hint,)+
                    ..RegistrationDraft::default()
                }
            }
        }
    };
}

kept! {
    texts:
        name, given_name, family_name, user_name, country, language, time_zone, terms_version, privacy_version,
        callback_url, organization, organization_code, client_id, phone, postal_address, company, industry,
        application, application_site, originating_url, claimed_address;
    flags: newsletter, link_to_callback, wants_to_administer, terms_accepted;
    hints: browser_language, shown_in, browser_time_zone;
}

opaque_debug!(KeptDraft);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_and_password_are_not_kept() {
        let draft = RegistrationDraft {
            email: "john@acme.com".into(),
            password: "velvet lantern gravel orchid".into(),
            terms_version: "2026-01".into(),
            newsletter: Input::Given(true),
            browser_language: Some("x".repeat(MAX_HINT + 1)),
            shown_in: Some("de".to_owned()),
            ..RegistrationDraft::default()
        };
        let document = serde_json::to_string(&KeptDraft::of(&draft)).unwrap();
        assert_eq!(document, r#"{"terms_version":"2026-01","newsletter":true,"shown_in":"de"}"#);
        let again = serde_json::from_str::<KeptDraft>(&document).unwrap().into_draft();
        assert_eq!((again.email, again.password), (Input::Absent, Input::Absent));
        assert_eq!((again.terms_version, again.newsletter), ("2026-01".into(), Input::Given(true)));
    }
}
