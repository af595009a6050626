//! A reader of Prometheus' text format 0.0.4 that takes nothing which the format does not say.

use std::collections::{BTreeMap, BTreeSet};

use crate::metrics::exposition::{Exposition, Kind};

/// What a text says.
pub(super) struct Samples {
    pub(super) text: String,
    /// Numbers by name and labels, sorted.
    values: BTreeMap<(String, Vec<(String, String)>), f64>,
}

impl Samples {
    /// Reads a text; panics where it is none.
    pub(super) fn read(text: &str) -> Self {
        let mut values = BTreeMap::new();
        let mut families: BTreeMap<String, String> = BTreeMap::new();
        let mut helped = BTreeSet::new();
        let mut current = String::new();
        assert!(text.ends_with('\n'));
        for line in text.lines() {
            if let Some(help) = line.strip_prefix("# HELP ") {
                let (name, words) = help.split_once(' ').unwrap();
                assert!(is_name(name) && !words.is_empty(), "{line}");
                assert!(helped.insert(name.to_owned()), "{name} is described twice");
            } else if let Some(kind) = line.strip_prefix("# TYPE ") {
                let (name, kind) = kind.split_once(' ').unwrap();
                assert!(helped.contains(name) && ["counter", "gauge", "histogram"].contains(&kind), "{line}");
                assert!(kind != "counter" || name.ends_with("_total"), "{line}");
                assert!(families.insert(name.to_owned(), kind.to_owned()).is_none(), "{name} is begun twice");
                name.clone_into(&mut current);
            } else {
                let (name, labels, value) = sample(line);
                let suffixes: &[&str] =
                    if families[&current] == "histogram" { &["_bucket", "_sum", "_count"] } else { &[""] };
                assert!(suffixes.iter().any(|suffix| name == format!("{current}{suffix}")), "{line} in {current}");
                assert!(values.insert((name, labels), value).is_none(), "twice: {line}");
            }
        }
        Self { text: text.to_owned(), values }
    }

    /// The number with exactly those labels, which are sorted by name.
    pub(super) fn get(&self, name: &str, labels: &[(&str, &str)]) -> Option<f64> {
        let labels = labels.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.values.get(&(name.to_owned(), labels)).copied()
    }
}

fn sample(line: &str) -> (String, Vec<(String, String)>, f64) {
    let end = line.find(['{', ' ']).unwrap();
    let (name, mut rest) = line.split_at(end);
    assert!(is_name(name), "{line}");
    let mut labels = Vec::new();
    if let Some(inner) = rest.strip_prefix('{') {
        let mut inner = inner;
        loop {
            let (label, after) = inner.split_once("=\"").unwrap();
            assert!(is_name(label), "{line}");
            let (value, after) = quoted(after);
            labels.push((label.to_owned(), value));
            if let Some(after) = after.strip_prefix('}') {
                rest = after;
                break;
            }
            inner = after.strip_prefix(',').unwrap();
        }
    }
    labels.sort();
    let value = rest.strip_prefix(' ').unwrap();
    assert!(!value.contains(' '), "{line}");
    (name.to_owned(), labels, value.parse().unwrap())
}

/// The text up to the closing quote, and what is behind.
fn quoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut chars = text.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => return (value, &text[at + 1..]),
            '\\' => match chars.next().unwrap().1 {
                'n' => value.push('\n'),
                escaped @ ('\\' | '"') => value.push(escaped),
                other => panic!("\\{other}"),
            },
            other => value.push(other),
        }
    }
    panic!("no end of a value: {text}")
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

#[test]
fn the_reader_reads_what_is_escaped() {
    let text = "# HELP x Words.\n# TYPE x gauge\nx{a=\"q\\\"\\\\\\n\",b=\"\"} 1.5\n";
    assert_eq!(Samples::read(text).get("x", &[("a", "q\"\\\n"), ("b", "")]), Some(1.5));
    let mut out = Exposition::new(false);
    out.family("x", "Words.", Kind::Gauge);
    out.sample("x", &[("a", "q\"\\\n"), ("b", "")], "1.5");
    assert_eq!(out.finish(), text);
}
