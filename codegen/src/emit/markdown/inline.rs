//! Escapes the text of a paragraph for rustdoc.

/// Tags that format text. They are removed, and their text is kept.
const TAGS: &[&str] = &[
    "a", "b", "br", "center", "code", "dd", "details", "div", "dl", "dt", "em", "font", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre", "s", "small", "span",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "tt", "u",
    "ul",
];

/// Maximum length of a label or target. The limit keeps unclosed brackets from costing quadratic time.
const FARTHEST: usize = 2000;

/// Escapes characters that have a meaning in rustdoc.
pub(super) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    run(text, true, &mut out);
    out
}

/// Escapes a text. With `addresses`, bare addresses become links. Inside of a link they must not.
fn run(text: &str, addresses: bool, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '`', '<', '!', '[', 'h']) {
        let before = rest.get(..at).unwrap_or_default();
        out.push_str(before);
        rest = rest.get(at..).unwrap_or_default();
        let inside_word = before.ends_with(char::is_alphanumeric);
        let length = special(rest, addresses && !inside_word, out);
        rest = rest.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// Writes the element at the start of `text`, and returns its length.
fn special(text: &str, addresses: bool, out: &mut String) -> usize {
    match text.as_bytes().first() {
        Some(b'\\') => copy(text, 1 + text.chars().nth(1).map_or(0, char::len_utf8), out),
        Some(b'`') => code(text, out),
        Some(b'<') => angle(text, out),
        Some(b'!') if text.starts_with("![") => 1,
        Some(b'[') => bracket(text, addresses, out),
        Some(b'h') if addresses && is_address(text) => address(text, out),
        _ => copy(text, 1, out),
    }
}

fn copy(text: &str, length: usize, out: &mut String) -> usize {
    out.push_str(text.get(..length).unwrap_or_default());
    length
}

/// Copies a code span, or escapes backticks without one.
fn code(text: &str, out: &mut String) -> usize {
    let ticks = text.len() - text.trim_start_matches('`').len();
    if let Some(length) = code_length(text, ticks) {
        return copy(text, length, out);
    }
    out.push_str(&"\\`".repeat(ticks));
    ticks
}

/// Returns the length of the code span that starts with this number of backticks.
fn code_length(text: &str, ticks: usize) -> Option<usize> {
    let mut from = ticks;
    loop {
        let open = from + text.get(from..)?.find('`')?;
        let after = text.get(open..)?.trim_start_matches('`');
        let close = text.len() - after.len();
        if close - open == ticks {
            return Some(close);
        }
        from = close;
    }
}

/// Writes a link in angle brackets or the character. Removes a tag that formats text.
fn angle(text: &str, out: &mut String) -> usize {
    let length = text.find('>').map_or(text.len(), |at| at + 1);
    let inner = text.get(1..length.saturating_sub(1)).unwrap_or_default();
    if (is_address(inner) || inner.starts_with("mailto:")) && !inner.contains([' ', '<']) {
        return copy(text, length, out);
    }
    let name = inner
        .trim_matches('/')
        .split([' ', '/'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    if TAGS.contains(&name.as_str()) && !inner.contains('<') {
        let breaks = matches!(
            name.as_str(),
            "br" | "dd" | "div" | "dt" | "hr" | "li" | "p" | "td" | "th" | "tr"
        );
        if breaks && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        return length;
    }
    let opens = text
        .chars()
        .nth(1)
        .is_some_and(|next| next.is_alphabetic() || matches!(next, '/' | '!' | '?'));
    out.push_str(if opens { "\\<" } else { "<" });
    1
}

/// Writes a link, or escapes a bracket without one.
fn bracket(text: &str, addresses: bool, out: &mut String) -> usize {
    let Some((label, target, length)) = link(text) else {
        out.push_str("\\[");
        return 1;
    };
    let target = target.split_whitespace().next().unwrap_or_default();
    if addresses && (is_address(target) || target.starts_with("mailto:")) {
        out.push('[');
        run(label, false, out);
        out.push_str("](");
        out.push_str(target);
        out.push(')');
    } else {
        // A relative link has no target in these docs. Only its label is kept.
        run(label, addresses, out);
    }
    length
}

/// Parses `[label](target)` at the start of `text`. Returns its parts and its length.
fn link(text: &str) -> Option<(&str, &str, usize)> {
    let label = enclosed(text, '[', ']')?;
    let rest = text.get(label.len() + 2..)?;
    let target = if rest.starts_with('(') {
        enclosed(rest, '(', ')')?
    } else {
        return None;
    };
    Some((label, target, label.len() + target.len() + 4))
}

/// Returns the text between `open` at the start of `text` and the matching `close`.
fn enclosed(text: &str, open: char, close: char) -> Option<&str> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().take(FARTHEST) {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return text.get(1..at);
            }
        }
    }
    None
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// Writes a bare address as a link.
fn address(text: &str, out: &mut String) -> usize {
    let ends = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | ')' | ']' | '|')
    };
    let all = text.find(ends).unwrap_or(text.len());
    let address = text
        .get(..all)
        .unwrap_or_default()
        .trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '\\']);
    out.push('<');
    out.push_str(address);
    out.push('>');
    address.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(inline(text), expected);
    }

    #[test]
    fn brackets_without_a_target_are_escaped() {
        check(
            "[a] and [b](https://c.d/(e)) and [f](g)",
            "\\[a] and [b](https://c.d/(e)) and f",
        );
        check("![picture](http://a.b)", "[picture](http://a.b)");
        check("[![a](b)](https://c.d)", "[a](https://c.d)");
        check("[x](https://a.b \"title\") [y", "[x](https://a.b) \\[y");
    }

    #[test]
    fn bare_addresses_become_links() {
        check(
            "See https://a.b/c_d, or (http://e.f).",
            "See <https://a.b/c_d>, or (<http://e.f>).",
        );
        check(
            "<https://a.b> `https://a.b` [https://a.b](https://a.b)",
            "<https://a.b> `https://a.b` [https://a.b](https://a.b)",
        );
        check("xhttps://a.b http", "xhttps://a.b http");
    }

    #[test]
    fn html_is_removed_or_escaped() {
        check("<b>bold</b><br/>new <p class=\"x\">line", "bold new line");
        check("Vec<T> <id> a < b </foo>", "Vec\\<T> \\<id> a < b \\</foo>");
    }

    #[test]
    fn code_is_unchanged_and_single_backticks_are_escaped() {
        check(
            "`a [b] <c>` ``d ` e`` ` [f]",
            "`a [b] <c>` ``d ` e`` \\` \\[f]",
        );
        check("\\[a] \\", "\\[a] \\");
    }

    #[test]
    fn any_text_is_accepted() {
        for text in [
            "[",
            "](",
            "[](",
            "<",
            "`",
            "h",
            "\\",
            "![",
            "http://",
            "<http://>",
            "[ü](ß)",
            "é`é`é",
        ] {
            inline(text);
        }
    }
}
