//! Writes the docs of a group and of its methods.

use crate::emit::code::unprefixed;
use crate::emit::docs;
use crate::emit::operation::OperationContext;
use crate::emit::text;
use crate::ir::{Argument, Group};

/// Longest line of documentation of a method.
const WIDTH: usize = 112;

/// Returns the description of a group.
pub(in crate::emit) fn description(group: &Group) -> String {
    docs::text_or(
        &group.docs,
        &format!("Operations of `{}`.", unprefixed(&group.name)),
    )
}

/// Writes the doc comment of a method: a summary, the names of the setters and, if the docs have examples, the
/// arguments. The rest is on the page of the operation, which the return type links to.
pub(super) fn method(context: OperationContext, arguments: &[&Argument]) -> String {
    let mut summary = docs::summary(context.operation);
    if context.operation.bulk.is_some() {
        summary.push_str(" `send_all` and `send_stream` have no such limit.");
    }
    let setters = setters(context);
    let last = summary.lines().last().unwrap_or_default();
    let fits = last.chars().count() + setters.chars().count() < WIDTH;
    let separator = if fits { " " } else { "\n" };
    let paragraph = [summary, setters].join(separator);
    let arguments = if context.index.api.package.examples {
        docs::argument_list(arguments.iter().copied(), docs::first_sentence)
    } else {
        String::new()
    };
    let paragraph = paragraph.trim_end().to_owned();
    docs::text(&[&docs::with_list(paragraph, &arguments)], "    ")
}

/// Lists the optional arguments.
fn setters(context: OperationContext) -> String {
    let arguments = context.operation.arguments.iter();
    let names = arguments.filter(|argument| !argument.required);
    let names: Vec<String> = names
        .map(|argument| format!("`{}`", unprefixed(&argument.name)))
        .collect();
    if names.is_empty() {
        return String::new();
    }
    let line = format!("Optional: {}.", names.join(", "));
    text::fill("", WIDTH, line.split(' '))
}
