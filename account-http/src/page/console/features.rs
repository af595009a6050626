//! Feature flags.

use account_core::administration::AdminError;
use account_core::administration::features::FeatureView;
use account_core::feature::{FeatureName, FeatureValue, RegistrationFeature, RegistrationMode};
use account_core::violation::{Rule, Violations};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, handler};
use serde::Serialize;
use serde_json::json;

use super::super::form::{Fields, Form, Query};
use super::super::templates::PageTemplate;
use super::super::visit::Visit;
use super::super::words::say;
use super::admin::{Admin, Refused, Sent};
use super::paths::{self, FEATURES};
use super::read::{done, is_on, lines};
use super::view::{Around, FieldView, FormView, LinkView, Said, address, sentence};
use crate::problem::{Problem, ProblemKind};

/// All flags, each with its form.
#[derive(Serialize)]
struct FeaturesPage {
    around: Around,
    features: Vec<Feature>,
}

#[derive(Serialize)]
struct Feature {
    name: &'static str,
    /// When it was changed, if ever.
    changed: Option<String>,
    by: Option<LinkView>,
    form: FormView,
}

impl PageTemplate for FeaturesPage {
    const NAME: &'static str = "console/features.html";

    fn here(&self) -> Option<String> {
        Some(self.around.here())
    }
}

#[handler]
pub(super) async fn list(visit: &Visit, Query(query): Query, admin: Admin) -> poem::Result<Response> {
    page(visit, &admin, StatusCode::OK, done(&query)).await
}

async fn page(visit: &Visit, admin: &Admin, status: StatusCode, said: Said) -> poem::Result<Response> {
    let features = visit.pages.service.features(&admin.may).await.map_err(Problem::from)?;
    let page = FeaturesPage {
        around: Around::new(visit, &admin.me, say(visit.words(), "console-features"), FEATURES, &said),
        features: features.iter().map(|feature| view(visit, admin, feature, &said)).collect(),
    };
    Ok(visit.page(status, &page)?)
}

fn view(visit: &Visit, admin: &Admin, feature: &FeatureView, said: &Said) -> Feature {
    let (title, text) = words(feature.name);
    // A value that another version of the service wrote may be unreadable: then the form shows the default.
    let value = feature.name.parse_value(&feature.value).unwrap_or_else(|_| feature.name.default_value());
    let mut fields = match &value {
        FeatureValue::Registration(value) => registration_fields(visit, value),
        FeatureValue::Flag(flag) => vec![FieldView::switch(visit, "enabled", "console-feature-value", flag.enabled)],
    };
    fields.push(FieldView::hidden("version", feature.version.to_string()));
    let form = FormView::new(visit, path(feature.name), "console-save").titled(visit, title, Some(text));
    Feature {
        name: feature.name.name(),
        changed: feature.updated_at.map(|at| sentence(visit, "console-feature-changed", "at", admin.moment(visit, at))),
        by: feature
            .updated_by
            .map(|id| LinkView { path: paths::account(id), text: say(visit.words(), "console-feature-by") }),
        form: form.with(fields, said),
    }
}

/// The modes of registration, by their names in forms.
const MODES: [(RegistrationMode, &str, &str); 4] = [
    (RegistrationMode::Open, "open", "console-mode-open"),
    (RegistrationMode::Restricted, "restricted", "console-mode-restricted"),
    (RegistrationMode::InvitationOnly, "invitation_only", "console-mode-invitation"),
    (RegistrationMode::Closed, "closed", "console-mode-closed"),
];

fn registration_fields(visit: &Visit, value: &RegistrationFeature) -> Vec<FieldView> {
    let words = visit.words();
    let modes = MODES.map(|(_, name, key)| (name.to_owned(), say(words, key)));
    let mode = MODES.iter().find(|(mode, ..)| *mode == value.mode).map_or("open", |(_, name, _)| *name);
    let organizations: Vec<_> = value.organizations.iter().map(ToString::to_string).collect();
    let domains = FieldView::lines(visit, "domains", "console-domains").valued(value.domains.join("\n"));
    let organizations =
        FieldView::lines(visit, "organizations", "console-organization-ids").valued(organizations.join("\n"));
    let reason = FieldView::text(visit, "reason", "console-reason").valued(value.reason.clone().unwrap_or_default());
    vec![
        FieldView::choice(visit, "mode", "console-mode", modes, mode),
        domains.hinted(visit, "console-domains-hint"),
        organizations.hinted(visit, "console-organization-ids-hint"),
        reason.hinted(visit, "console-feature-reason-hint"),
        FieldView::switch(visit, "refuses_pending", "console-refuses-pending", value.refuses_pending),
    ]
}

fn path(name: FeatureName) -> String {
    format!("{FEATURES}/{}", name.name())
}

/// The keys of what a feature is called, and of what it does.
const fn words(name: FeatureName) -> (&'static str, &'static str) {
    match name {
        FeatureName::AccountRegistration => ("console-feature-registration", "console-feature-registration-text"),
        FeatureName::SocialRegistration => ("console-feature-social", "console-feature-social-text"),
        FeatureName::PasswordRegistration => ("console-feature-password", "console-feature-password-text"),
        FeatureName::Newsletter => ("console-feature-newsletter", "console-feature-newsletter-text"),
    }
}

/// The value that a form says, as JSON; the core checks it.
fn value(name: FeatureName, fields: &Fields) -> String {
    match name.default_value() {
        FeatureValue::Flag(_) => json!({"enabled": is_on(fields, "enabled")}),
        FeatureValue::Registration(_) => {
            let reason = Some(fields.trimmed("reason")).filter(|reason| !reason.is_empty());
            json!({
                "mode": fields.text("mode"),
                "domains": lines(fields, "domains"),
                "organizations": lines(fields, "organizations"),
                "reason": reason,
                "refuses_pending": is_on(fields, "refuses_pending"),
            })
        }
    }
    .to_string()
}

/// The key of what is wrong with a value, where that is one of the lists or the reason.
fn what_is_wrong(violations: &Violations) -> Option<&'static str> {
    violations.iter().find_map(|violation| match violation.rule {
        Rule::Malformed => Some("console-refused-feature"),
        Rule::Unknown => Some("console-refused-feature-organization"),
        _ => None,
    })
}

#[handler]
pub(super) async fn set(
    visit: &Visit,
    Path(name): Path<String>,
    Form(fields): Form,
    admin: Admin,
) -> poem::Result<Response> {
    let name = FeatureName::by_name(&name).ok_or(Problem::new(ProblemKind::NotFound))?;
    let version = fields.text("version").parse().map_err(|_| Problem::new(ProblemKind::MalformedRequest))?;
    let value = value(name, &fields);
    let sent = Sent { action: path(name), fields };
    let admin = admin.confirmed(visit, &sent).await?;
    let outcome = visit.pages.service.set_feature(&admin.may, name, &value, Some(version), &visit.context).await;
    if let Err(AdminError::Invalid(violations)) = &outcome
        && let Some(key) = what_is_wrong(violations)
    {
        let Refused { status, said } = Refused::because(visit, key, sent);
        return page(visit, &admin, status, said).await;
    }
    match admin.outcome(visit, sent, outcome)? {
        Ok(_) => Ok(visit.see_other(&address(FEATURES, [("done", "saved")]))),
        Err(Refused { status, said }) => page(visit, &admin, status, said).await,
    }
}
