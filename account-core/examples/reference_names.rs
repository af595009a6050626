//! Makes `country_names.txt` and `language_aliases.txt` from Unicode's CLDR. `src/reference_data/README.md` says where to
//! get it.
//!
//! `cargo run -p account-core --example reference_names --features reference-data -- CLDR_CORE CLDR_LOCALENAMES FOLDER` reads
//! the unpacked npm packages `cldr-core` and `cldr-localenames-full`, and writes the lists.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use account_core::reference_data::countries::folded;
use account_core::reference_data::{countries, languages};
use serde_json::Value;

/// Languages whose names of countries are understood, and what `&` and `St.` stand for in them.
const LANGUAGES: [(&str, &str, &str); 4] =
    [("en", "and", "Saint"), ("de", "und", "Sankt"), ("fr", "et", "Saint"), ("es", "y", "San")];
/// Names in wide use that CLDR does not have. `XKX` is the World Bank's and the United Nations' code of Kosovo.
const OTHER_NAMES: [(&str, &str); 23] = [
    ("AE", "UAE"),
    ("BO", "Plurinational State of Bolivia"),
    ("CZ", "Tschechische Republik"),
    ("FM", "Federated States of Micronesia"),
    ("GB", "England"),
    ("GB", "Great Britain"),
    ("GB", "Northern Ireland"),
    ("GB", "Scotland"),
    ("GB", "Wales"),
    ("IR", "Islamic Republic of Iran"),
    ("KR", "Republic of Korea"),
    ("MD", "Republic of Moldova"),
    ("MK", "Macedonia"),
    ("NL", "Holland"),
    ("NL", "The Netherlands"),
    ("RU", "Russian Federation"),
    ("SY", "Syrian Arab Republic"),
    ("TZ", "United Republic of Tanzania"),
    ("US", "America"),
    ("US", "Estados Unidos de América"),
    ("US", "United States of America"),
    ("VN", "Viet Nam"),
    ("XK", "XKX"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut folder = || arguments.next().ok_or("which folders?");
    let (core, names, written) = (folder()?, folder()?, folder()?);
    let aliases = read(&Path::new(&core).join("supplemental/aliases.json"))?;
    let of = |kind: &str| aliases.pointer(&format!("/supplemental/metadata/alias/{kind}")).ok_or("no aliases");
    write(&Path::new(&written).join("country_names.txt"), &country_names(&names, of("territoryAlias")?)?)?;
    write(&Path::new(&written).join("language_aliases.txt"), &language_aliases(of("languageAlias")?))
}

/// Every name of a country, folded, with its code. A name that stands for two countries stands for none.
fn country_names(names: &str, aliases: &Value) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let is_country = |code: &str| countries().any(|country| country.code == code);
    let mut found: Vec<(String, String)> =
        OTHER_NAMES.iter().map(|(code, name)| (folded(name), (*code).to_owned())).collect();
    for (alias, replacement) in replacements(aliases) {
        if is_country(replacement) && alias.chars().all(|c| c.is_ascii_alphabetic()) {
            found.push((folded(alias), replacement.to_owned()));
        }
    }
    let mut parts = Vec::new();
    for (language, and, saint) in LANGUAGES {
        let file = read(&Path::new(names).join(format!("main/{language}/territories.json")))?;
        let territories = file.pointer(&format!("/main/{language}/localeDisplayNames/territories"));
        for (key, name) in territories.and_then(Value::as_object).ok_or("no territories")? {
            let (code, name) = (key.get(..2).unwrap_or_default(), name.as_str().unwrap_or_default());
            if is_country(code) && (key.len() == 2 || key.contains("-alt-")) {
                let whole = name.replace('&', and);
                for name in [name, whole.as_str()] {
                    let spelled =
                        [name.to_owned(), name.replace("St.", saint)].map(|it| (folded(&it), code.to_owned()));
                    // Two letters would look like a code: `É.-U.`.
                    found.extend(spelled.into_iter().filter(|(name, _)| name.len() > 2));
                }
                // `Myanmar (Burma)` has two names.
                parts.extend(whole.split(['(', ')']).map(|part| (folded(part), code.to_owned())));
            }
        }
    }
    // A code that is assigned means its own country.
    found.retain(|(name, _)| name.len() > 1 && !is_country(&name.to_ascii_uppercase()));
    parts.retain(|(name, _)| name.len() > 2 && found.iter().all(|(whole, _)| whole != name));
    let mut all = BTreeMap::new();
    for (name, code) in [found, parts].concat() {
        if all.insert(name.clone(), code.clone()).is_some_and(|other| other != code) {
            all.insert(name, String::new());
        }
    }
    all.retain(|_, code| !code.is_empty());
    Ok(all)
}

/// Every alias of a language or a whole tag whose replacement is of a listed language.
fn language_aliases(aliases: &Value) -> BTreeMap<String, String> {
    let is_listed = |tag: &str| {
        let language = tag.split('-').next().unwrap_or_default();
        languages().any(|listed| listed.tag == language)
    };
    let known = replacements(aliases).filter(|(_, replacement)| is_listed(replacement));
    // Without variants and private-use subtags, which are not kept.
    let without_variants = |tag: &str| {
        let public = tag.split("-x-").next().unwrap_or_default();
        public.split('-').filter(|subtag| subtag.len() < 5).collect::<Vec<_>>().join("-")
    };
    known.map(|(alias, replacement)| (alias.to_ascii_lowercase(), without_variants(replacement))).collect()
}

fn replacements(aliases: &Value) -> impl Iterator<Item = (&str, &str)> {
    let all = aliases.as_object().into_iter().flatten();
    all.filter_map(|(alias, entry)| Some((alias.as_str(), entry.get("_replacement")?.as_str()?)))
}

fn read(file: &Path) -> Result<Value, Box<dyn Error>> {
    Ok(serde_json::from_str(&fs::read_to_string(file)?)?)
}

fn write(file: &Path, rows: &BTreeMap<String, String>) -> Result<(), Box<dyn Error>> {
    let lines: Vec<String> = rows.iter().map(|(key, value)| format!("{key}\t{value}\n")).collect();
    Ok(fs::write(file, lines.concat())?)
}
