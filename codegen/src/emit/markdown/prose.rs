//! Sentences, and cells of a table, from texts of a document.

use super::inline::inline;

/// Adds a capital letter and a full stop to a plain text.
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

/// Returns the first paragraph of a text on one line, without cleaning it.
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

/// Returns the first sentence of a text on one line. It is cut after 160 characters.
pub(crate) fn first_sentence(text: &str) -> String {
    const LONGEST: usize = 160;
    let paragraph = first_paragraph(text);
    let mut ends = paragraph.match_indices(". ").map(|(at, _)| at);
    // An abbreviation, as in `e.g. this`, ends no sentence.
    let end = ends.find(|at| {
        let next = paragraph.get(at + 2..).unwrap_or_default();
        next.starts_with(char::is_uppercase)
    });
    let sentence = end.map_or(&*paragraph, |end| paragraph.get(..=end).unwrap_or_default());
    if sentence.chars().count() <= LONGEST {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(LONGEST).collect();
    let words = cut.rsplit_once(' ').map_or(&*cut, |(words, _)| words);
    format!("{words} …")
}

/// Returns the first paragraph of a text as a cell of a table.
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
    fn long_sentences_are_cut() {
        assert_eq!(first_sentence("One, e.g. two. Three."), "One, e.g. two.");
        let cut = first_sentence(&"word ".repeat(40));
        assert!(
            cut.ends_with("word …") && cut.chars().count() <= 162,
            "{cut}"
        );
    }

    #[test]
    fn cells_are_one_line() {
        assert_eq!(cell("one |\ntwo\n\nthree"), "One \\| two.");
    }
}
