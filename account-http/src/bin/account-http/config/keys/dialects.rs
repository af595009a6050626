//! The settings of the dialects, as the dialects declare them.

use account_core::registration::activation::{Activation, RequiredProof};
use account_http::settings::{DialectOption, OptionKind};
use account_http::{DialectFacts, dialects};

use super::key::{Form, Key, Kind, kept};
use super::table::{FLAG, POLICY};

/// Returns the settings of every dialect, in the order of the dialects.
pub(super) fn keys() -> impl Iterator<Item = Key> {
    dialects().flat_map(|dialect| {
        // A TOML file cannot return to a section, so options in subsections come last.
        let (deeper, own): (Vec<_>, Vec<_>) = dialect.options.iter().partition(|option| option.name.contains('.'));
        let options: Vec<_> = own.into_iter().chain(deeper).map(|option| of_option(&dialect, option)).collect();
        of_every_dialect(&dialect).into_iter().chain(options)
    })
}

fn of_every_dialect(dialect: &DialectFacts) -> [Key; 5] {
    let key = |name, form, default, allowed, about: &str| Key {
        name: full_name(dialect, name),
        kind: Kind::Value,
        form,
        default,
        allowed,
        about: kept(format!("{}.", about.replace("{}", dialect.name))),
    };
    let (activations, redeems) =
        (either(Activation::ALL.map(Activation::name)), either(RequiredProof::ALL.map(RequiredProof::name)));
    [
        key("enabled", Form::Flag, "true", FLAG, "Whether to serve the {} API and its document"),
        key(
            "password_policy",
            Form::Text,
            dialect.password_policy.name,
            POLICY,
            "The password policy of registrations through {}",
        ),
        key(
            "activation",
            Form::Text,
            dialect.activation.name(),
            activations,
            "When a registration through {} becomes an account: once its address is verified, or immediately. Immediate \
             activation cannot hide whether an address has an account",
        ),
        key(
            "redeem",
            Form::Text,
            RequiredProof::Bound.name(),
            redeems,
            "What completes a registration through {}: `bound` requires the emailed token and proof of who registered; \
             `token` accepts the token alone, so anyone can register an address with a password of their choice and \
             have its owner confirm it",
        ),
        key(
            "disclose_existing",
            Form::Flag,
            "false",
            FLAG,
            "Whether {} tells anyone who registers an address that it already has an account",
        ),
    ]
}

fn of_option(dialect: &DialectFacts, option: &DialectOption) -> Key {
    let (kind, form, default) = match option.kind {
        OptionKind::Flag { default: true } => (Kind::Value, Form::Flag, "true"),
        OptionKind::Flag { default: false } => (Kind::Value, Form::Flag, "false"),
        OptionKind::Text { .. } => (Kind::Optional, Form::Text, "none"),
        OptionKind::Secret { .. } => (Kind::Hidden, Form::Text, "none"),
    };
    Key { name: full_name(dialect, option.name), kind, form, default, allowed: option.allowed, about: option.about }
}

/// Returns the full name of a dialect's setting.
fn full_name(dialect: &DialectFacts, name: &str) -> &'static str {
    kept(format!("dialects.{}.{name}", dialect.name))
}

fn either(names: [&str; 2]) -> &'static str {
    let [one, other] = names;
    kept(format!("`{one}` or `{other}`"))
}
