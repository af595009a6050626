//! The settings of the dialects, as these declare them.

use account_core::registration::activation::{Activation, RequiredProof};
use account_http::settings::{DialectOption, OptionKind};
use account_http::{DialectFacts, dialects};

use super::key::{Key, Kind};
use super::table::POLICY;

const TRUTH: &str = "`true` or `false`";

/// The settings of every dialect, in the order of the dialects.
pub(super) fn keys() -> impl Iterator<Item = Key> {
    dialects().flat_map(|dialect| {
        // In the file a section cannot be gone back to: options of a deeper one come last.
        let (deeper, own): (Vec<_>, Vec<_>) = dialect.options.iter().partition(|option| option.name.contains('.'));
        let options: Vec<_> = own.into_iter().chain(deeper).map(|option| of_option(&dialect, option)).collect();
        of_every_dialect(&dialect).into_iter().chain(options)
    })
}

fn of_every_dialect(dialect: &DialectFacts) -> [Key; 5] {
    let key = |name, default, allowed, about: &str| Key {
        name: full_name(dialect, name),
        kind: Kind::Value,
        default,
        allowed,
        about: kept(format!("{}.", about.replace("{}", dialect.name))),
    };
    let (activations, redeems) =
        (either(Activation::ALL.map(Activation::name)), either(RequiredProof::ALL.map(RequiredProof::name)));
    [
        key("enabled", "true", TRUTH, "Whether {} is served: its routes and its document"),
        key("password_policy", dialect.password_policy.name, POLICY, "The password policy of registrations by {}"),
        key(
            "activation",
            dialect.activation.name(),
            activations,
            "When a registration by {} becomes an account: when its mailbox is proven, or at once",
        ),
        key(
            "redeem",
            RequiredProof::Bound.name(),
            redeems,
            "What completes a registration by {}: the mailed token with a proof of who registered, or the token alone",
        ),
        key("disclose_existing", "false", TRUTH, "Whether {} tells who registers that the address has an account"),
    ]
}

fn of_option(dialect: &DialectFacts, option: &DialectOption) -> Key {
    let (kind, default) = match option.kind {
        OptionKind::Flag { default: true } => (Kind::Value, "true"),
        OptionKind::Flag { default: false } => (Kind::Value, "false"),
        OptionKind::Text { .. } => (Kind::Optional, "none"),
        OptionKind::Secret { .. } => (Kind::Hidden, "none"),
    };
    Key { name: full_name(dialect, option.name), kind, default, allowed: option.allowed, about: option.about }
}

/// A dialect's setting by its whole name.
fn full_name(dialect: &DialectFacts, name: &str) -> &'static str {
    kept(format!("dialects.{}.{name}", dialect.name))
}

fn either(names: [&str; 2]) -> &'static str {
    let [one, other] = names;
    kept(format!("`{one}` or `{other}`"))
}

/// The table is made once and lives as long as the process.
fn kept(text: String) -> &'static str {
    text.leak()
}
