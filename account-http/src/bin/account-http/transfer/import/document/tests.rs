//! Broken documents, and what is read of them.

use super::*;
use std::io::Write;

fn open(text: &str, place: Place) -> io::Result<Document> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    Document::open(file.reopen().unwrap(), place)
}

fn all(document: &mut Document) -> Vec<(u64, Result<String, Unreadable>)> {
    let gist = |line: Line| {
        (line.number, line.content.map(|object| object.get("n").map(ToString::to_string).unwrap_or_default()))
    };
    std::iter::from_fn(|| document.next().unwrap()).map(gist).collect()
}

#[expect(clippy::unnecessary_wraps, reason = "it is compared with what was read")]
fn number(n: u32) -> Result<String, Unreadable> {
    Ok(n.to_string())
}

#[test]
fn elements_have_the_numbers_of_their_first_lines() {
    let text = "[\r\n{\"n\":1},\n\n {\"n\": 2,\n \"x\": [\"]}\\\"\"]},3, {\"n\":4}\n]\n ";
    let expected = [(2, number(1)), (4, number(2)), (5, Err(Unreadable::Json)), (5, number(4))];
    assert_eq!(all(&mut open(text, Place::default()).unwrap()), expected);
    let wrapped = format!("\u{FEFF}{{\"realm\":\"x]\",\"n\":{{\"users\":[{{}}]}},\"t\":true,\n\"users\" : {text}}}");
    let expected = expected.map(|(line, content)| (line + 1, content));
    assert_eq!(all(&mut open(&wrapped, Place::default()).unwrap()), expected);
}

#[test]
fn reading_continues_where_it_ended() {
    let text = "{\"users\":[{\"n\":1},\n{\"n\":2}\n]}";
    let mut document = open(text, Place::default()).unwrap();
    document.next().unwrap().unwrap();
    assert_eq!(all(&mut open(text, document.place()).unwrap()), [(2, number(2))]);
    assert_eq!(all(&mut document), [(2, number(2))]);
    assert_eq!(all(&mut open(text, document.place()).unwrap()), []);
}

#[test]
fn a_broken_element_costs_nothing_else_and_a_file_that_ends_early_is_reported() {
    let mut document = open("[{\"n\":1},\n{\"n\" 2},\n},{\"n\":3},\n{\"n\":", Place::default()).unwrap();
    let json = Err(Unreadable::Json);
    let expected = [(1, number(1)), (2, json.clone()), (3, json), (3, number(3)), (4, Err(Unreadable::Truncated))];
    assert_eq!(all(&mut document), expected);
    let mut document = open("[{\"n\":1},\n", Place::default()).unwrap();
    assert_eq!(all(&mut document), [(1, number(1)), (2, Err(Unreadable::Truncated))]);
    let long = format!("[{{\"n\":\"{}\"}},\n{{\"n\":2}}]", "x".repeat(2 << 20));
    let expected = [(1, Err(Unreadable::TooLong)), (2, number(2))];
    assert_eq!(all(&mut open(&long, Place::default()).unwrap()), expected);
}

