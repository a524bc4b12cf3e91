//! A method of a group comes in; its docs, paragraph by paragraph, go out.

use super::positional;
use crate::emit::checks::thousands;
use crate::emit::code::bare;
use crate::emit::operation::Operating;
use crate::emit::{answers, docs, example, text};
use crate::ir::{Group, Method, Operation, Success, Type};

/// What a line of docs has at most.
const WIDTH: usize = 91;

/// What a method does, takes and gives.
pub(super) fn docs(it: Operating, group: &Group, method: &Method) -> [String; 5] {
    let Operation {
        http_method: verb,
        path,
        ..
    } = it.operation;
    let arguments =
        positional(it.operation, group).map(|argument| (argument, it.kind(argument).words()));
    let mut facts = vec![
        gives(it, &it.operation.success),
        more(it.operation).to_owned(),
        answers::received(it.operation).to_owned(),
        answers::headers(it.operation),
        answers::faults(it.index, it.operation),
        answers::needs(it.index.api, it.operation),
        answers::place(it.operation),
        format!("`{verb} {path}`"),
    ];
    facts.retain(|fact| !fact.is_empty());
    let example = if it.index.api.package.examples {
        example::block(it.index, group, method, it.operation)
    } else {
        String::new()
    };
    [
        docs::text_or(&it.operation.docs, ""),
        docs::positional(arguments),
        many(it.operation),
        paragraph(&facts.join(" ")),
        example,
    ]
}

/// A text on as few lines as there can be, none of which ends inside of code.
fn paragraph(text: &str) -> String {
    let mut in_code = false;
    let words = text.split(|c| {
        in_code ^= c == '`';
        matches!(c, ' ' | '\n') && !in_code
    });
    text::fill("", WIDTH, words)
}

/// What comes of a call, in words: its type is one of a trait's that nobody looks up.
fn gives(it: Operating, success: &Success) -> String {
    let ty = |ty: &Type| text::inline(&it.index.types.ty(ty));
    let what = match success {
        Success::Nothing => "()".to_owned(),
        Success::Text => "String".to_owned(),
        Success::Json { ty: result, .. } | Success::Variants { output: result, .. } => ty(result),
        Success::Page { item, .. } => format!("Page<{}>", ty(item)),
        Success::ByArgument { model, .. } => it.index.api.model_name(*model).to_owned(),
        Success::Binary { model } => model
            .map_or("Binary", |id| it.index.api.model_name(id))
            .to_owned(),
    };
    format!("`.send()` gives `{what}`.")
}

/// What a call of the operation does with a list of any length.
fn many(operation: &Operation) -> String {
    let Some(bulk) = &operation.bulk else {
        return String::new();
    };
    let list = bare(&bulk.argument);
    let items = thousands(bulk.max_items);
    let bytes = operation.max_body.map_or_else(String::new, |bytes| {
        format!(" and {} bytes", thousands(bytes))
    });
    let again = bulk.failed_keys.as_ref().map_or_else(
        || "The".to_owned(),
        |failed| {
            format!(
                "What the server lists in `{}` is sent again, and the",
                bare(failed)
            )
        },
    );
    let text = format!(
        "`.send()` is one request. `.send_all()` takes any number of `{list}`: it makes requests of at most {items} \
         items{bytes}, as many at once as `.concurrency(…)` says. {again} results are merged."
    );
    docs::text_or(&text, "")
}

/// What else a call of the operation offers.
fn more(operation: &Operation) -> &'static str {
    match operation.success {
        Success::Page { .. } => {
            "`.stream()`, or `.iter()` in the blocking client, goes through all pages."
        }
        _ if !operation.not_found_codes.is_empty() => {
            "`.send_optional()` gives `None` where there is no such thing."
        }
        _ => "",
    }
}
