//! Paths, `use` trees taken apart.

use proc_macro2::{TokenStream, TokenTree};

use super::items::is_ident;

/// A path as written, such as `std::fs::read`, or one leaf of a `use` tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tidy) struct PathUse {
    pub(in crate::tidy) line: usize,
    pub(in crate::tidy) segments: Vec<String>,
}

/// What a leaf of a `use` tree brings in.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::tidy) struct Import {
    /// The name it is known by from there on; none when it ends in `*`, which the path leaves out.
    pub(in crate::tidy) name: Option<String>,
    pub(in crate::tidy) path: PathUse,
    /// Whether it is exported again (`pub use`).
    pub(in crate::tidy) is_exported: bool,
}

/// The paths that some tokens name.
#[derive(Default)]
pub(in crate::tidy) struct Paths {
    /// All of them, those of `use` trees too.
    pub(in crate::tidy) all: Vec<PathUse>,
    /// What every `use` brings in, at whatever depth it stands.
    pub(in crate::tidy) imports: Vec<Import>,
}

impl Paths {
    pub(in crate::tidy) fn of(stream: &TokenStream) -> Self {
        let mut paths = Self::default();
        paths.collect(stream);
        paths
    }

    fn collect(&mut self, stream: &TokenStream) {
        let tokens: Vec<_> = stream.clone().into_iter().collect();
        let mut rest = tokens.as_slice();
        while let Some((first, after)) = rest.split_first() {
            rest = match (first, after) {
                (TokenTree::Ident(public), [TokenTree::Ident(word), after @ ..])
                    if public == "pub" && word == "use" =>
                {
                    self.collect_use(after, true)
                }
                (TokenTree::Ident(public), [TokenTree::Group(_), TokenTree::Ident(word), after @ ..])
                    if public == "pub" && word == "use" =>
                {
                    self.collect_use(after, true)
                }
                (TokenTree::Ident(ident), _) if ident == "use" => self.collect_use(after, false),
                (TokenTree::Ident(_), _) => {
                    let (path, after) = split_path(rest, &[]);
                    self.all.push(path);
                    after
                }
                (TokenTree::Group(group), _) => {
                    self.collect(&group.stream());
                    after
                }
                (TokenTree::Punct(_) | TokenTree::Literal(_), _) => after,
            };
        }
    }

    /// Takes the `use` tree off the front, and returns what follows.
    fn collect_use<'a>(&mut self, tokens: &'a [TokenTree], is_exported: bool) -> &'a [TokenTree] {
        let end = tokens.iter().position(|token| is_punct(token, ';'));
        let Some((tree, after)) = end.and_then(|end| tokens.split_at_checked(end)) else {
            return tokens;
        };
        let first = self.imports.len();
        self.collect_tree(tree, &[], is_exported);
        self.all.extend(self.imports.iter().skip(first).map(|import| import.path.clone()));
        after
    }

    fn collect_tree(&mut self, tree: &[TokenTree], prefix: &[String], is_exported: bool) {
        for branch in tree.split(|token| is_punct(token, ',')) {
            // `::std` is `std`.
            let start = branch.iter().position(|token| !is_punct(token, ':')).unwrap_or_default();
            let (path, rest) = split_path(branch.get(start..).unwrap_or_default(), prefix);
            let name = match rest {
                [TokenTree::Group(group), ..] => {
                    let inner: Vec<_> = group.stream().into_iter().collect();
                    self.collect_tree(&inner, &path.segments, is_exported);
                    continue;
                }
                [TokenTree::Punct(star), ..] if star.as_char() == '*' => None,
                [renamed, TokenTree::Ident(name), ..] if is_ident(renamed, "as") => Some(name.to_string()),
                _ => path.segments.iter().rfind(|segment| *segment != "self").cloned(),
            };
            if path.segments.len() > prefix.len() || name.is_none() {
                self.imports.push(Import { name, path, is_exported });
            }
        }
    }
}

/// Takes one path off the front, with its last `::` when something else than a name follows.
fn split_path<'a>(tokens: &'a [TokenTree], prefix: &[String]) -> (PathUse, &'a [TokenTree]) {
    let line = tokens.first().map_or(0, |token| token.span().start().line);
    let mut segments = prefix.to_vec();
    let mut rest = tokens;
    while let [TokenTree::Ident(segment), after @ ..] = rest {
        segments.push(segment.to_string());
        rest = after;
        let [first, second, after @ ..] = rest else {
            break;
        };
        if !is_punct(first, ':') || !is_punct(second, ':') {
            break;
        }
        rest = after;
    }
    (PathUse { line, segments }, rest)
}

fn is_punct(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}
