//! Rust source as tokens: which paths it names, which types it declares, which lines are tests or data.
//!
//! Tokens, not text: a comment, a doc example or a string that merely speaks of `std::fs` is no use of it.

mod items;
mod paths;

use std::ops::RangeInclusive;

use proc_macro2::{LexError, TokenStream, TokenTree};

use self::items::{attribute, data_item, is_ident, test_item, without};

pub(super) use self::paths::{Import, PathUse, Paths};

/// One Rust file.
pub(super) struct RustSource {
    everything: TokenStream,
    /// Without the items under `#[cfg(test)]`.
    production: TokenStream,
    test_lines: Vec<RangeInclusive<usize>>,
}

/// A name and where it is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) line: usize,
    pub(super) name: String,
}

/// Which part of a file a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Everything,
    /// All but the items under `#[cfg(test)]`.
    Production,
}

impl RustSource {
    /// Reads a file's text.
    ///
    /// # Errors
    /// When it is not made of Rust tokens.
    pub(super) fn parse(text: &str) -> Result<Self, LexError> {
        let everything: TokenStream = text.parse()?;
        let mut test_lines = Vec::new();
        let production = without(everything.clone(), test_item, &mut test_lines);
        Ok(Self { everything, production, test_lines })
    }

    /// The paths that `part` names, `use` trees taken apart.
    pub(super) fn paths(&self, part: Part) -> Vec<PathUse> {
        Paths::of(self.part(part)).all
    }

    /// The structs, enums, unions, traits, type aliases and inline modules declared anywhere in the file.
    pub(super) fn declared_names(&self) -> Vec<Name> {
        const KEYWORDS: [&str; 6] = ["struct", "enum", "union", "trait", "type", "mod"];
        let mut names = Vec::new();
        each_sequence(&self.everything, &mut |tokens| {
            for pair in tokens.windows(2) {
                if let [TokenTree::Ident(keyword), TokenTree::Ident(name)] = pair
                    && KEYWORDS.iter().any(|known| keyword == known)
                {
                    names.push(Name { line: name.span().start().line, name: name.to_string() });
                }
            }
        });
        names
    }

    /// The lines with an invocation of the macro called `name`.
    pub(super) fn macro_lines(&self, name: &str) -> Vec<usize> {
        let mut lines = Vec::new();
        each_sequence(&self.everything, &mut |tokens| {
            for pair in tokens.windows(2) {
                if let [TokenTree::Ident(ident), TokenTree::Punct(mark)] = pair
                    && ident == name
                    && mark.as_char() == '!'
                {
                    lines.push(ident.span().start().line);
                }
            }
        });
        lines
    }

    /// The lines with an invocation of the macro called `name` on a text, and the text.
    pub(super) fn macro_texts(&self, name: &str) -> Vec<(usize, String)> {
        let mut texts = Vec::new();
        each_sequence(&self.everything, &mut |tokens| {
            for triple in tokens.windows(3) {
                if let [TokenTree::Ident(ident), TokenTree::Punct(mark), TokenTree::Group(group)] = triple
                    && ident == name
                    && mark.as_char() == '!'
                    && let [TokenTree::Literal(literal)] = group.stream().into_iter().collect::<Vec<_>>().as_slice()
                {
                    let text = literal.to_string().trim_matches('"').to_owned();
                    texts.push((ident.span().start().line, text));
                }
            }
        });
        texts
    }

    /// The lines with an attribute called `name`, also one that `cfg_attr` adds.
    pub(super) fn attribute_lines(&self, name: &str) -> Vec<usize> {
        let mut lines = Vec::new();
        each_sequence(&self.everything, &mut |tokens| {
            for rest in tails(tokens) {
                if let Some((_, content)) = attribute(rest)
                    && let Some(TokenTree::Ident(first)) = content.clone().into_iter().next()
                    && (first == name || first == "cfg_attr" && mentions(&content, name))
                {
                    lines.push(first.span().start().line);
                }
            }
        });
        lines
    }

    /// The names of the modules in files of their own that exist for tests only: `#[cfg(test)] mod tests;`.
    pub(super) fn test_modules(&self) -> Vec<String> {
        let mut names = Vec::new();
        each_sequence(&self.everything, &mut |tokens| {
            for rest in tails(tokens) {
                let Some(item) = test_item(rest).and_then(|length| rest.get(..length)) else {
                    continue;
                };
                if let [.., TokenTree::Ident(keyword), TokenTree::Ident(name), TokenTree::Punct(_)] = item
                    && keyword == "mod"
                {
                    names.push(name.to_string());
                }
            }
        });
        names
    }

    /// How many lines belong to tests or to the values of constants: data.
    pub(super) fn test_and_data_lines(&self) -> usize {
        let mut ranges = self.test_lines.clone();
        without(self.production.clone(), data_item, &mut ranges);
        ranges.iter().map(|range| range.end() + 1 - range.start()).sum()
    }

    /// The tokens of a part.
    pub(super) fn part(&self, part: Part) -> &TokenStream {
        match part {
            Part::Everything => &self.everything,
            Part::Production => &self.production,
        }
    }
}

/// Shows `visit` the tokens of `stream` and of every group within.
fn each_sequence(stream: &TokenStream, visit: &mut dyn FnMut(&[TokenTree])) {
    let tokens: Vec<_> = stream.clone().into_iter().collect();
    visit(&tokens);
    for token in &tokens {
        if let TokenTree::Group(group) = token {
            each_sequence(&group.stream(), visit);
        }
    }
}

fn tails(tokens: &[TokenTree]) -> impl Iterator<Item = &[TokenTree]> {
    (0..tokens.len()).filter_map(|start| tokens.get(start..))
}

fn mentions(stream: &TokenStream, name: &str) -> bool {
    stream.clone().into_iter().any(|token| match &token {
        TokenTree::Group(group) => mentions(&group.stream(), name),
        token => is_ident(token, name),
    })
}

#[cfg(test)]
mod tests;
