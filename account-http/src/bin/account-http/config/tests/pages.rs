//! How pages look and speak.

use account_core::violation::Field;
use account_http::settings::ProfileFields;

use super::{problems, read};

#[test]
fn files_are_read_and_checked_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        format!("{:?}", path.display().to_string())
    };
    let (logo, style) = (path("logo.png", "<svg xmlns=\"x\"/>"), path("own.css", "main { border: 0; }"));
    let text = format!(
        "[pages]\nlogo_file = {logo}\nfavicon_file = {logo}\naccent_color = \"#7A1FA2\"\nstylesheet_file = {style}\n\
         terms_url = \"https://example.com/terms\"\ndefault_language = \"ar\""
    );
    let settings = read(&text, &[]).unwrap().http.settings(&"https://example.com".parse().unwrap());
    assert_eq!(settings.looks.logo.unwrap().media_type(), "image/svg+xml", "by its content");
    assert_eq!(settings.looks.stylesheet.unwrap().as_str(), "main { border: 0; }");
    assert_eq!(settings.looks.terms_url.as_deref(), Some("https://example.com/terms"));
    assert_eq!(settings.default_language.tag(), "ar");

    let (text_file, absent) = (path("logo.txt", "a logo"), folder.path().join("absent.svg"));
    let text = format!(
        "[pages]\nlogo_file = {text_file}\nfavicon_file = {:?}\naccent_color = \"purple\"\nprivacy_url = \"/privacy\"\n\
         default_language = \"tlh\"",
        absent.display().to_string()
    );
    let found = problems(&text, &[]);
    for part in [
        "pages.logo_file (account.toml, line 2): ",
        "it is not an SVG, PNG, WebP or ICO image",
        "pages.favicon_file (account.toml, line 3): ",
        "cannot read the file",
        "pages.accent_color (account.toml, line 4): ",
        "pages.privacy_url (account.toml, line 5): ",
        "pages.default_language (account.toml, line 6): there are words in `en`, `de`, `es`, `fr`, `ar` only",
    ] {
        assert!(found.iter().any(|problem| problem.contains(part)), "{part} is not in {found:#?}");
    }
    assert_eq!(found.len(), 5, "{found:#?}");
    let dark = problems(&format!("[pages]\nlogo_dark_file = {logo}"), &[]);
    assert_eq!(dark, ["pages.logo_dark_file (account.toml, line 2): `pages.logo_file` is missing"]);
}

#[test]
fn every_problem_of_page_templates_is_reported_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("error.html"), "{{ title }}\n{{ tekst }}").unwrap();
    std::fs::write(folder.path().join("eror.html"), "").unwrap();
    let found = problems(&format!("pages.template_directory = {:?}", folder.path()), &[]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("eror.html: no template has that name"), "{found:#?}");
    std::fs::remove_file(folder.path().join("eror.html")).unwrap();
    let found = problems(&format!("pages.template_directory = {:?}", folder.path()), &[]);
    let start = "pages.template_directory (account.toml, line 1): error.html, line 2: unknown variable `tekst`";
    assert!(found[0].starts_with(start), "{found:#?}");
}

#[test]
fn the_profile_page_shows_the_details_that_are_configured() {
    let fields =
        |text: &str| read(text, &[]).unwrap().http.settings(&"https://example.com".parse().unwrap()).profile_fields;
    assert_eq!(fields(""), ProfileFields::default());
    let few = fields("[pages]\nprofile_fields = [\"name\", \"time_zone\"]");
    assert_eq!(few, ProfileFields::only([Field::Name, Field::TimeZone]));
    let found = problems("[pages]\nprofile_fields = [\"name\", \"shoe_size\"]", &[]);
    assert!(
        found.len() == 1 && found[0].starts_with("pages.profile_fields (account.toml, line 2): entry 2: "),
        "{found:#?}"
    );
}
