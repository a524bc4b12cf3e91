//! Finds the end of the item after an attribute.

/// Splits after the first line.
pub(super) fn split_line(text: &str) -> (&str, &str) {
    let end = text.find('\n').map_or(text.len(), |at| at + 1);
    text.split_at(end)
}

/// Words with which an item or a statement starts. It ends with a semicolon or a block, anything else with a comma.
const KEYWORDS: &[&str] = &[
    "async",
    "const",
    "enum",
    "extern",
    "fn",
    "for",
    "if",
    "impl",
    "let",
    "loop",
    "macro_rules",
    "match",
    "mod",
    "return",
    "static",
    "struct",
    "trait",
    "type",
    "unsafe",
    "use",
    "while",
];

/// Length of the item at the start of a text, with its comments and attributes, up to the end of its last line.
pub(super) fn item_length(text: &str) -> usize {
    let mut start = 0;
    let mut line = split_line(text).0;
    while line.trim_start().starts_with("//") || line.trim_start().starts_with("#[") {
        start += if line.trim_start().starts_with("//") {
            line.len()
        } else {
            // An attribute may have several lines.
            end_of(text.get(start..).unwrap_or_default(), &|c, depth| {
                c == ']' && depth == 0
            })
        };
        line = split_line(text.get(start..).unwrap_or_default()).0;
    }
    let item = text.get(start..).unwrap_or_default();
    let ends: &[char] = match Kind::of(line.trim_start()) {
        Kind::Item => &[';', '}'],
        Kind::Entry => &[',', '}'],
        Kind::Expression => &[';', ','],
    };
    start + end_of(item, &|c, depth| depth == 0 && ends.contains(&c))
}

/// The code after an attribute.
enum Kind {
    /// An item or a statement that starts with a keyword.
    Item,
    /// A field, a variant, a match arm or an argument.
    Entry,
    /// A call as a statement or an argument.
    Expression,
}

impl Kind {
    fn of(line: &str) -> Self {
        let line = line.strip_prefix("pub").map_or(line, |rest| {
            let scopes = ["(crate)", "(super)"];
            let inner = scopes.iter().find_map(|scope| rest.strip_prefix(scope));
            inner.unwrap_or(rest).trim_start()
        });
        let end = line.find(|c: char| !c.is_alphanumeric() && c != '_');
        let (word, rest) = line.split_at(end.unwrap_or(line.len()));
        if KEYWORDS.contains(&word) {
            Self::Item
        } else if rest.starts_with('.') || rest == "\n" || rest.ends_with(";\n") {
            Self::Expression
        } else {
            Self::Entry
        }
    }
}

/// Length of a text up to the line that ends with the given character outside of brackets.
fn end_of(text: &str, is_end: &dyn Fn(char, usize) -> bool) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        let code = code(line);
        let mut ends = false;
        for c in code.chars() {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            ends = is_end(c, depth) || (ends && matches!(c, ';' | ','));
        }
        if ends {
            return at;
        }
    }
    text.len()
}

/// Returns the code of a line without string contents, character literals, comments and spaces.
fn code(line: &str) -> String {
    let mut code = String::with_capacity(line.len());
    let mut chars = line.char_indices();
    while let Some((at, c)) = chars.next() {
        let rest = line.get(at..).unwrap_or_default();
        let skipped = match c {
            '/' if rest.starts_with("//") => return code,
            '"' => string_length(rest),
            '\'' => character_length(rest),
            _ => 1,
        };
        if skipped > 1 {
            let end = at + skipped;
            while chars.offset() < end && chars.next().is_some() {}
        } else if !c.is_whitespace() {
            code.push(c);
        }
    }
    code
}

/// Length of a string literal in bytes; 1 if it does not end on the line.
fn string_length(text: &str) -> usize {
    let mut escaped = true;
    for (at, c) in text.char_indices() {
        match c {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    1
}

/// Length of a character literal in bytes; 1 for a lifetime.
fn character_length(text: &str) -> usize {
    let inner = text.get(1..).unwrap_or_default();
    if let Some(escaped) = inner.strip_prefix('\\') {
        let after = escaped
            .char_indices()
            .nth(1)
            .map_or(escaped.len(), |(at, _)| at);
        let end = escaped.get(after..).and_then(|rest| rest.find('\''));
        return end.map_or(1, |end| 3 + after + end);
    }
    let Some(c) = inner.chars().next() else {
        return 1;
    };
    let is_character = inner
        .get(c.len_utf8()..)
        .is_some_and(|rest| rest.starts_with('\''));
    if is_character { 2 + c.len_utf8() } else { 1 }
}
