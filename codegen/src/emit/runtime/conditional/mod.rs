//! Evaluates `#[cfg(feature = "part-…")]` attributes in formatted sources.
//!
//! Attributes of present parts are removed. Items of absent parts are removed with their attributes. A part that only
//! some groups need has the condition of these groups. Other attributes are kept.

mod extent;
mod predicate;

use std::borrow::Cow;

use crate::emit::condition::Condition;
use extent::{item_length, split_line};
use predicate::{Predicate, evaluate};

/// The attribute of a part starts with this, and its condition ends before [`END`].
const START: &str = "#[cfg(";
const END: &str = ")]";
/// The features of parts, and the feature for the exports that only the tests of the runtime use.
const FEATURES: [&str; 2] = ["\"part-", "\"exports\""];

fn has_part(text: &str) -> bool {
    FEATURES.iter().any(|feature| text.contains(feature))
}

/// Returns the source for a crate in which each part has a condition.
pub(super) fn resolve<'a>(source: &'a str, part: &dyn Fn(&str) -> Condition) -> Cow<'a, str> {
    if !has_part(source) {
        return source.into();
    }
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while !rest.is_empty() {
        let (line, after) = split_line(rest);
        match condition(line).map(|condition| evaluate(condition, part)) {
            None => text.push_str(line),
            Some(Predicate::True) => {}
            Some(Predicate::Depends(predicate)) => {
                text.push_str(&predicate.attribute_line(indent(line)));
            }
            Some(Predicate::False) => {
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

/// Returns the condition in the attribute of a part.
fn condition(line: &str) -> Option<&str> {
    let condition = line.trim().strip_prefix(START)?.strip_suffix(END)?;
    has_part(condition).then_some(condition)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(
            resolve(source, &|name| (name == "part-on").into()),
            expected
        );
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
            "    #[cfg(feature = \"part-off\")]\n    a(b)?;\n    #[cfg(feature = \"part-off\")]\n    a.b(\n        \"c\",\n    );\n    #[cfg(feature = \"part-off\")]\n    a\n        .b(c)\n        .d();\n    #[cfg(feature = \"part-off\")]\n    let a = b(|c| {\n        d;\n    })\n    .e();\n    #[cfg(feature = \"part-off\")]\n    if let Some(f) = g {\n        h;\n    }\n    i\n",
            "    i\n",
        );
    }

    #[test]
    fn parts_of_some_groups_have_the_condition_of_the_groups() {
        let part = |_: &str| Condition::Features(["a".to_owned(), "b".to_owned()].into());
        assert_eq!(
            resolve("#[cfg(feature = \"part-some\")]\nmod some;\n", &part),
            "#[cfg(any(feature = \"a\", feature = \"b\"))]\nmod some;\n"
        );
    }

    #[test]
    fn sources_without_parts_are_borrowed() {
        assert!(matches!(
            resolve("mod a;\n", &|_| Condition::Never),
            Cow::Borrowed(_)
        ));
    }
}
