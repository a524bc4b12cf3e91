//! Writes doc comments that rustdoc accepts without a warning.

use proc_macro2::TokenStream;
use quote::quote;

use super::checks;
use super::code::unprefixed;
use super::markdown::{self, clean, first_paragraph, sentence};
use crate::ir::{Argument, Field, Operation, ParamLocation};

/// Prints paragraphs as the docs of an item. Empty paragraphs are omitted.
pub(super) fn outer(paragraphs: &[&str]) -> TokenStream {
    lines(paragraphs)
        .map(|line| quote!(#[doc = #line]))
        .collect()
}

/// Prints paragraphs as the docs of the enclosing module.
pub(super) fn inner(paragraphs: &[&str]) -> TokenStream {
    lines(paragraphs)
        .map(|line| quote!(#![doc = #line]))
        .collect()
}

/// Returns a text of the document, or `otherwise` if it is empty.
pub(super) fn text_or(text: &str, otherwise: &str) -> String {
    let text = clean(&sentence(text));
    if text.is_empty() {
        otherwise.to_owned()
    } else {
        text
    }
}

/// Returns the description of an operation.
pub(super) fn description(operation: &Operation) -> String {
    text_or(&operation.docs, "")
}

/// Returns the first paragraph of the description of an operation.
pub(super) fn summary(operation: &Operation) -> String {
    let request = format!("Sends `{} {}`.", operation.http_method, operation.path);
    text_or(&first_paragraph(&operation.docs), &request)
}

/// Returns the paragraphs of a setter: description, accepted values and limits.
pub(super) fn argument(argument: &Argument, accepted_values: &str) -> [String; 3] {
    [
        text_or(&argument.docs, &location(argument)),
        accepted_values.to_owned(),
        checks::docs(&argument.ty, &argument.checks),
    ]
}

/// Describes the setter of an argument by its location and name.
fn location(argument: &Argument) -> String {
    let name = argument.wire_name.replace('`', "");
    match argument.location {
        ParamLocation::Path => format!("Sets the path parameter `{name}`."),
        ParamLocation::Query => format!("Sets the query parameter `{name}`."),
        ParamLocation::Header => format!("Sets the header `{name}`."),
        ParamLocation::Cookie => format!("Sets the cookie `{name}`."),
        ParamLocation::Body => "Sets the request body.".to_owned(),
        ParamLocation::Property => format!("Sets the property `{name}` of the request body."),
        ParamLocation::Part => format!("Sets the field `{name}` of the form."),
    }
}

/// Describes an argument in one paragraph: description, accepted values and limits.
pub(super) fn argument_summary(argument: &Argument, accepted_values: &str) -> String {
    let texts = [
        sentence(&first_paragraph(&argument.docs)),
        accepted_values.to_owned(),
        checks::docs(&argument.ty, &argument.checks),
    ];
    let texts = texts.iter().map(|text| text.trim());
    let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    texts.join(" ")
}

/// Returns the docs of a field of a model. `sent` is true for models in requests.
pub(super) fn field(field: &Field, sent: bool) -> String {
    let otherwise = if field.is_additional_properties {
        "Additional properties."
    } else {
        ""
    };
    let text = text_or(&field.docs, otherwise);
    let limits = if sent {
        checks::docs(&field.ty, &field.checks)
    } else {
        String::new()
    };
    self::text(&[&text, &limits], "    ")
}

/// Returns the first sentence of the description of an argument.
pub(super) fn first_sentence(argument: &Argument) -> String {
    sentence(&markdown::first_sentence(&argument.docs))
}

/// Returns a list of the documented arguments, each with its description by `describe`.
pub(super) fn argument_list<'a>(
    arguments: impl Iterator<Item = &'a Argument>,
    describe: impl Fn(&Argument) -> String,
) -> String {
    let items = arguments.filter_map(|argument| {
        let about = describe(argument);
        (!about.is_empty()).then(|| format!("- `{}`: {about}", unprefixed(&argument.name)))
    });
    clean(&items.collect::<Vec<_>>().join("\n"))
}

/// Adds a list to a description. It follows a plain paragraph directly, and other blocks after a blank line.
pub(super) fn with_list(description: String, list: &str) -> String {
    if list.is_empty() {
        return description;
    }
    let block = description.rsplit("\n\n").next().unwrap_or_default();
    let separator = match block.chars().next() {
        None => "",
        Some(first) if first.is_alphanumeric() => "\n",
        Some(_) => "\n\n",
    };
    description + separator + list
}

/// Returns the attribute of a deprecated item.
pub(super) fn deprecated(deprecated: bool) -> TokenStream {
    if deprecated {
        quote!(#[deprecated])
    } else {
        TokenStream::new()
    }
}

/// Prints paragraphs as doc comments with an indentation.
pub(super) fn text(paragraphs: &[&str], indent: &str) -> String {
    let mut text = String::new();
    for line in lines(paragraphs) {
        text.extend([indent, "///", &line, "\n"]);
    }
    text
}

/// Returns the lines of paragraphs, as they follow `///`.
pub(super) fn lines<'a>(paragraphs: &'a [&'a str]) -> impl Iterator<Item = String> + 'a {
    let full = paragraphs.iter().filter(|paragraph| !paragraph.is_empty());
    full.enumerate()
        .flat_map(|(index, paragraph)| {
            (index > 0)
                .then_some("")
                .into_iter()
                .chain(paragraph.lines())
        })
        .map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            }
        })
}
