//! Texts of the document come in, doc comments that rustdoc reads without a warning go out.

use proc_macro2::TokenStream;
use quote::quote;

use super::checks;
use super::code::bare;
use super::markdown::{clean, first_paragraph, sentence};
use crate::ir::{Argument, Field};

/// Paragraphs as the docs of an item; empty ones are left out.
pub(super) fn outer(paragraphs: &[&str]) -> TokenStream {
    lines(paragraphs)
        .map(|line| quote!(#[doc = #line]))
        .collect()
}

/// Paragraphs as the docs of the module they stand in.
pub(super) fn inner(paragraphs: &[&str]) -> TokenStream {
    lines(paragraphs)
        .map(|line| quote!(#![doc = #line]))
        .collect()
}

/// A text of the document, or another where it has none.
pub(super) fn text_or(text: &str, otherwise: &str) -> String {
    let text = clean(&sentence(text));
    if text.is_empty() {
        otherwise.to_owned()
    } else {
        text
    }
}

/// The docs of what sets an argument; `takes` is what can be given.
pub(super) fn argument(argument: &Argument, takes: &str) -> [String; 3] {
    [
        text_or(&argument.docs, ""),
        takes.to_owned(),
        checks::words(&argument.ty, &argument.checks),
    ]
}

/// The docs of a field of a model that is sent, or only received.
pub(super) fn field(field: &Field, sent: bool) -> String {
    let otherwise = if field.is_additional_properties {
        "The properties that have no field of their own."
    } else {
        "" // its name says as much as anything made of it
    };
    let text = text_or(&field.docs, otherwise);
    let limits = if sent {
        checks::words(&field.ty, &field.checks)
    } else {
        String::new()
    };
    self::text(&[&text, &limits], "    ")
}

/// What there is to say of arguments by position, each with what can be given, as a list.
pub(super) fn positional<'a>(
    arguments: impl Iterator<Item = (&'a Argument, &'static str)>,
) -> String {
    let items = arguments.filter_map(|(argument, takes)| {
        let said = [
            sentence(&first_paragraph(&argument.docs)),
            takes.to_owned(),
            checks::words(&argument.ty, &argument.checks),
        ];
        let said = said.map(|text| text.trim().to_owned()).into_iter();
        let said: Vec<_> = said.filter(|text| !text.is_empty()).collect();
        let said = said.join(" ");
        (!said.is_empty()).then(|| format!("- `{}`: {said}", bare(&argument.name)))
    });
    clean(&items.collect::<Vec<_>>().join("\n"))
}

/// Marks what is going away.
pub(super) fn deprecated(deprecated: bool) -> TokenStream {
    if deprecated {
        quote!(#[deprecated])
    } else {
        TokenStream::new()
    }
}

/// Paragraphs as doc comments, each line behind so much space.
pub(super) fn text(paragraphs: &[&str], indent: &str) -> String {
    let mut text = String::new();
    for line in lines(paragraphs) {
        text.extend([indent, "///", &line, "\n"]);
    }
    text
}

/// The lines of paragraphs, each as it stands behind the mark of a doc comment.
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
