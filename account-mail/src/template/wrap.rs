//! Wrapping plain text again, once names and times are filled in.

/// Where lines are broken: as wide as the built-in templates are written.
const WIDTH: usize = 72;
/// Maximum width of a line (RFC 5322, section 2.1.1), if it can be broken.
const MAX_WIDTH: usize = 78;

/// Which paragraphs are wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrapped {
    /// All of them.
    All,
    /// Those with a line that is too long. The line breaks of the others are meant, as in an address.
    TooLong,
}

/// Breaks the lines of paragraphs again. A line with a link stays alone and whole.
pub(super) fn wrap(text: &str, which: Wrapped) -> String {
    let mut wrapped = String::with_capacity(text.len());
    let mut paragraph = Vec::new();
    for line in text.lines() {
        if line.trim().is_empty() || line.contains("://") {
            write(&mut wrapped, &paragraph, which);
            paragraph.clear();
            wrapped.push_str(line);
            wrapped.push('\n');
        } else {
            paragraph.push(line);
        }
    }
    write(&mut wrapped, &paragraph, which);
    wrapped
}

fn write(out: &mut String, lines: &[&str], which: Wrapped) {
    let is_too_long = |line: &&str| line.chars().count() > MAX_WIDTH;
    if which == Wrapped::TooLong && !lines.iter().any(is_too_long) {
        for line in lines {
            out.push_str(line);
            out.push('\n');
        }
        return;
    }
    let mut width = 0;
    // Not at a no-break space, which keeps what belongs together.
    for word in lines.iter().flat_map(|line| line.split([' ', '\t'])).filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    if width > 0 {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_filled_and_links_stay_whole() {
        let link = format!("https://x.org/{}", "a".repeat(100));
        let text = format!("Hello,\n\nshort\nlines {}\nand more:\n\n{link}\n\nThe end\n", "word ".repeat(20));
        let wrapped = wrap(&text, Wrapped::All);
        assert!(wrapped.starts_with("Hello,\n\nshort lines word word"), "{wrapped}");
        assert!(wrapped.contains(&format!("and more:\n\n{link}\n\nThe end\n")), "{wrapped}");
        assert!(wrapped.lines().all(|line| line.len() <= WIDTH || line == link), "{wrapped}");
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(&wrapped), words(&text));
        assert_eq!(wrap(&wrapped, Wrapped::All), wrapped, "it is stable");
    }

    #[test]
    fn what_is_meant_as_lines_stays_so_unless_it_is_too_long() {
        let address = "Example Ltd\nMain Street 1\n";
        assert_eq!(wrap(address, Wrapped::TooLong), address);
        assert_eq!(wrap(address, Wrapped::All), "Example Ltd Main Street 1\n");
        let long = format!("{address}\n{}\nend\n", "word ".repeat(20).trim_end());
        let wrapped = wrap(&long, Wrapped::TooLong);
        assert!(wrapped.starts_with(address) && wrapped.ends_with("word word end\n"), "{wrapped}");
    }

    #[test]
    fn no_line_breaks_at_a_no_break_space() {
        let text = format!("{} choisissez ici\u{A0}:\n", "x".repeat(57));
        assert_eq!(wrap(&text, Wrapped::All), format!("{} choisissez\nici\u{A0}:\n", "x".repeat(57)));
    }
}
