//! The list of what the reduced documents do not say.

use std::fmt::Write as _;

use super::reduction::Dropped;

const HEAD: &str = "\
# What the Rust clients do not know

By `cargo xtask clients`: not to be edited. The committed documents say more than progenitor takes; this is what the
reduced ones leave out. Bodies of type `+json` are read as JSON, which drops nothing.

| Document | Operation | Dropped | Why |
|---|---|---|---|
";

/// The list, for documents by name.
pub(super) fn list<'a>(documents: impl Iterator<Item = (&'a str, &'a [Dropped])>) -> String {
    let mut text = HEAD.to_owned();
    for (document, dropped) in documents {
        for Dropped { operation, what, why } in dropped {
            let operation = operation.as_ref().map_or("all".to_owned(), |id| format!("`{id}`"));
            // Writing to a text does not fail.
            let _infallible = writeln!(text, "| {document} | {operation} | {what} | {why} |");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Dropped, list};

    #[test]
    fn each_thing_has_a_line() {
        let about = |operation: Option<&str>| Dropped {
            operation: operation.map(str::to_owned),
            what: "answer 304".to_owned(),
            why: "so",
        };
        let dropped = [about(None), about(Some("look"))];
        let text = list([("native", dropped.as_slice())].into_iter());
        let lines: Vec<_> = text.lines().skip_while(|line| !line.starts_with("| native")).collect();
        assert_eq!(lines, ["| native | all | answer 304 | so |", "| native | `look` | answer 304 | so |"]);
    }
}
