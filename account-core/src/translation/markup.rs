//! The markup of messages: `<strong>` and `<a>`, and nothing else.

use std::borrow::Cow;

/// Most links of a message.
pub(super) const MAX_LINKS: usize = 2;

/// A tag of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    StrongStart,
    StrongEnd,
    LinkStart,
    LinkEnd,
}

impl Tag {
    const ALL: [Self; 4] = [Self::StrongStart, Self::StrongEnd, Self::LinkStart, Self::LinkEnd];

    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::StrongStart => "<strong>",
            Self::StrongEnd => "</strong>",
            Self::LinkStart => "<a>",
            Self::LinkEnd => "</a>",
        }
    }

    /// The tag that ends what this one starts.
    const fn end(self) -> Option<Self> {
        match self {
            Self::StrongStart => Some(Self::StrongEnd),
            Self::LinkStart => Some(Self::LinkEnd),
            Self::StrongEnd | Self::LinkEnd => None,
        }
    }
}

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    Tag(Tag),
}

/// Splits a text at its tags. What merely resembles a tag is text.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut rest, mut from) = (text, 0);
    while let Some(at) = rest.get(from..).and_then(|tail| tail.find('<')).map(|at| from + at) {
        let (before, tail) = rest.split_at(at);
        if let Some((tag, after)) = Tag::ALL.iter().find_map(|tag| Some((*tag, tail.strip_prefix(tag.text())?))) {
            pieces.push(Piece::Text(before));
            pieces.push(Piece::Tag(tag));
            (rest, from) = (after, 0);
        } else {
            from = at + 1;
        }
    }
    pieces.push(Piece::Text(rest));
    pieces.retain(|piece| *piece != Piece::Text(""));
    pieces
}

/// Whether every tag is ended, in the right order, and nothing is inside of itself.
pub(super) fn is_well_formed(tags: &[Tag]) -> bool {
    let mut open: Vec<Tag> = Vec::new();
    for tag in tags {
        match tag.end() {
            Some(_) if open.contains(tag) => return false,
            Some(_) => open.push(*tag),
            None if open.pop().and_then(Tag::end) == Some(*tag) => {}
            None => return false,
        }
    }
    open.is_empty()
}

/// How many links there are.
pub(super) fn count_links(tags: &[Tag]) -> usize {
    tags.iter().filter(|tag| **tag == Tag::LinkStart).count()
}

/// A message's text without its tags.
pub(super) fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let texts = pieces(text).into_iter().map(|piece| if let Piece::Text(text) = piece { text } else { "" });
    Cow::Owned(texts.collect())
}

/// A message's text for HTML: escaped, except for its tags.
pub(super) fn with_tags(text: &str) -> Cow<'_, str> {
    if !text.contains(is_special) {
        return Cow::Borrowed(text);
    }
    let mut html = String::with_capacity(text.len() + 16);
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => html.push_str(&escaped(text)),
            Piece::Tag(tag) => html.push_str(tag.text()),
        }
    }
    Cow::Owned(html)
}

const fn is_special(c: char) -> bool {
    matches!(c, '&' | '<' | '>' | '"' | '\'')
}

/// A text for HTML, in elements and in quoted attributes.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(is_special) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// Gives the n-th link of a message its address. A link without an address is left out, its text stays.
pub(super) fn with_links(html: &str, links: &[&str]) -> String {
    let mut linked = String::with_capacity(html.len() + 64);
    let mut links = links.iter();
    let mut is_open = false;
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => linked.push_str(text),
            Piece::Tag(Tag::LinkStart) => {
                let link = links.next();
                debug_assert!(link.is_some(), "a link without an address: {html}");
                is_open = link.is_some();
                if let Some(link) = link {
                    linked.push_str("<a href=\"");
                    linked.push_str(&escaped(link));
                    linked.push_str("\">");
                }
            }
            Piece::Tag(Tag::LinkEnd) if !is_open => {}
            Piece::Tag(tag) => linked.push_str(tag.text()),
        }
    }
    linked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_split_at_its_tags_only() {
        let found = pieces("a <b <a>c</a>, <strong>d</strong><a href>");
        let (start, end) = (Piece::Tag(Tag::LinkStart), Piece::Tag(Tag::LinkEnd));
        let (strong, no_longer) = (Piece::Tag(Tag::StrongStart), Piece::Tag(Tag::StrongEnd));
        let text = Piece::Text;
        assert_eq!(
            found,
            [text("a <b "), start, text("c"), end, text(", "), strong, text("d"), no_longer, text("<a href>")]
        );
        assert_eq!(pieces(""), []);
        assert_eq!(pieces("<"), [text("<")]);
        assert_eq!(pieces("\u{E9}<\u{E9}"), [text("\u{E9}<\u{E9}")]);
    }

    #[test]
    fn tags_are_ended_in_the_order_of_their_starts() {
        let tags = |text| {
            let tags = pieces(text).into_iter();
            tags.filter_map(|piece| if let Piece::Tag(tag) = piece { Some(tag) } else { None }).collect::<Vec<_>>()
        };
        for (text, is_fine) in [
            ("", true),
            ("<a></a><a></a>", true),
            ("<strong><a></a></strong>", true),
            ("<a>", false),
            ("</a>", false),
            ("<a><strong></a></strong>", false),
            ("<a><a></a></a>", false),
        ] {
            assert_eq!(is_well_formed(&tags(text)), is_fine, "{text}");
        }
    }

    #[test]
    fn a_message_becomes_text_or_html() {
        let message = "R&D: <a>5 > 4</a> <b> \"<strong>ok</strong>\"";
        assert_eq!(without_tags(message), "R&D: 5 > 4 <b> \"ok\"");
        let html = with_tags(message);
        assert_eq!(html, "R&amp;D: <a>5 &gt; 4</a> &lt;b&gt; &quot;<strong>ok</strong>&quot;");
        assert_eq!(
            with_links(&html, &["/x?a&b=\"c\""]),
            "R&amp;D: <a href=\"/x?a&amp;b=&quot;c&quot;\">5 &gt; 4</a> &lt;b&gt; &quot;<strong>ok</strong>&quot;"
        );
        assert_eq!(with_links("<a>1</a> <a>2</a>", &["/1", "/2"]), "<a href=\"/1\">1</a> <a href=\"/2\">2</a>");
    }
}
