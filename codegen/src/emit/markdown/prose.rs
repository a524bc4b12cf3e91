//! Texts of a document as sentences and as cells of a table.

use super::inline::inline;

/// A text as a sentence, if it is plain: with a capital letter and a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    let word = text.split(char::is_whitespace).next().unwrap_or_default();
    let mut out = String::with_capacity(text.len() + 1);
    match text.chars().next() {
        Some(first) if word.chars().all(|c| c.is_ascii_lowercase()) => {
            out.push(first.to_ascii_uppercase());
            out.push_str(text.get(1..).unwrap_or_default());
        }
        _ => out.push_str(text),
    }
    let is_plain = out
        .lines()
        .next_back()
        .is_some_and(|line| line.starts_with(char::is_alphabetic));
    if is_plain
        && out.ends_with(char::is_alphanumeric)
        && !out.rsplit(' ').next().unwrap_or_default().contains("://")
    {
        out.push('.');
    }
    out
}

/// The first paragraph of a text on one line, not yet clean.
pub(crate) fn first_paragraph(text: &str) -> String {
    let lines = text
        .trim()
        .lines()
        .take_while(|line| !line.trim().is_empty());
    lines
        .flat_map(str::split_whitespace)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The first paragraph of a text, fit for a cell of a table.
pub(crate) fn cell(text: &str) -> String {
    inline(&sentence(&first_paragraph(text))).replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_a_sentence() {
        assert_eq!(sentence("lists pets\nand more "), "Lists pets\nand more.");
        assert_eq!(
            sentence("iPhone - see https://a.b"),
            "iPhone - see https://a.b"
        );
        assert_eq!(sentence("One:\n\n- two"), "One:\n\n- two");
        assert_eq!(sentence(""), "");
    }

    #[test]
    fn cells_are_one_line() {
        assert_eq!(cell("one |\ntwo\n\nthree"), "One \\| two.");
    }
}
