//! Evaluates `#[cfg(feature = "part-…")]` attributes in formatted sources.
//!
//! Attributes of present parts are removed. Items of absent parts are removed with their attributes. Other attributes are
//! kept.

use std::borrow::Cow;

/// The attribute of a part starts with this, and its condition ends before [`END`].
const START: &str = "#[cfg(";
const END: &str = ")]";
/// The features of parts, and the feature for the exports that only the tests of the runtime use.
const FEATURES: [&str; 2] = ["\"part-", "\"exports\""];

fn has_part(text: &str) -> bool {
    FEATURES.iter().any(|feature| text.contains(feature))
}

/// Returns the source for a crate with the given parts.
pub(super) fn resolve<'a>(source: &'a str, has: &dyn Fn(&str) -> bool) -> Cow<'a, str> {
    if !has_part(source) {
        return source.into();
    }
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while !rest.is_empty() {
        let (line, after) = split_line(rest);
        match condition(line) {
            None => text.push_str(line),
            Some(condition) if is_true(condition, has) => {}
            Some(_) => {
                remove_attached(&mut text, indent(line));
                rest = after.get(item_length(after)..).unwrap_or_default();
                close_gap(&mut text, &mut rest);
                continue;
            }
        }
        rest = after;
    }
    text.into()
}

/// Splits after the first line.
fn split_line(text: &str) -> (&str, &str) {
    let end = text.find('\n').map_or(text.len(), |at| at + 1);
    text.split_at(end)
}

/// Returns the condition in the attribute of a part.
fn condition(line: &str) -> Option<&str> {
    let condition = line.trim().strip_prefix(START)?.strip_suffix(END)?;
    has_part(condition).then_some(condition)
}

/// Evaluates `feature = "…"`, `not(…)`, `any(…, …)` and `all(…, …)`.
fn is_true(condition: &str, has: &dyn Fn(&str) -> bool) -> bool {
    let inside = |name: &str| condition.strip_prefix(name)?.strip_suffix(')');
    if let Some(inner) = inside("not(") {
        return !is_true(inner, has);
    }
    if let Some(list) = inside("any(") {
        return arguments(list).any(|one| is_true(one, has));
    }
    if let Some(list) = inside("all(") {
        return arguments(list).all(|one| is_true(one, has));
    }
    let name = condition.strip_prefix("feature = \"");
    name.and_then(|name| name.strip_suffix('"'))
        .is_some_and(has)
}

/// Splits a list of conditions at the commas outside of parentheses.
fn arguments(list: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    let parts = list.split(move |c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    });
    parts.map(str::trim).filter(|part| !part.is_empty())
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Removes the comments and attributes above the attribute of an absent part.
fn remove_attached(text: &mut String, indent_of_item: usize) {
    loop {
        let before = text.strip_suffix('\n').unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.get(start..).unwrap_or_default();
        let is_attached = ["///", "#[", "//"]
            .iter()
            .any(|mark| line.trim_start().starts_with(mark));
        if !is_attached || line.starts_with("//!") || indent(line) != indent_of_item {
            return;
        }
        text.truncate(start);
    }
}

/// Leaves at most one empty line where an item was, and none at the start or end of a block.
fn close_gap(text: &mut String, rest: &mut &str) {
    let starts_block = text.ends_with("{\n");
    let has_gap = text.is_empty() || text.ends_with("\n\n") || starts_block;
    if has_gap && let Some(after) = rest.strip_prefix('\n') {
        *rest = after;
    }
    let ends_block = rest.trim_start_matches(' ').starts_with(['}', ')', ']']) || rest.is_empty();
    if ends_block && text.ends_with("\n\n") {
        text.pop();
    }
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
fn item_length(text: &str) -> usize {
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
        } else if rest.starts_with('.') || rest == "\n" {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(resolve(source, &|name| name == "part-on"), expected);
    }

    #[test]
    fn attributes_of_present_parts_are_removed() {
        check(
            "#[cfg(feature = \"part-on\")]\nmod on;\n#[cfg(feature = \"blocking\")]\nmod blocking;\n",
            "mod on;\n#[cfg(feature = \"blocking\")]\nmod blocking;\n",
        );
    }

    #[test]
    fn items_of_absent_parts_are_removed_with_their_comments() {
        check(
            "mod a;\n\n/// Docs.\n#[derive(Debug)]\n#[cfg(feature = \"part-off\")]\n/// More.\nstruct Off<A, B>\nwhere\n    A: B,\n{\n    a: char,\n}\n\nfn b() {}\n",
            "mod a;\n\nfn b() {}\n",
        );
        check(
            "use a::b;\n#[cfg(feature = \"part-off\")]\nuse c::{\n    d,\n    e,\n};\nuse f;\n",
            "use a::b;\nuse f;\n",
        );
        check(
            "impl A {\n    fn a() {}\n\n    #[cfg(feature = \"part-off\")]\n    fn b(c: &'static str) -> char {\n        f(\"}\", '}', '\\'', '{') // }\n    }\n}\n",
            "impl A {\n    fn a() {}\n}\n",
        );
    }

    #[test]
    fn fields_arms_and_statements_of_absent_parts_are_removed() {
        check(
            "struct A {\n    #[cfg(feature = \"part-off\")]\n    pub(crate) a: HashMap<u8, u8>,\n    b: u8,\n}\n",
            "struct A {\n    b: u8,\n}\n",
        );
        check(
            "match a {\n    #[cfg(feature = \"part-off\")]\n    A::B { c } => {\n        d(c);\n    }\n    #[cfg(feature = \"part-off\")]\n    A::E => f(\n        g,\n    ),\n    #[cfg(feature = \"part-off\")]\n    A::H => i\n        .j()\n        .k(),\n    _ => (),\n}\n",
            "match a {\n    _ => (),\n}\n",
        );
        check(
            "    #[cfg(feature = \"part-off\")]\n    a.b(\n        \"c\",\n    );\n    #[cfg(feature = \"part-off\")]\n    a\n        .b(c)\n        .d();\n    #[cfg(feature = \"part-off\")]\n    let a = b(|c| {\n        d;\n    })\n    .e();\n    #[cfg(feature = \"part-off\")]\n    if let Some(f) = g {\n        h;\n    }\n    i\n",
            "    i\n",
        );
    }

    #[test]
    fn conditions_are_evaluated() {
        let is_true = |condition| is_true(condition, &|name| name == "part-on");
        assert!(is_true("feature = \"part-on\""));
        assert!(!is_true("feature = \"part-off\""));
        assert!(is_true("not(feature = \"part-off\")"));
        assert!(is_true(
            "any(feature = \"part-off\", feature = \"part-on\")"
        ));
        assert!(!is_true(
            "all(feature = \"part-on\", not(any(feature = \"part-on\", feature = \"part-off\")))"
        ));
    }

    #[test]
    fn sources_without_parts_are_borrowed() {
        assert!(matches!(resolve("mod a;\n", &|_| false), Cow::Borrowed(_)));
    }
}
