//! What the claims about a person are called.

/// The names of the claims about a person. The claims that decide who it is are in the [trust table](super::TRUST) and
/// have no other names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimNames {
    /// The address.
    pub address: String,
    /// Whether the address is verified, in the same payload; only the boolean `true` counts.
    pub verified: String,
    /// What the owner of the account there knows it by.
    pub login: String,
    /// Full name.
    pub name: String,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The picture.
    pub picture: String,
    /// The public profile.
    pub profile: String,
    /// Language.
    pub language: String,
    /// Country.
    pub country: String,
    /// Time zone.
    pub time_zone: String,
}

impl Default for ClaimNames {
    /// Returns the names of `OpenID` Connect Core 1.0, section 5.1.
    fn default() -> Self {
        let named = str::to_owned;
        Self {
            address: named("email"),
            verified: named("email_verified"),
            login: named("preferred_username"),
            name: named("name"),
            given_name: named("given_name"),
            family_name: named("family_name"),
            picture: named("picture"),
            profile: named("profile"),
            language: named("locale"),
            country: named("country"),
            time_zone: named("zoneinfo"),
        }
    }
}

impl ClaimNames {
    /// Names the claim for a value, by the name of the member: `address`, `verified`, `login`, `name`, `given_name`,
    /// `family_name`, `picture`, `profile`, `language`, `country` or `time_zone`. Returns `false` if there is none.
    pub fn set(&mut self, value: &str, claim: &str) -> bool {
        let named = match value {
            "address" => &mut self.address,
            "verified" => &mut self.verified,
            "login" => &mut self.login,
            "name" => &mut self.name,
            "given_name" => &mut self.given_name,
            "family_name" => &mut self.family_name,
            "picture" => &mut self.picture,
            "profile" => &mut self.profile,
            "language" => &mut self.language,
            "country" => &mut self.country,
            "time_zone" => &mut self.time_zone,
            _ => return false,
        };
        claim.clone_into(named);
        true
    }
}
