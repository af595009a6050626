//! What a message uses: its variables, its tags, other messages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::unicode::unescape_unicode_to_string;

use super::markup::{MAX_LINKS, Piece, Tag, count_links, is_well_formed, pieces};

/// How deep messages may refer to each other.
const MAX_DEPTH: usize = 8;

/// What a message uses, with all that it refers to.
#[derive(Debug, Default)]
pub(super) struct Usage {
    pub(super) variables: BTreeSet<String>,
    /// Variables that choose between variants.
    pub(super) selectors: BTreeSet<String>,
    /// The terms that it says.
    pub(super) terms: BTreeSet<String>,
    /// The tags, in their order. Every variant has the same.
    pub(super) tags: Vec<Tag>,
    /// What a message must not have.
    pub(super) problems: Vec<String>,
}

/// The messages and terms of one language, later ones in place of earlier ones.
pub(super) struct Entries<'a> {
    messages: BTreeMap<&'a str, &'a Pattern<&'a str>>,
    terms: BTreeMap<&'a str, &'a Pattern<&'a str>>,
    has_attributes: BTreeSet<&'a str>,
}

impl<'a> Entries<'a> {
    pub(super) fn of(resources: &'a [Arc<FluentResource>]) -> Self {
        let mut entries = Self { messages: BTreeMap::new(), terms: BTreeMap::new(), has_attributes: BTreeSet::new() };
        for entry in resources.iter().flat_map(|resource| resource.entries()) {
            match entry {
                Entry::Message(message) => {
                    if let Some(pattern) = &message.value {
                        entries.messages.insert(message.id.name, pattern);
                    }
                    if message.attributes.is_empty() {
                        entries.has_attributes.remove(message.id.name);
                    } else {
                        entries.has_attributes.insert(message.id.name);
                    }
                }
                Entry::Term(term) => {
                    entries.terms.insert(term.id.name, &term.value);
                }
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => {}
            }
        }
        entries
    }

    /// The keys of all messages.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.messages.keys().copied()
    }

    /// What the message with this key uses; nothing if there is none.
    pub(super) fn usage(&self, key: &str) -> Usage {
        let mut usage = Usage::default();
        if self.has_attributes.contains(key) {
            usage.problems.push("a message has no attributes".to_owned());
        }
        if let Some(pattern) = self.messages.get(key) {
            usage.tags = Reading { entries: self, usage: &mut usage }.pattern(pattern, 0);
        }
        if !is_well_formed(&usage.tags) {
            usage.problems.push("the tags are not ended in the order of their starts".to_owned());
        }
        if count_links(&usage.tags) > MAX_LINKS {
            usage.problems.push(format!("a message has at most {MAX_LINKS} links"));
        }
        usage
    }
}

struct Reading<'a, 'u> {
    entries: &'a Entries<'a>,
    usage: &'u mut Usage,
}

impl<'a> Reading<'a, '_> {
    /// Reads a pattern and returns its tags.
    fn pattern(&mut self, pattern: &'a Pattern<&'a str>, depth: usize) -> Vec<Tag> {
        if depth > MAX_DEPTH {
            self.problem("messages refer to each other in a circle, or too deeply");
            return Vec::new();
        }
        let mut tags = Vec::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => tags.extend(self.text(value)),
                PatternElement::Placeable { expression } => tags.extend(self.expression(expression, depth)),
            }
        }
        tags
    }

    fn text(&mut self, text: &str) -> Vec<Tag> {
        if text.contains(is_unfit) {
            self.problem("contains a control character");
        }
        let mut tags = Vec::new();
        for piece in pieces(text) {
            match piece {
                Piece::Tag(tag) => tags.push(tag),
                Piece::Text(text) if text.contains('<') => {
                    self.problem("`<` is only for the tags `<strong>` and `<a>`, without attributes");
                }
                Piece::Text(_) => {}
            }
        }
        tags
    }

    fn expression(&mut self, expression: &'a Expression<&'a str>, depth: usize) -> Vec<Tag> {
        let (selector, variants) = match expression {
            Expression::Inline(inline) => return self.inline(inline, depth),
            Expression::Select { selector, variants } => (selector, variants),
        };
        if let InlineExpression::VariableReference { id } = selector {
            self.usage.variables.insert(id.name.to_owned());
            self.usage.selectors.insert(id.name.to_owned());
        } else {
            self.problem("only a variable can choose between variants");
        }
        let mut of_variants = variants.iter().map(|variant| self.pattern(&variant.value, depth + 1));
        let tags = of_variants.next().unwrap_or_default();
        // Every variant is read, whatever the others are.
        let others: Vec<_> = of_variants.collect();
        if others.iter().any(|other| *other != tags) {
            self.problem("the variants have different tags");
        }
        tags
    }

    fn inline(&mut self, inline: &'a InlineExpression<&'a str>, depth: usize) -> Vec<Tag> {
        match inline {
            InlineExpression::StringLiteral { value } => {
                let text = unescape_unicode_to_string(value);
                // It does not go through what escapes a message's text.
                if text.contains(|c| matches!(c, '<' | '>' | '&' | '"' | '\'') || is_unfit(c)) {
                    self.problem("a text in quotation marks has no markup and no control characters");
                }
                Vec::new()
            }
            InlineExpression::NumberLiteral { .. } => Vec::new(),
            InlineExpression::VariableReference { id } => {
                self.usage.variables.insert(id.name.to_owned());
                Vec::new()
            }
            InlineExpression::MessageReference { id, attribute: None } => {
                self.referred(self.entries.messages.get(id.name).copied(), id.name, depth)
            }
            InlineExpression::TermReference { id, attribute: None, arguments: None } => {
                self.usage.terms.insert(id.name.to_owned());
                self.referred(self.entries.terms.get(id.name).copied(), id.name, depth)
            }
            InlineExpression::Placeable { expression } => self.expression(expression, depth + 1),
            InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. } => {
                self.problem("a reference has no attribute and no arguments");
                Vec::new()
            }
            InlineExpression::FunctionReference { id, .. } => {
                self.problem(format!("there is no function `{}`", id.name));
                Vec::new()
            }
        }
    }

    fn referred(&mut self, pattern: Option<&'a Pattern<&'a str>>, name: &str, depth: usize) -> Vec<Tag> {
        if let Some(pattern) = pattern {
            self.pattern(pattern, depth + 1)
        } else {
            self.problem(format!("refers to `{name}`, which does not exist"));
            Vec::new()
        }
    }

    /// Notes a problem, once.
    fn problem(&mut self, message: impl Into<String>) {
        let message = message.into();
        if !self.usage.problems.contains(&message) {
            self.usage.problems.push(message);
        }
    }
}

/// Whether a message cannot contain this. Longer messages have line ends.
fn is_unfit(c: char) -> bool {
    c.is_control() && c != '\n'
}
