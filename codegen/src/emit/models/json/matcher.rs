//! Prints the matcher of a union variant.

use std::fmt::Write;

use super::super::layout::{MAPPING_WIDTH, with_commas};
use crate::emit::text::fill;
use crate::ir::{JsonKind, VariantMatcher};

/// Returns the matcher as an expression.
pub(super) fn expression(matcher: &VariantMatcher) -> String {
    let (mut text, rest) = start(matcher);
    for (method, items) in methods(&rest) {
        let _ = write!(text, ".{method}(&[{}])", items.join(", "));
    }
    text
}

/// Prints a matcher on lines of its own.
pub(super) fn wrapped_matcher(text: &mut String, matcher: &VariantMatcher, end: &str) {
    let short = format!("        {}{end}\n", expression(matcher));
    if short.len() <= MAPPING_WIDTH {
        text.push_str(&short);
        return;
    }
    let (start, rest) = start(matcher);
    let _ = write!(text, "        {start}");
    let methods = methods(&rest);
    if let [(method, items)] = methods.as_slice() {
        if let [item] = items.as_slice() {
            let _ = writeln!(text, ".{method}(&[{item}]){end}");
            return;
        }
        let _ = writeln!(text, ".{method}(&[");
        push_items(text, "            ", items);
        let _ = writeln!(text, "        ]){end}");
        return;
    }
    for (method, items) in methods {
        let line = format!("            .{method}(&[{}])", items.join(", "));
        text.push('\n');
        if line.len() < MAPPING_WIDTH {
            text.push_str(&line);
            continue;
        }
        let _ = writeln!(text, "            .{method}(&[");
        push_items(text, "                ", &items);
        text.push_str("            ])");
    }
    text.push_str(end);
    text.push('\n');
}

/// Prints items on as few lines as possible.
fn push_items(text: &mut String, indent: &str, items: &[String]) {
    let items = with_commas(items.to_vec());
    text.push_str(&fill(
        indent,
        MAPPING_WIDTH,
        items.iter().map(String::as_str),
    ));
    text.push('\n');
}

/// Returns the JSON type with the property that selects the variant, and the rest of the matcher.
fn start(matcher: &VariantMatcher) -> (String, VariantMatcher) {
    let mut text = kind(matcher.kind).to_owned();
    let mut rest = matcher.clone();
    let selects = |(name, _): &(String, Vec<String>)| matcher.required.contains(name);
    if let Some(position) = matcher.tags.iter().position(selects) {
        let (name, values) = rest.tags.remove(position);
        rest.required.retain(|other| *other != name);
        let _ = write!(text, ".tag({name:?}, &[{}])", quoted(&values).join(", "));
    }
    (text, rest)
}

/// Returns the name of a JSON type in the runtime.
fn kind(kind: Option<JsonKind>) -> &'static str {
    match kind {
        None => "Any",
        Some(JsonKind::String) => "String",
        Some(JsonKind::Integer) => "Integer",
        Some(JsonKind::Number) => "Number",
        Some(JsonKind::Boolean) => "Boolean",
        Some(JsonKind::Array) => "List",
        Some(JsonKind::Object) => "Object",
    }
}

/// Returns the methods of a matcher that are called, each with its items.
fn methods(matcher: &VariantMatcher) -> Vec<(&'static str, Vec<String>)> {
    let tags = matcher.tags.iter();
    let tags = tags.map(|(name, values)| format!("({name:?}, &[{}])", quoted(values).join(", ")));
    let properties = matcher.properties.iter();
    let properties = properties.map(|(name, of)| format!("({name:?}, {})", expression(of)));
    let methods = [
        ("values", quoted(&matcher.values)),
        ("tags", tags.collect()),
        ("required", quoted(&matcher.required)),
        ("optional", quoted(&matcher.optional)),
        ("properties", properties.collect()),
        ("items", matcher.items.iter().map(expression).collect()),
    ];
    methods
        .into_iter()
        .filter(|(_, items)| !items.is_empty())
        .collect()
}

fn quoted(names: &[String]) -> Vec<String> {
    names.iter().map(|name| format!("{name:?}")).collect()
}
