//! What people who register are asked to agree to.

/// The versions of terms and privacy notice that are in force. Applies to channels that ask for consent
/// ([`RegistrationRules::asks_for_consent`](crate::registration::draft::RegistrationRules::asks_for_consent)): the native
/// API and the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConsentSettings {
    /// The version of the terms; `None` if nobody is asked about them.
    pub terms_version: Option<String>,
    /// The version of the privacy notice; `None` if nobody is asked about it.
    pub privacy_version: Option<String>,
    /// Whether nobody can register without agreeing to what is configured.
    pub is_required: bool,
}
