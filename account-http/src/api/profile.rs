//! What is sent to change what is known of a person.

use account_core::account::details::ProfileEdits;
use poem_openapi::Object;

use crate::field::{
    AvatarId, Bio, Country, Date, FlagEdit, Language, Name, Phone, PostalAddress, TextEdit, TimeZone, UserName,
};

/// Details of a person. Members that are not sent stay the same, null removes a value.
#[derive(Object)]
#[oai(rename = "ProfileChange", write_only_all)]
pub(crate) struct ProfileBody {
    /// The full name.
    name: TextEdit<Name>,
    /// The given name.
    given_name: TextEdit<Name>,
    /// The family name.
    family_name: TextEdit<Name>,
    /// The public user name; unique.
    username: TextEdit<UserName>,
    /// The country: an ISO 3166-1 code of two or three letters, or a name in English, German, French or Spanish. Stored
    /// as two letters.
    country: TextEdit<Country>,
    /// The language, BCP 47. Deprecated tags and underscores are understood.
    language: TextEdit<Language>,
    /// The time zone, a name of the IANA database or a Windows time zone id.
    time_zone: TextEdit<TimeZone>,
    /// The telephone number. Stored as E.164 if possible.
    phone: TextEdit<Phone>,
    /// The postal address, in lines.
    postal_address: TextEdit<PostalAddress>,
    /// The company.
    company: TextEdit<Name>,
    /// The industry.
    industry: TextEdit<Name>,
    /// The date of birth, YYYY-MM-DD.
    date_of_birth: TextEdit<Date>,
    /// A few words about the person.
    bio: TextEdit<Bio>,
    /// Id of a picture that is stored elsewhere.
    avatar_id: TextEdit<AvatarId>,
    /// Whether newsletters are wanted.
    newsletter: FlagEdit,
}

impl From<ProfileBody> for ProfileEdits {
    fn from(body: ProfileBody) -> Self {
        Self {
            name: body.name.into_edit(),
            given_name: body.given_name.into_edit(),
            family_name: body.family_name.into_edit(),
            user_name: body.username.into_edit(),
            country: body.country.into_edit(),
            language: body.language.into_edit(),
            time_zone: body.time_zone.into_edit(),
            phone: body.phone.into_edit(),
            postal_address: body.postal_address.into_edit(),
            company: body.company.into_edit(),
            industry: body.industry.into_edit(),
            date_of_birth: body.date_of_birth.into_edit(),
            bio: body.bio.into_edit(),
            avatar_id: body.avatar_id.into_edit(),
            newsletter: body.newsletter.0,
            ..Self::default()
        }
    }
}
