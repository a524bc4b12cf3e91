//! Writes the documentation page of an operation.

use super::context::OperationContext;
use super::type_link;
use crate::emit::argument::positional;
use crate::emit::checks::thousands;
use crate::emit::code::unprefixed;
use crate::emit::markdown::clean;
use crate::emit::{docs, example, security, text};
use crate::ir::{Group, Method, Operation, Success, Type};

/// Longest line of documentation.
const WIDTH: usize = 116;

/// Writes the doc comment of the type alias of an operation.
pub(super) fn page(context: OperationContext, group: &Group, method: Option<&Method>) -> String {
    let operation = context.operation;
    let example = match method {
        Some(method) if context.index.api.package.examples => {
            example::block(context.index, group, method, operation)
        }
        _ => String::new(),
    };
    let paragraphs = [
        docs::with_list(docs::description(operation), &facts(context, group)),
        bulk(context),
        example,
    ];
    docs::text(&paragraphs.each_ref().map(String::as_str), "")
}

/// Writes the list of facts: method and path, arguments, result, errors, response headers and so on.
fn facts(context: OperationContext, group: &Group) -> String {
    let mut facts = vec![request(context)];
    facts.extend(arguments(context, group));
    facts.extend(outcome(context));
    facts.push(response_headers(context.operation));
    facts.retain(|fact| !fact.is_empty());
    let items: Vec<String> = facts.iter().map(|fact| list_item(fact)).collect();
    items.join("\n")
}

/// Wraps an item of a list. No line ends inside of code.
fn list_item(text: &str) -> String {
    let mut in_code = false;
    let words = text.split(|c| {
        in_code ^= c == '`';
        matches!(c, ' ' | '\n') && !in_code
    });
    let words = words.filter(|word| !word.is_empty());
    format!("- {}", text::fill("  ", WIDTH, words).trim_start())
}

/// Writes the HTTP method and the path, the credentials and the base URL.
fn request(context: OperationContext) -> String {
    let operation = context.operation;
    let request = format!("`{} {}`.", operation.http_method, operation.path);
    let deprecated = if operation.deprecated {
        "**Deprecated.**"
    } else {
        ""
    };
    let security = security::of_operation(context.index.api, operation);
    [&request, deprecated, &security, &base_url(operation)].join(" ")
}

/// Writes the described arguments of the method of the group.
fn arguments<'a>(
    context: OperationContext<'a>,
    group: &'a Group,
) -> impl Iterator<Item = String> + 'a {
    positional(context.operation, group).filter_map(move |argument| {
        let about = docs::argument_summary(argument, context.kind(argument).accepted_values());
        let name = unprefixed(&argument.name);
        (!about.is_empty()).then(|| clean(&format!("Argument `{name}`: {about}")))
    })
}

/// Writes the result and the errors, as one fact if both fit on a line.
fn outcome(context: OperationContext) -> Vec<String> {
    let (result, errors) = (result(context), errors(context));
    let length = result.chars().count() + errors.chars().count();
    if errors.is_empty() || length < WIDTH {
        vec![[result, errors].join(" ").trim_end().to_owned()]
    } else {
        vec![result, errors]
    }
}

/// Writes the results of `send` and of the other methods that send the call.
fn result(context: OperationContext) -> String {
    let operation = context.operation;
    let ty = type_link::of_success(context.index.api, context.scope, &operation.success);
    let mut text = format!("`send` returns {ty}.");
    if matches!(operation.success, Success::Page { .. }) {
        text.push_str(" `stream` (blocking: `iter`) returns the items of all pages.");
    } else if !operation.not_found_codes.is_empty() {
        text.push_str(" `send_optional` returns `None` and `exists` returns false if the resource does not exist.");
    }
    if operation.streamed {
        text.push_str(match operation.success {
            Success::Text | Success::Binary { .. } => {
                " `download` returns the content as a stream."
            }
            _ => " `download` returns the events of an event stream as they arrive.",
        });
    }
    text
}

/// Writes the types of documented failures and their statuses.
fn errors(context: OperationContext) -> String {
    let api = context.index.api;
    let responses = context.operation.error_responses.iter();
    let types: Vec<String> = responses
        .map(|response| {
            let statuses = format!(" ({})", response.statuses.join(", "));
            type_link::of_unimported(api, &response.ty, &statuses)
        })
        .collect();
    if types.is_empty() {
        return String::new();
    }
    format!("Errors: {}.", types.join(", "))
}

/// Writes the documented headers of successful responses.
fn response_headers(operation: &Operation) -> String {
    let headers = operation.headers.iter().map(|header| {
        let ty = match header.ty {
            Type::Int | Type::UInt => "integer",
            Type::Float => "number",
            Type::Bool => "boolean",
            _ => "string",
        };
        format!("`{}` ({ty})", header.wire_name.replace('`', ""))
    });
    let headers: Vec<String> = headers.collect();
    if headers.is_empty() {
        return String::new();
    }
    clean(&format!("Response headers: {}.", headers.join(", ")))
}

/// Writes the base URL of the operation, if it differs from that of the API.
fn base_url(operation: &Operation) -> String {
    let base_url = operation.base_url.as_ref();
    base_url.map_or_else(String::new, |url| {
        format!("Base URL: <{url}>, unless the client has another.")
    })
}

/// Describes `send_all` and `send_stream`.
fn bulk(context: OperationContext) -> String {
    let operation = context.operation;
    let Some(bulk) = &operation.bulk else {
        return String::new();
    };
    let ty = context
        .argument(&bulk.argument)
        .map(|argument| &argument.ty);
    let item = match ty {
        Some(Type::List(item)) => text::inline(&context.scope.generic_argument(item)),
        _ => String::new(),
    };
    let list = unprefixed(&bulk.argument);
    let items = thousands(bulk.batch_items.unwrap_or(bulk.max_items));
    let bytes = bulk.batch_bytes.or(operation.max_body);
    let bytes = bytes.map_or_else(String::new, |bytes| {
        format!(" and {} bytes", thousands(bytes))
    });
    let failed = bulk
        .failed_keys
        .as_ref()
        .map_or_else(String::new, |failed| {
            format!(
                " It sends items again that the server lists in `{}`.",
                unprefixed(failed)
            )
        });
    let text = format!(
        "`send` sends one request. `send_all` accepts any number of `{list}`: it sends requests of at most {items} \
         items{bytes}, `concurrency` of them at the same time, and merges their results.{failed} `send_stream` \
         (blocking: `send_iter`) takes `{list}` from a stream or an iterator while it sends them, so they need not fit \
         into memory: pass it to a call that was created with `None::<{item}>`."
    );
    docs::text_or(&text, "")
}
