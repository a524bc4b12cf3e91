//! Splits Rust source text into tokens with line numbers. Comments and string literals are tokens, too.

/// A token and the line that it starts on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    pub(crate) text: &'a str,
    pub(crate) line: usize,
}

/// The kind of a [`Token`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Comment,
    Ident,
    /// A number, a character or a lifetime.
    Other,
    /// One character, or `::`.
    Punct,
    Space,
    /// A string literal of any form, with its quotes.
    Text,
}

/// Returns the tokens of a source file without white space.
pub(crate) fn lex(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (source, 1);
    while let Some(first) = rest.chars().next() {
        let (kind, length) = measure(rest, first);
        let (text, after) = rest.split_at(length.min(rest.len()));
        if kind != Kind::Space {
            tokens.push(Token { kind, text, line });
        }
        line += text.matches('\n').count();
        rest = after;
    }
    tokens
}

/// Returns the kind and the length of the token at the start of `rest`.
fn measure(rest: &str, first: char) -> (Kind, usize) {
    if first.is_whitespace() {
        return (Kind::Space, leading(rest, char::is_whitespace));
    }
    if rest.starts_with("//") {
        return (Kind::Comment, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (Kind::Comment, block_comment(rest));
    }
    if let Some(length) = string(rest) {
        return (Kind::Text, length);
    }
    if is_word_start(first) {
        let prefix = if rest.starts_with("r#") { 2 } else { 0 };
        return (Kind::Ident, prefix + leading(&rest[prefix..], is_word));
    }
    if first.is_ascii_digit() {
        return (Kind::Other, leading(rest, is_word));
    }
    if first == '\'' {
        return (Kind::Other, character_or_lifetime(rest));
    }
    let length = if rest.starts_with("::") {
        2
    } else {
        first.len_utf8()
    };
    (Kind::Punct, length)
}

fn is_word_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Returns the length of the characters at the start that `accept` accepts.
fn leading(rest: &str, accept: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !accept(c)).unwrap_or(rest.len())
}

/// Returns the length of a block comment. Block comments nest.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    loop {
        let here = &rest[at..];
        if here.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if here.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += here.chars().next().map_or(0, char::len_utf8);
        }
        if depth == 0 || at == rest.len() {
            return at;
        }
    }
}

/// Returns the length of a string literal, or `None` for any other token.
fn string(rest: &str) -> Option<usize> {
    let prefix = ["br", "cr", "r", "b", "c", ""].into_iter().find(|prefix| {
        rest.strip_prefix(prefix)
            .is_some_and(|rest| rest.trim_start_matches('#').starts_with('"'))
    })?;
    let body = &rest[prefix.len()..];
    let hashes = leading(body, |c| c == '#');
    if prefix.ends_with('r') {
        let end = format!("\"{}", "#".repeat(hashes));
        let start = prefix.len() + hashes + 1;
        let length = rest[start..].find(&end).map(|at| start + at + end.len());
        return Some(length.unwrap_or(rest.len()));
    }
    (hashes == 0).then(|| prefix.len() + quoted(body, '"'))
}

/// Returns the length of a literal in quotes that may contain escapes.
fn quoted(rest: &str, quote: char) -> usize {
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, c)) = characters.next() {
        if c == '\\' {
            characters.next();
        } else if c == quote {
            return at + 1;
        }
    }
    rest.len()
}

/// Returns the length of `'a'`, `'\n'` or `'a`.
fn character_or_lifetime(rest: &str) -> usize {
    let mut after = rest.chars().skip(1);
    let first = after.next();
    if first == Some('\\') || after.next() == Some('\'') {
        return quoted(rest, '\'');
    }
    1 + leading(&rest[1..], is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str, kind: Kind) -> Vec<&str> {
        let tokens = lex(source).into_iter();
        tokens
            .filter(|token| token.kind == kind)
            .map(|token| token.text)
            .collect()
    }

    #[test]
    fn comments_in_strings_are_text() {
        let source = r##"let a = "// no"; let b = r#"/* "no" */"#; // yes"##;
        assert_eq!(texts(source, Kind::Comment), ["// yes"]);
        assert_eq!(
            texts(source, Kind::Text),
            [r#""// no""#, r##"r#"/* "no" */"#"##]
        );
    }

    #[test]
    fn quotes_in_characters_start_no_string() {
        let source = r#"fn f<'a>(x: &'a str) { x.find('"'); x.find('\''); "t" }"#;
        assert_eq!(texts(source, Kind::Text), ["\"t\""]);
        assert_eq!(texts(source, Kind::Other), ["'a", "'a", "'\"'", r"'\''"]);
    }

    #[test]
    fn block_comments_nest() {
        assert_eq!(
            texts("/* a /* b */ c */ d", Kind::Comment),
            ["/* a /* b */ c */"]
        );
        assert_eq!(texts("/* a /* b */ c */ d", Kind::Ident), ["d"]);
    }

    #[test]
    fn lines_are_counted_in_literals() {
        let tokens = lex("a \"x\ny\"\n  r#type");
        let lines: Vec<_> = tokens
            .iter()
            .map(|token| (token.text, token.line))
            .collect();
        assert_eq!(lines, [("a", 1), ("\"x\ny\"", 1), ("r#type", 3)]);
    }

    #[test]
    fn unfinished_tokens_end_with_the_text() {
        for source in ["\"a", "/* a", "r#\"a", "'", "'\\", "b\"", "é"] {
            assert!(!lex(source).is_empty());
        }
    }
}
