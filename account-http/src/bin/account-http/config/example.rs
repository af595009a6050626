//! A configuration file with every setting, its default and what it does: `config example`, committed as
//! `docs/account.example.toml`.

use std::fmt::Write as _;

use super::keys::{BY_FILE, KEYS, Kind};

/// Columns that a comment may take.
const WIDTH: usize = 110;

/// The example file's text.
pub(crate) fn example() -> String {
    let mut text = String::from(
        "# Every setting with its default. What is commented out has no default, or one that is not a value.\n\
         # Each can also be an environment variable, which goes first: ACCOUNT_HTTP__BIND for bind in [http]; lists are\n\
         # then separated by commas. A setting with a password can also be read from a file: url_file = \"/path\".\n",
    );
    let mut section = "";
    for key in KEYS.iter() {
        let (of, name) = key.name.rsplit_once('.').unwrap_or(("", key.name));
        if of != section {
            section = of;
            // Writing to a `String` cannot fail.
            let _ = write!(text, "\n[{section}]\n");
        }
        let by_file =
            if key.is_secret() { format!(" Or `{name}{BY_FILE}`: the path of a file with it.") } else { String::new() };
        comment(&mut text, &format!("{} Allowed: {}.{by_file}", key.about, key.allowed));
        let _ = match key.kind {
            Kind::Value | Kind::Secret => writeln!(text, "{name} = {}", literal(key.default)),
            Kind::List => writeln!(text, "{name} = []"),
            Kind::Optional | Kind::OptionalSecret | Kind::Hidden => {
                writeln!(text, "# Default: {}.\n# {name} =", key.default)
            }
        };
    }
    text
}

/// Numbers and truths stand bare.
fn literal(default: &str) -> String {
    let is_bare = default.parse::<u64>().is_ok() || default.parse::<bool>().is_ok();
    if is_bare { default.to_owned() } else { format!("\"{default}\"") }
}

/// Writes a comment, broken between words.
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
