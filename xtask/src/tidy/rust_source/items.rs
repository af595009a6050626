//! Where an item ends, so that it can be left out.

use std::ops::RangeInclusive;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// Tells how many tokens at the front make up an item to leave out.
pub(super) type Recognise = fn(&[TokenTree]) -> Option<usize>;

/// The stream without the items that `recognise` knows; their lines go to `left_out`.
pub(super) fn without(
    stream: TokenStream,
    recognise: Recognise,
    left_out: &mut Vec<RangeInclusive<usize>>,
) -> TokenStream {
    let tokens: Vec<_> = stream.into_iter().collect();
    let mut kept = Vec::with_capacity(tokens.len());
    let mut rest = tokens.as_slice();
    while let Some((first, after)) = rest.split_first() {
        if let Some((item, after)) = recognise(rest).and_then(|length| rest.split_at_checked(length)) {
            let last = item.last().unwrap_or(first);
            left_out.push(first.span().start().line..=last.span().end().line);
            rest = after;
            continue;
        }
        kept.push(match first {
            TokenTree::Group(group) => {
                let mut smaller = Group::new(group.delimiter(), without(group.stream(), recognise, left_out));
                smaller.set_span(group.span());
                TokenTree::Group(smaller)
            }
            other => other.clone(),
        });
        rest = after;
    }
    kept.into_iter().collect()
}

/// An item under `#[cfg(test)]` or `#[cfg(all(test, ..))]`; under `#![cfg(test)]` it is all that follows.
pub(super) fn test_item(tokens: &[TokenTree]) -> Option<usize> {
    let (mut length, content) = attribute(tokens)?;
    if !is_test_condition(&content) {
        return None;
    }
    if matches!(tokens.get(1), Some(TokenTree::Punct(mark)) if mark.as_char() == '!') {
        return Some(tokens.len());
    }
    while let Some((more, _)) = tokens.get(length..).and_then(attribute) {
        length += more;
    }
    let item = tokens.get(length..)?;
    let is_use = item.iter().take(3).any(|token| is_ident(token, "use"));
    let end = item.iter().position(|token| match token {
        TokenTree::Punct(mark) => mark.as_char() == ';',
        TokenTree::Group(group) => !is_use && group.delimiter() == Delimiter::Brace,
        _ => false,
    })?;
    Some(length + end + 1)
}

fn is_test_condition(content: &TokenStream) -> bool {
    let tokens: Vec<_> = content.clone().into_iter().collect();
    let [TokenTree::Ident(cfg), TokenTree::Group(condition)] = tokens.as_slice() else {
        return false;
    };
    let condition: Vec<_> = condition.stream().into_iter().collect();
    cfg == "cfg"
        && match condition.as_slice() {
            [TokenTree::Ident(only)] => only == "test",
            [TokenTree::Ident(all), TokenTree::Group(parts)] => {
                all == "all" && parts.stream().into_iter().any(|part| is_ident(&part, "test"))
            }
            _ => false,
        }
}

/// `const NAME: T = ..;` or `static NAME: T = ..;`
pub(super) fn data_item(tokens: &[TokenTree]) -> Option<usize> {
    let [TokenTree::Ident(keyword), TokenTree::Ident(_), TokenTree::Punct(colon), ..] = tokens else {
        return None;
    };
    if (keyword != "const" && keyword != "static") || colon.as_char() != ':' {
        return None;
    }
    let end = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';');
    tokens.iter().position(end).map(|end| end + 1)
}

/// The length and content of the attribute at the front.
pub(super) fn attribute(tokens: &[TokenTree]) -> Option<(usize, TokenStream)> {
    let inner = usize::from(matches!(tokens.get(1), Some(TokenTree::Punct(mark)) if mark.as_char() == '!'));
    match (tokens.first()?, tokens.get(1 + inner)?) {
        (TokenTree::Punct(hash), TokenTree::Group(group))
            if hash.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
        {
            Some((2 + inner, group.stream()))
        }
        _ => None,
    }
}

pub(super) fn is_ident(token: &TokenTree, name: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == name)
}
