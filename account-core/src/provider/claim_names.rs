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
            address: named(STANDARD_ADDRESS),
            verified: named(STANDARD_FLAG),
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

/// The claim that `email_verified` is about (`OpenID` Connect Core 1.0, section 5.1).
const STANDARD_ADDRESS: &str = "email";
const STANDARD_FLAG: &str = "email_verified";

impl ClaimNames {
    /// Returns the claim that says whether the address is verified; the trust table may have a fixed one. `None` if the
    /// address is in another claim than the one that such a flag is about: an operator has to name a flag of its own.
    pub(super) fn flag_of_address<'a>(&'a self, fixed: Option<&'a str>) -> Option<&'a str> {
        let flag = fixed.unwrap_or(&self.verified);
        let is_about_it = self.address == STANDARD_ADDRESS || (fixed.is_none() && flag != STANDARD_FLAG);
        is_about_it.then_some(flag)
    }

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
