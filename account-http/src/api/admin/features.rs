//! `/account/v1/admin/features`: switches, turned at run time.

use std::borrow::Cow;

use account_core::AccountService;
use account_core::administration::features::FeatureView;
use account_core::authorization::Administrator;
use account_core::feature::FeatureName;
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::{ParseFromJSON, ParseResult, ToJSON, Type};
use poem_openapi::{Enum, Object, OpenApi};
use serde_json::Value;

use super::answer::{Found, ReadProblems, Versioned, admin_problems};
use crate::api::tag::Tag;
use crate::body::exact::ExactBody;
use crate::caller::Caller;
use crate::etag::{ETag, parse_if_match};
use crate::problem::{Problem, ProblemKind, Problems};

/// Features.
pub(crate) struct FeaturesApi {
    pub(super) service: AccountService,
}

/// Who may register: the value of `account-registration`. Signing in is not affected.
#[derive(Object)]
#[oai(rename = "RegistrationFeature")]
struct RegistrationFeatureBody {
    /// The mode; `open` by default.
    mode: Option<ModeBody>,
    /// In mode `restricted`: domains whose addresses may register.
    domains: Option<Vec<String>>,
    /// In mode `restricted`: ids of organizations. Anyone who names one of them may register.
    organizations: Option<Vec<String>>,
    /// Text shown to people who may not register.
    reason: Option<String>,
    /// Whether registrations and invitations that are already pending are refused too.
    refuses_pending: Option<bool>,
}

/// Who may register.
#[derive(Enum)]
#[oai(rename = "RegistrationMode", rename_all = "snake_case")]
enum ModeBody {
    /// Everybody.
    Open,
    /// Addresses of listed domains, and who registers with a listed organization.
    Restricted,
    /// Only who was invited.
    InvitationOnly,
    /// Nobody; nobody is invited either.
    Closed,
}

/// The value of a feature that is on or off: every feature other than `account-registration`.
#[derive(Object)]
#[oai(rename = "Flag")]
struct SwitchBody {
    /// Whether it is on.
    enabled: bool,
}

/// The value of a feature. Whether it is one is for the core to say.
struct ValueBody(Value);

impl Type for ValueBody {
    const IS_REQUIRED: bool = true;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        "object".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        let any_of = vec![SwitchBody::schema_ref(), RegistrationFeatureBody::schema_ref()];
        MetaSchemaRef::Inline(Box::new(MetaSchema { any_of, ..MetaSchema::ANY }))
    }

    fn register(registry: &mut Registry) {
        SwitchBody::register(registry);
        RegistrationFeatureBody::register(registry);
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(std::iter::empty())
    }
}

impl ParseFromJSON for ValueBody {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        Ok(Self(value.unwrap_or_default()))
    }
}

impl ToJSON for ValueBody {
    fn to_json(&self) -> Option<Value> {
        Some(self.0.clone())
    }
}

/// A new value for a feature.
#[derive(Object)]
#[oai(rename = "FeatureChange", write_only_all)]
struct ChangeBody {
    /// The value.
    value: ValueBody,
}

/// A feature.
#[derive(Object)]
#[oai(rename = "Feature", skip_serializing_if_is_none)]
struct FeatureBody {
    /// Its name.
    name: String,
    /// Its value.
    value: ValueBody,
    /// When it was last changed (RFC 3339, UTC); absent if it never was.
    updated_at: Option<String>,
    /// Account id of the administrator who changed it; absent if the operator did.
    updated_by: Option<String>,
}

impl From<FeatureView> for FeatureBody {
    fn from(feature: FeatureView) -> Self {
        Self {
            name: feature.name.name().to_owned(),
            value: ValueBody(serde_json::from_str(&feature.value).unwrap_or_default()),
            updated_at: feature.updated_at.map(|moment| moment.to_string()),
            updated_by: feature.updated_by.map(|id| id.to_string()),
        }
    }
}

/// All features.
#[derive(Object)]
#[oai(rename = "FeatureList")]
struct FeatureListBody {
    /// The features.
    items: Vec<FeatureBody>,
}

fn versioned(feature: FeatureView) -> Versioned<FeatureBody> {
    let etag = ETag(feature.version).to_string();
    Versioned::Found(Json(feature.into()), etag)
}

fn name_of(text: &str) -> Result<FeatureName, Problem> {
    FeatureName::by_name(text).ok_or(Problem::new(ProblemKind::NotFound))
}

admin_problems! {
    /// Problems that listing features can return.
    ListProblems: reading;
    /// Problems that switching a feature can return.
    SetProblems: taking, MalformedRequest, NotFound, PreconditionFailed;
}

#[OpenApi(prefix_path = "/account/v1/admin", tag = "Tag::Administration")]
impl FeaturesApi {
    /// List features
    ///
    /// All features, with their defaults if they were never changed.
    #[oai(path = "/features", method = "get", operation_id = "listFeatures")]
    async fn list(&self, caller: Caller<Administrator>) -> Result<Found<FeatureListBody>, Problems<ListProblems>> {
        let features = self.service.features(&caller.may).await?.into_iter();
        Ok(Found::Found(Json(FeatureListBody { items: features.map(Into::into).collect() })))
    }

    /// Get a feature
    ///
    /// The answer has the `ETag` to send with a change.
    #[oai(path = "/features/:name", method = "get", operation_id = "getFeature")]
    async fn read(
        &self,
        caller: Caller<Administrator>,
        /// Name of the feature.
        name: Path<String>,
    ) -> Result<Versioned<FeatureBody>, Problems<ReadProblems>> {
        let name = name_of(&name)?;
        let mut features = self.service.features(&caller.may).await?.into_iter();
        let feature = features.find(|feature| feature.name == name);
        Ok(versioned(feature.ok_or(Problem::new(ProblemKind::NotFound))?))
    }

    /// Change a feature flag
    ///
    /// It takes effect within half a second, on all instances.
    #[oai(path = "/features/:name", method = "put", operation_id = "setFeature")]
    async fn set(
        &self,
        caller: Caller<Administrator>,
        /// Name of the feature.
        name: Path<String>,
        /// The `ETag` that was read; the change is refused when the feature was changed since.
        #[oai(name = "If-Match")]
        if_match: Header<Option<String>>,
        body: ExactBody<ChangeBody>,
    ) -> Result<Versioned<FeatureBody>, Problems<SetProblems>> {
        let (name, version) = (name_of(&name)?, parse_if_match(if_match.0.as_deref())?);
        let (value, context) = (body.read(|body| Ok::<_, Problem>(body.value.0.to_string()))?, &caller.context);
        Ok(versioned(self.service.set_feature(&caller.may, name, &value, version, context).await?))
    }
}
