//! Paths, `use` trees taken apart.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A path as written, such as `std::fs::read`, or one leaf of a `use` tree.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::tidy) struct PathUse {
    pub(in crate::tidy) line: usize,
    pub(in crate::tidy) segments: Vec<String>,
}

/// Adds the paths in `stream`, each after `prefix`.
pub(super) fn collect_paths(stream: &TokenStream, prefix: &[String], paths: &mut Vec<PathUse>) {
    let tokens: Vec<_> = stream.clone().into_iter().collect();
    let mut rest = tokens.as_slice();
    while let Some((first, after)) = rest.split_first() {
        rest = match first {
            TokenTree::Ident(_) => collect_path(rest, prefix, paths),
            TokenTree::Group(group) => {
                collect_paths(&group.stream(), &[], paths);
                after
            }
            _ => after,
        };
    }
}

/// Takes one path off the front, a nested `{..}` with it, and returns what follows.
fn collect_path<'a>(tokens: &'a [TokenTree], prefix: &[String], paths: &mut Vec<PathUse>) -> &'a [TokenTree] {
    let line = tokens.first().map_or(0, |token| token.span().start().line);
    let mut segments = prefix.to_vec();
    let mut rest = tokens;
    while let [TokenTree::Ident(segment), after @ ..] = rest {
        segments.push(segment.to_string());
        rest = after;
        let [TokenTree::Punct(first), TokenTree::Punct(second), after @ ..] = rest else {
            break;
        };
        if first.as_char() != ':' || second.as_char() != ':' {
            break;
        }
        rest = after;
        if let [TokenTree::Group(group), after @ ..] = rest
            && group.delimiter() == Delimiter::Brace
        {
            collect_paths(&group.stream(), &segments, paths);
            return after;
        }
    }
    paths.push(PathUse { line, segments });
    rest
}