#[test]
fn a_missing_quote_costs_its_element_only() {
    for (text, line) in [
        // One element in each line, with and without indentation.
        ("[\n{\"n\":1},\n{BROKEN},\n{\"n\":4}\n]", 3),
        ("{\"users\":[\r\n  {\"n\":1},\r\n  {BROKEN},\r\n  {\"n\":4}\r\n]}", 3),
        ("[{\"n\":1},\n{BROKEN},\n{\"n\":4}]", 2),
        // As PostgreSQL writes them.
        ("[{\"n\":1}, \n {BROKEN}, \n {\"n\":4}]", 2),
        // As Python and JavaScript write them.
        (
            "[\n  {\n    \"n\": 1\n  },\n  {\n    BROKEN,\n    \"x\": [\n      {\n        \"n\": 9\n      }\n    \
             ]\n  },\n  {\n    \"n\": 4\n  }\n]",
            5,
        ),
        // As Keycloak writes them: the line has the level.
        (
            "{\n  \"users\" : [ {\n    \"n\" : 1\n  }, {\n    BROKEN,\n    \"x\" : [ {\n      \"n\" : 9\n    }, \
             {\n      \"n\" : 9\n    } ]\n  }, {\n    \"n\" : 4\n  } ],\n  \"clients\" : [ {\n    \"n\" : 9\n  } ]\n}",
            4,
        ),
    ] {
        let text = text.replace("BROKEN", r#""email":"a@x,"name":"b""#);
        let (lines, contents): (Vec<_>, Vec<_>) = all(&mut open(&text, Place::default()).unwrap()).into_iter().unzip();
        assert_eq!(
            (lines[1], contents),
            (line, vec![Ok("1".to_owned()), Err(Unreadable::Text), Ok("4".to_owned())]),
            "{text}"
        );
    }
    let first = "[{\"n\":\"1}, \n {\"n\":4}]";
    assert_eq!(all(&mut open(first, Place::default()).unwrap()), [(1, Err(Unreadable::Text)), (2, number(4))]);
}

#[test]
fn what_is_not_read_after_a_missing_quote_is_reported() {
    // The last element of Keycloak's array: the next array has no accounts.
    let text = "{\n  \"users\" : [ {\n    \"n\" : \"1,\n    \"m\" : 1\n  } ],\n  \"clients\" : [ {\n    \"n\" : 9\n  }, {\n    \"n\" : 9\n  } ]\n}";
    let broken = Err(Unreadable::Text);
    assert_eq!(all(&mut open(text, Place::default()).unwrap()), [(2, broken.clone())]);
    let other = text.replace("  } ],\n", "");
    assert_eq!(all(&mut open(&other, Place::default()).unwrap()), [(2, broken)]);
    for text in ["[{\"n\":\"1},{\"n\":\"2\"},{\"n\":3}]\n", "[\n  {\"n\":\"1},\n{\"n\":2}\n,"] {
        let mut document = open(text, Place::default()).unwrap();
        let line = document.next().unwrap().unwrap();
        let expected = (text.lines().count() as u64, Some(Unreadable::Truncated));
        assert_eq!((line.last, line.content.err()), expected, "{text}");
        assert!(document.next().unwrap().is_none(), "{text}");
    }
}

#[test]
fn a_bracket_that_is_missing_or_too_many_costs_its_element_only() {
    for broken in [
        // Missing at the end of the element, so that it seems to contain those after it.
        r#"{"n":2,"email":"b@x""#,
        r#"{"n":2,"x":[{"y":1},"email":"b@x"}"#,
        r#"{"n":2,"x":{"y":1,"email":"b@x"}"#,
        r#"{"n":2,"x":["y","email":"b@x"}"#,
        // Too many at its start, or the wrong one.
        r#"{{"n":2,"email":"b@x"}"#,
        r#"{"n":2,"email":"b@x"]"#,
    ] {
        for (before, between, after) in [
            ("[\n", ",\n", "\n]"),
            ("[", ",\n", "]\n"),
            ("{\"users\":[\r\n  ", ",\r\n  ", "\r\n]}"),
            ("{\n\"users\" : [\n  ", ",\n  ", "\n], \"clients\": [\n{\"n\":9}]}"),
        ] {
            let text = [before, r#"{"n":1}"#, between, broken, between, r#"{"n":3}"#, between, r#"{"n":4}"#, after];
            let text = text.concat();
            let read: Vec<_> = all(&mut open(&text, Place::default()).unwrap());
            let line = read[1].0;
            let (_, contents): (Vec<_>, Vec<_>) = read.into_iter().unzip();
            assert_eq!(contents, [number(1), Err(Unreadable::Bracket), number(3), number(4)], "{text}");
            let in_file = text.lines().nth(usize::try_from(line).unwrap() - 1).unwrap();
            assert_eq!(in_file.trim().trim_end_matches(','), broken, "{text}");
        }
    }
}

#[test]
fn an_element_of_many_lines_whose_bracket_is_missing_costs_no_other() {
    let text = "[\n  {\n    \"n\": 1\n  },\n  {\n    \"x\": [\n      {\n        \"y\": 1\n      },\n    \"n\": 2\n  },\n  \
                {\n    \"n\": 3\n  }\n]";
    let expected = [(2, number(1)), (5, Err(Unreadable::Bracket)), (12, number(3))];
    assert_eq!(all(&mut open(text, Place::default()).unwrap()), expected);
    // Closed by one that is too many further on, so that all brackets match.
    let text = "[\n{\"n\":1},\n{\"n\":2,\n{\"n\":3},\n{\"n\":4}},\n{\"n\":5}\n]";
    let read = all(&mut open(text, Place::default()).unwrap());
    let good = [(2, number(1)), (3, Err(Unreadable::Bracket)), (4, number(3)), (5, number(4))];
    assert_eq!(read[..4], good);
    assert_eq!(read.last(), Some(&(6, number(5))));
    // The last one of an array, and of a file that ends without closing it.
    let text = "[\n{\"n\":1},\n{\"n\":2\n]\n";
    assert_eq!(all(&mut open(text, Place::default()).unwrap()), [(2, number(1)), (3, Err(Unreadable::Bracket))]);
    let text = "[\n{\"n\":1,\n{\"n\":2},\n{\"n\":3}\n";
    let expected = [(2, Err(Unreadable::Bracket)), (3, number(2)), (4, number(3)), (5, Err(Unreadable::Truncated))];
    assert_eq!(all(&mut open(text, Place::default()).unwrap()), expected);
}

#[test]
fn an_element_without_an_end_costs_no_other_and_no_time() {
    let others = (0..200_000).fold(String::new(), |others, n| others + &format!(",\n{{\"n\":{n}}}"));
    let text = format!("[\n{{\"n\":0{others}\n]");
    let long = format!("[\n{{\"n\":\"{}\"}},\n{{\"n\":2}}\n]", "x".repeat(5 << 20));
    for (text, why, count) in [(text, Unreadable::Bracket, 200_001), (long, Unreadable::TooLong, 2)] {
        let read = all(&mut open(&text, Place::default()).unwrap());
        assert_eq!((read.len(), &read[0]), (count, &(2, Err(why))));
        assert!(read[1..].iter().all(|(_, content)| content.is_ok()));
    }
}

#[test]
fn accounts_after_the_end_of_the_array_are_reported() {
    for (text, line) in [
        ("[\n{\"n\":1}],\n{\"n\":2}\n]", 2),
        ("[{\"n\":1}]\n{\"n\":2}]", 2),
        ("{\"users\":[{\"n\":1}],\n{\"n\":2}]}", 2),
        ("{\"users\":[{\"n\":1}]\n]}", 2),
    ] {
        let read = all(&mut open(text, Place::default()).unwrap());
        assert_eq!(read, [(read[0].0, number(1)), (line, Err(Unreadable::Beyond))], "{text}");
    }
    for text in ["[{\"n\":1}] \n\n", "{\"users\":[{\"n\":1}]\n}\n", "{\"users\":[{\"n\":1}] , \"x\": [{\"n\":9}]}"] {
        assert_eq!(all(&mut open(text, Place::default()).unwrap()), [(1, number(1))], "{text}");
    }
}

#[test]
fn a_document_without_an_array_is_refused() {
    for text in ["", "{}", "{\"users\":{}}", "{\"user\":[]}", "3", "{\"users\"", "{\"a\":[1"] {
        assert!(open(text, Place::default()).is_err(), "{text}");
    }
}

#[test]
fn accounts_behind_a_bracket_too_many_are_reported() {
    // A `]` in place of the `}` of one element, in a file with many.
    let of = |n: usize, end: &str| format!("  {{\n    \"n\": {n}\n  {end}");
    let rest = (3..=50).map(|n| of(n, "}")).collect::<Vec<_>>().join(",\n");
    let text = format!("[\n{},\n{},\n{rest}\n]\n", of(1, "}"), of(2, "]"));
    let read = all(&mut open(&text, Place::default()).unwrap());
    // What is not read is said to stand behind the end of the array: nothing is lost in silence.
    let kinds: Vec<_> = read.iter().map(|(line, content)| (*line, content.clone().err())).collect();
    assert_eq!(kinds, [(2, None), (5, Some(Unreadable::Bracket)), (7, Some(Unreadable::Beyond))]);
}

#[test]
fn the_end_of_an_array_in_a_broken_element_is_not_the_end_of_the_accounts() {
    // The bracket stands to the left of the brace that began the element, but not at the level of the accounts.
    let text = "{\n  \"users\" : [ {\n    \"n\" : \"1,\n    \"x\" : [\n      9\n    ]\n  }, {\n    \"n\" : 2\n  } ]\n}";
    assert_eq!(all(&mut open(text, Place::default()).unwrap()), [(2, Err(Unreadable::Text)), (7, number(2))]);
    let deeper = text.replace("    ]\n  }, {", "    ]\n  },\n  {");
    assert_eq!(all(&mut open(&deeper, Place::default()).unwrap()), [(2, Err(Unreadable::Text)), (8, number(2))]);
}

#[test]
fn objects_that_people_wrote_into_their_account_are_no_accounts() {
    let long = "x".repeat(5 << 20);
    for (text, expected) in [
        // PostgreSQL keeps the line ends of a `json`, and takes what is half a character.
        (
            "[{\"n\":1}, \n {\"n\":2,\"s\":\"\\ud800\",\"x\":[1,\n {\"n\":666}\n]}, \n {\"n\":3}]".to_owned(),
            vec![(1, number(1)), (2, Err(Unreadable::Json)), (5, number(3))],
        ),
        (
            "[{\"n\":1,\"s\":\"\\ud800\",\"x\":[1,\n {\"n\":666}\n]}, \n {\"n\":3}]".to_owned(),
            vec![(1, Err(Unreadable::Json)), (4, number(3))],
        ),
        // More than an account can have, and far more.
        (
            format!("[\n{{\"n\":1,\"x\":[\"{}\",\n{{\"n\":666}},\n{{\"n\":667}}\n]}},\n{{\"n\":2}}\n]", &long[..2 << 20]),
            vec![(2, Err(Unreadable::TooLong)), (6, number(2))],
        ),
        (
            format!("[\n{{\"n\":1,\"x\":[\"{long}\",\n{{\"n\":666}},\n{{\"n\":667}}\n]}},\n{{\"n\":2}}\n]"),
            vec![(2, Err(Unreadable::TooLong)), (6, number(2))],
        ),
        // In a file that ends early.
        (
            "[\n{\"n\":1},\n{\"n\":2,\"x\":[\n{\"n\":666},\n{\"n\":667}".to_owned(),
            vec![(2, number(1)), (3, Err(Unreadable::Truncated))],
        ),
        // As Python writes them with `indent=0`: no line tells its level.
        (
            "[\n{\n\"n\": 1,\n\"s\": \"x,\n\"x\": [\n{\n\"n\": 666\n}\n]\n},\n{\n\"n\": 2\n}\n]".to_owned(),
            vec![(2, Err(Unreadable::Truncated))],
        ),
        (
            "[\n{\n\"n\": 1,\n\"x\": [ \"x,\n{\n\"n\": 666\n}\n]\n}\n]".to_owned(),
            vec![(2, Err(Unreadable::Truncated))],
        ),
        // Those of another array than that of the accounts.
        (
            "{\"users\":[\n  {\"n\":1},\n  {\"n\":\"2}],\n\"clients\":[\n  {\"n\":666}]}".to_owned(),
            vec![(2, number(1)), (3, Err(Unreadable::Truncated))],
        ),
        // The level is that of the line's indentation, not of the brace.
        (
            "{\n  \"users\" : [ {\n    \"n\" : \"1,\n    \"x\" : [\n              {\n      \"n\" : 666 } ]\n  }, {\n    \
             \"n\" : 2\n  } ]\n}"
                .to_owned(),
            vec![(2, Err(Unreadable::Text)), (7, number(2))],
        ),
    ] {
        let read = all(&mut open(&text, Place::default()).unwrap());
        assert_eq!(read, expected, "{}", &text[text.len().saturating_sub(300)..]);
    }
}

#[test]
fn an_import_that_is_continued_knows_the_level_of_its_line() {
    let keycloak = "{\n  \"users\" : [ {\n    \"n\" : 1\n  }, {\n    \"n\" : \"2,\n    \"x\" : [ {\n      \"n\" : 666\n    }, {\n      \
                    \"n\" : 666\n    } ]\n  }, {\n    \"n\" : 3\n  }, {\n    \"n\" : \"4\n  }, {\n    \"n\" : 5\n  } ]\n}";
    let lines = "[{\"n\":1}, \n {\"n\":\"2}, \n {\"n\":3,\"x\":{}, \n {\"n\":4}]";
    for text in [
        keycloak.to_owned(),
        format!("\u{FEFF}{lines}"),
        lines.replace('\n', "\r\n"),
        lines.replace('2', &"2".repeat(20_000)),
    ] {
        let whole = all(&mut open(&text, Place::default()).unwrap());
        assert!(whole.iter().filter(|(_, content)| content.is_ok()).count() >= 2, "{whole:?}");
        let mut document = open(&text, Place::default()).unwrap();
        for read in 1..=whole.len() {
            document.next().unwrap().unwrap();
            let rest = all(&mut open(&text, document.place()).unwrap());
            assert_eq!(rest, whole[read..], "after {read} of {text}");
        }
    }
}

#[test]
fn many_broken_elements_take_little_time() {
    // Each has a level of its own, at which nothing else is found.
    let lines: Vec<String> = (0..2_000).map(|n| format!("{}{{\"n\":1,{{\"n\":2}}}}", " ".repeat(n))).collect();
    let begun = std::time::Instant::now();
    let read = all(&mut open(&format!("[\n{}\n]", lines.join(",\n")), Place::default()).unwrap());
    assert_eq!(read.len(), 2_000);
    assert!(read.iter().all(|(_, content)| *content == Err(Unreadable::Bracket)));
    assert!(begun.elapsed() < std::time::Duration::from_secs(30), "{:?}", begun.elapsed());
}
