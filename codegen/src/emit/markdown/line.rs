//! Lines of Markdown: prefixes, fences, rules and wrapping.

/// Prefix of each line of a block quote.
pub(super) const QUOTE: &str = "> ";

/// Maximum width of a line, unless a single word is wider. With `    /// ` it has 120 columns.
const WIDTH: usize = 112;

/// Removes tabs, trailing spaces and characters that rustc rejects in comments. Two trailing spaces, which are a line
/// break, are replaced by a backslash.
pub(super) fn plain(line: &str) -> String {
    let refused =
        |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let line = line.replace('\t', "    ").replace(refused, "");
    let text = line.trim_end();
    let breaks = line.ends_with("  ") && !text.is_empty() && !text.ends_with('\\');
    if breaks {
        format!("{text}\\")
    } else {
        text.to_owned()
    }
}

/// Returns the fence if the line starts a code block. Inline code with three backticks is text.
pub(super) fn fence(text: &str) -> Option<&'static str> {
    let mut marks = ["```", "~~~"].into_iter();
    let mark = marks.find(|mark| text.starts_with(mark))?;
    (!text.trim_start_matches('`').contains('`')).then_some(mark)
}

/// Returns true for a thematic break or the underline of a heading.
pub(super) fn is_rule(text: &str) -> bool {
    text.len() > 2
        && ["-", "=", "*", "_"]
            .iter()
            .any(|mark| text.trim_start_matches(mark).is_empty())
}

/// Returns the marker and the text of a list item.
pub(super) fn list_mark(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match text.as_bytes().get(digits)? {
        b'-' | b'*' | b'+' if digits == 0 => 1,
        b'.' | b')' if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    let (mark, rest) = text.split_at(mark);
    let rest = rest.strip_prefix(' ')?.trim_start();
    (!rest.is_empty()).then_some((mark, rest))
}

/// Wraps a text. The first line starts with `mark`, and the others are indented by its width.
pub(super) fn wrap(mark: &str, text: &str, out: &mut Vec<String>) {
    if text.starts_with(['|', '#']) {
        return out.push(format!("{mark}{text}"));
    }
    let follow = if mark == QUOTE {
        mark.to_owned()
    } else {
        " ".repeat(mark.len())
    };
    let mut line = mark.to_owned();
    let mut empty = true;
    for word in text.split(' ') {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH && may_begin(word) {
            out.push(std::mem::replace(&mut line, follow.clone()));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    out.push(line);
}

/// Returns true if a line of plain text can start with the word.
fn may_begin(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    !word.is_empty()
        && !word.starts_with(['-', '+', '*', '#', '>', '|', '=', '~'])
        && !word.starts_with("```")
        && (digits.len() == word.len() || !digits.starts_with(['.', ')']))
}
