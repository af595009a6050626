//! Answers against expected ones.

use super::case::Answer;
use super::pattern::{compare, without_white_space};
use super::variables::Variables;
use crate::Reply;

/// Every difference between an answer and the expected one, as lines for people; none when they agree.
pub(super) fn differences(expected: &Answer, reply: &Reply, variables: &mut Variables) -> Vec<String> {
    let mut found = Vec::new();
    if reply.status != expected.status {
        found.extend([format!("expected status {}", expected.status), format!("got status      {}", reply.status)]);
    }
    for (name, value) in &expected.headers {
        let got = reply.headers.get(&name.to_ascii_lowercase());
        let Some(got) = got else {
            found.extend([format!("expected header {name}: {value}"), format!("got header      no {name}")]);
            continue;
        };
        if let Err(why) = compare(value, got, variables) {
            found.extend([format!("expected header {name}: {value}"), format!("got header      {name}: {got}"), why]);
        }
    }
    let body = if expected.counts_white_space { expected.body.clone() } else { without_white_space(&expected.body) };
    if let Err(why) = compare(&body, &reply.body, variables) {
        let shown = |text: &str| if text.is_empty() { "(empty)".to_owned() } else { text.to_owned() };
        found.extend([
            format!("expected body   {}", shown(&body)),
            format!("got body        {}", shown(&reply.body)),
            why,
        ]);
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn expected() -> Answer {
        Answer {
            status: 429,
            headers: vec![("Retry-After".to_owned(), "{{number}}".to_owned())],
            body: r#"{"message":"Too Many Attempts."}"#.to_owned(),
            counts_white_space: true,
        }
    }

    fn reply() -> Reply {
        Reply {
            status: 429,
            headers: BTreeMap::from([
                ("retry-after".to_owned(), "60".to_owned()),
                ("x-more".to_owned(), "1".to_owned()),
            ]),
            body: r#"{"message":"Too Many Attempts."}"#.to_owned(),
        }
    }

    fn found(expected: &Answer, reply: &Reply) -> Vec<String> {
        differences(expected, reply, &mut Variables::default())
    }

    #[test]
    fn the_expected_answer_has_no_differences() {
        assert!(found(&expected(), &reply()).is_empty());
    }

    #[test]
    fn each_kind_of_difference_is_found() {
        let status = Reply { status: 422, ..reply() };
        assert_eq!(found(&expected(), &status), ["expected status 429", "got status      422"]);
        let missing = Reply { headers: BTreeMap::new(), ..reply() };
        assert_eq!(
            found(&expected(), &missing),
            ["expected header Retry-After: {{number}}", "got header      no Retry-After"]
        );
        let mut header = reply();
        header.headers.insert("retry-after".to_owned(), "soon".to_owned());
        assert_eq!(found(&expected(), &header).last().unwrap(), "byte 0: \"soon\" is no Number");
        for body in ["", "{}", "{\"message\": \"Too Many Attempts.\"}", "{\"message\":\"Too Many Attempts.\"}\n"] {
            let body = Reply { body: body.to_owned(), ..reply() };
            assert_eq!(found(&expected(), &body).len(), 3, "{body:?}");
        }
        let all = Reply { status: 200, headers: BTreeMap::new(), body: String::new() };
        assert_eq!(found(&expected(), &all).len(), 7);
    }

    #[test]
    fn an_unexpected_body_is_a_difference() {
        let nothing = Answer { body: String::new(), ..expected() };
        assert_eq!(
            found(&nothing, &reply())[..2],
            ["expected body   (empty)", r#"got body        {"message":"Too Many Attempts."}"#]
        );
    }

    #[test]
    fn only_white_space_of_the_expected_body_is_ignored() {
        let pretty = Answer { body: "{\n  \"message\": \"Too Many Attempts.\"\n}".to_owned(), ..expected() };
        assert!(!found(&pretty, &reply()).is_empty());
        let aside = Answer { counts_white_space: false, ..pretty };
        assert!(found(&aside, &reply()).is_empty());
        assert!(!found(&aside, &Reply { body: aside.body.clone(), ..reply() }).is_empty());
        let other = Answer { body: aside.body.replace("Many", "many"), ..aside };
        assert!(!found(&other, &reply()).is_empty());
    }
}
