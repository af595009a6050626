//! A configuration file with every setting, its default and what it does: `config example`, committed as
//! `docs/account.example.toml`.

use std::fmt::Write as _;

use super::keys::{BY_FILE, KEYS, Key, Kind, NAMED, NamedSections};

/// Maximum width of a comment.
const WIDTH: usize = 110;

/// Returns the text of the example file.
pub(crate) fn example() -> String {
    let mut text = String::from(
        "# Every setting with its default; docs/configuration.md explains how to write them.\n\
         # A setting that is commented out has no default, or a default that depends on something else.\n",
    );
    let mut section = "";
    for key in KEYS.iter() {
        let (of, name) = key.name.rsplit_once('.').unwrap_or(("", key.name));
        if of != section {
            section = of;
            // Writing to a `String` cannot fail.
            let _ = write!(text, "\n[{section}]\n");
        }
        explain(&mut text, key, name);
        let _ = match key.kind {
            Kind::Value | Kind::Secret => writeln!(text, "{name} = {}", literal(key.default)),
            Kind::List => writeln!(text, "{name} = []"),
            Kind::Optional | Kind::OptionalSecret | Kind::Hidden | Kind::Webhook => {
                writeln!(text, "# Default: {}.\n# {name} =", key.default)
            }
        };
    }
    for (sections, about) in NAMED.into_iter().zip(ABOUT) {
        write_named(&mut text, sections, about);
    }
    text
}

/// What the sections are that the operator names, in their order.
const ABOUT: [&str; 2] = [
    "Providers with whose accounts people can register (docs/providers.md): one section each. google, github, microsoft \
     and apple are known; others need an issuer.",
    "Systems that receive events (docs/webhooks.md): one section each, with a name of your choice.",
];

/// A section that the operator names. It does not exist by default.
fn write_named(text: &mut String, sections: &NamedSections, about: &str) {
    text.push('\n');
    comment(text, about);
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "# [{}]", sections.example());
    for key in sections.keys {
        explain(text, key, key.name);
        let _ = match key.kind {
            Kind::Value => writeln!(text, "# {} = {}", key.name, literal(key.default)),
            Kind::List => writeln!(text, "# {} = []", key.name),
            _ => writeln!(text, "# Default: {}.\n# {} =", key.default, key.name),
        };
    }
}

/// Writes what a setting does.
fn explain(text: &mut String, key: &Key, name: &str) {
    let by_file = if key.is_secret() {
        format!(" Or `{name}{BY_FILE}`: the path of a file that contains it.")
    } else {
        String::new()
    };
    comment(text, &format!("{} Allowed: {}.{by_file}", key.about, key.allowed));
}

/// Numbers and booleans are not quoted.
fn literal(default: &str) -> String {
    let is_bare = default.parse::<u64>().is_ok() || default.parse::<bool>().is_ok();
    if is_bare { default.to_owned() } else { format!("\"{default}\"") }
}

/// Writes a comment, wrapped between words.
fn comment(text: &mut String, words: &str) {
    let mut line = String::from("#");
    for word in words.split(' ') {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            text.push_str(&line);
            text.push('\n');
            "#".clone_into(&mut line);
        }
        line.push(' ');
        line.push_str(word);
    }
    text.push_str(&line);
    text.push('\n');
}
