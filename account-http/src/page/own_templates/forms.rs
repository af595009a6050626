//! The forms of a rendered page.

use std::collections::BTreeSet;

/// A form that is posted: where it goes, and its fields.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Form {
    action: String,
    fields: BTreeSet<Field>,
}

/// A field by its name. A hidden one has a value that counts.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Field {
    name: String,
    hidden: Option<String>,
    /// Whether what is typed is hidden.
    is_secret: bool,
}

/// What the forms of a page lack that the built-in page has.
pub(super) fn missing(built_in: &str, own: &str) -> BTreeSet<String> {
    let own = forms(own);
    forms(built_in).iter().filter_map(|form| lack(form, &own)).collect()
}

fn lack(form: &Form, own: &[Form]) -> Option<String> {
    let action = form.action.trim_start_matches("/accounts");
    let same = own.iter().filter(|own| own.action == form.action);
    let lacks = same.map(|own| form.fields.difference(&own.fields).collect::<Vec<_>>());
    match lacks.min_by_key(Vec::len) {
        None => Some(format!("the form for `{action}` is missing")),
        Some(lacks) => lacks.first().map(|field| match &field.hidden {
            Some(_) => format!("the form for `{action}` lacks the hidden field `{}` with its value", field.name),
            None if field.is_secret => {
                format!("the form for `{action}` lacks the field `{}` with `type=\"password\"`", field.name)
            }
            None => format!("the form for `{action}` lacks the field `{}`", field.name),
        }),
    }
}

fn forms(html: &str) -> Vec<Form> {
    let form = |rest: &str| {
        let (tag, rest) = rest.split_once('>')?;
        // What a form sends by GET stands in addresses, and in logs.
        if !attribute(tag, "method")?.eq_ignore_ascii_case("post") {
            return None;
        }
        let inside = rest.split("</form>").next().unwrap_or_default();
        let fields = ["<input", "<textarea", "<select", "<button"]
            .into_iter()
            .flat_map(|mark| inside.split(mark).skip(1).filter_map(|rest| rest.split('>').next()).filter_map(field));
        Some(Form { action: attribute(tag, "action")?.to_owned(), fields: fields.collect() })
    };
    without_comments(html).split("<form").skip(1).filter_map(form).collect()
}

/// A page without what browsers do not show of it.
fn without_comments(html: &str) -> String {
    let (first, rest) = html.split_once("<!--").unwrap_or((html, ""));
    let parts = rest.split("<!--").filter_map(|part| part.split_once("-->")).map(|(_, shown)| shown);
    std::iter::once(first).chain(parts).collect()
}

fn field(tag: &str) -> Option<Field> {
    let name = attribute(tag, "name")?.to_owned();
    let is_hidden = attribute(tag, "type") == Some("hidden");
    let hidden = is_hidden.then(|| attribute(tag, "value").unwrap_or_default().to_owned());
    Some(Field { name, hidden, is_secret: attribute(tag, "type") == Some("password") })
}

/// The value of an attribute in quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    ['"', '\''].into_iter().find_map(|quote| {
        let mark = format!("{name}={quote}");
        let is_whole = |at: usize| tag.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace));
        let (at, _) = tag.match_indices(&mark).find(|(at, _)| is_whole(*at))?;
        tag.get(at + mark.len()..)?.split(quote).next()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUILT_IN: &str = "<form method=\"post\" action=\"/accounts/a\"><input type=\"hidden\" name=\"proof\" value=\"x\"><button>Go</button></form>\
                            <form method=\"post\" action=\"/accounts/a\"><input name=\"email\" value=\"x\"></form>\
                            <form method=\"post\" action=\"/accounts/b\"><textarea name=\"bio\"></textarea>\
                            <input type=\"password\" name=\"password\"></form>";

    #[test]
    fn forms_and_fields_that_are_missing_are_named() {
        let messages = |own: &str| missing(BUILT_IN, own).into_iter().collect::<Vec<_>>();
        assert_eq!(messages(BUILT_IN), [""; 0]);
        let other_order = BUILT_IN.replace("name=\"email\" value=\"x\"", "value='y' \n name='email' class=\"z\"");
        assert_eq!(messages(&other_order), [""; 0]);
        assert_eq!(
            messages(
                &BUILT_IN
                    .replace("value=\"x\"", "value=\"y\"")
                    .replace("/b", "/c")
                    .replace("email", "data-name=\"email")
            ),
            [
                "the form for `/a` lacks the field `email`",
                "the form for `/a` lacks the hidden field `proof` with its value",
                "the form for `/b` is missing",
            ]
        );
    }

    #[test]
    fn forms_post_and_hide_passwords_where_people_see_them() {
        let message = |own: String| missing(BUILT_IN, &own).into_iter().next();
        for (from, to) in [
            ("method=\"post\" action=\"/accounts/b\"", "action=\"/accounts/b\""),
            ("method=\"post\" action=\"/accounts/b\"", "method=\"get\" action=\"/accounts/b\""),
            ("<form method=\"post\" action=\"/accounts/b\">", "<!-- <form method=\"post\" action=\"/accounts/b\"> -->"),
        ] {
            assert_eq!(message(BUILT_IN.replace(from, to)).as_deref(), Some("the form for `/b` is missing"), "{to}");
        }
        assert_eq!(
            message(BUILT_IN.replace("type=\"password\"", "type=\"text\"")).as_deref(),
            Some("the form for `/b` lacks the field `password` with `type=\"password\"`")
        );
        assert_eq!(message(BUILT_IN.replace("post", "POST").replace("<button>", "<!-- x --><button>")), None);
    }
}
