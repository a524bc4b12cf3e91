//! Writes an example of a call as a block of Rust in Markdown.

use heck::ToSnakeCase;

use super::values::{Examples, type_text};
use crate::emit::argument::positional;
use crate::emit::code::unprefixed;
use crate::emit::index::Index;
use crate::ir::{Api, Argument, Group, Handle, Method, Operation, Paging, Success, Type};

/// Longest call that is printed on one line.
const WIDTH: usize = 88;
/// Maximum number of optional arguments in an example.
const SETTERS: usize = 2;

/// Writes a call of a method of the group.
pub(crate) fn block(
    index: &Index,
    group: &Group,
    method: &Method,
    operation: &Operation,
) -> String {
    let mut examples = Examples::new(index);
    // Without an example for each operation, the example of a group shows only required arguments.
    let setters = if index.api.package.examples {
        shown(operation)
    } else {
        Vec::new()
    };
    let variable = result(index.api, operation);
    let call = call(
        &mut examples,
        group,
        method,
        operation,
        &setters,
        variable.as_deref(),
    );
    doc_test(index, &examples, &call)
}

/// Writes a function that creates a client from environment variables and calls a method of the group.
pub(crate) fn function(
    index: &Index,
    group: &Group,
    method: &Method,
    operation: &Operation,
) -> String {
    let library = library(index);
    let mut examples = Examples::new(index);
    let variable = result(index.api, operation).map(|_| "result");
    let call = call(&mut examples, group, method, operation, &[], variable);
    let uses = uses(&examples, &library);
    let parameters = parameters(index, &examples, &library).join(", ");
    let print = variable.map_or("", |_| "    println!(\"{result:?}\");\n");
    format!(
        "```rust,no_run\n{uses}async fn first_call({parameters}) -> {library}::Result<()> {{\n    \
         let client = {library}::Client::from_env()?;\n    {}\n{print}    Ok(())\n}}\n```",
        call.replace('\n', "\n    ")
    )
}

/// Writes a call of a method of a group that a handle returns.
pub(crate) fn of_handle(index: &Index, handle: &Handle) -> String {
    let mut examples = Examples::new(index);
    let first = handle.groups(index.api).find_map(|group| {
        let mut methods = group.methods.iter();
        methods.find_map(|method| {
            let operation = index.api.operation(method)?;
            (!operation.deprecated).then_some((group, method, operation))
        })
    });
    let Some((group, method, operation)) = first else {
        return String::new();
    };
    let entry: Vec<String> = handle
        .arguments(index.api)
        .iter()
        .map(|argument| examples.argument(argument, &operation.body))
        .collect();
    let name = &handle.name;
    let mut links = vec![format!(".{}()", group.name)];
    links.extend(method_links(&mut examples, group, method, operation, &[]));
    let call = statement(name, &links);
    let handle = format!("let {name} = client.{name}({});", entry.join(", "));
    doc_test(index, &examples, &format!("{handle}\n{call}"))
}

/// Writes statements as a documentation test. Its hidden function has the client and the values that the statements use
/// as parameters.
fn doc_test(index: &Index, examples: &Examples, statements: &str) -> String {
    let library = library(index);
    let uses = uses(examples, &library);
    let mut parameters = parameters(index, examples, &library);
    parameters.insert(0, format!("client: {library}::Client"));
    let parameters = parameters.join(", ");
    format!(
        "```no_run\n{uses}# async fn example({parameters}) -> {library}::Result<()> {{\n\
         {statements}\n# Ok(()) }}\n```"
    )
}

/// Writes the values that an example uses as parameters of its function.
fn parameters(index: &Index, examples: &Examples, library: &str) -> Vec<String> {
    let values = examples.given.iter();
    let values = values.map(|(name, ty)| format!("{name}: {}", type_text(index.api, ty, library)));
    values.collect()
}

/// Writes the imports of the types of an example.
fn uses(examples: &Examples, library: &str) -> String {
    let types: Vec<&str> = examples.types.iter().copied().collect();
    match types[..] {
        [] => String::new(),
        [name] => format!("use {library}::{name};\n\n"),
        _ => format!("use {library}::{{{}}};\n\n", types.join(", ")),
    }
}

/// Returns the name of the library.
fn library(index: &Index) -> String {
    index.api.package.name.replace('-', "_")
}

/// Writes the statement, on one line if it is short.
fn call<'a>(
    examples: &mut Examples<'a>,
    group: &'a Group,
    method: &Method,
    operation: &'a Operation,
    setters: &[&'a Argument],
    variable: Option<&str>,
) -> String {
    let entry: Vec<String> = group
        .arguments
        .iter()
        .map(|argument| examples.argument(argument, &operation.body))
        .collect();
    let mut links = vec![format!(".{}({})", group.name, entry.join(", "))];
    links.extend(method_links(examples, group, method, operation, setters));
    let start = match variable {
        Some(name) => format!("let {name} = client"),
        None => "client".to_owned(),
    };
    statement(&start, &links)
}

/// Writes the calls of a method of a group, of setters, and of `send`.
fn method_links<'a>(
    examples: &mut Examples<'a>,
    group: &Group,
    method: &Method,
    operation: &'a Operation,
    setters: &[&'a Argument],
) -> Vec<String> {
    let values: Vec<String> = positional(operation, group)
        .map(|argument| examples.argument(argument, &operation.body))
        .collect();
    let mut links = vec![format!(".{}({})", method.name, values.join(", "))];
    links.extend(setters.iter().map(|argument| {
        format!(
            ".{}({})",
            argument.name,
            examples.argument(argument, &operation.body)
        )
    }));
    links.extend([".send()".to_owned(), ".await?;".to_owned()]);
    links
}

/// Writes a chain of calls, on one line if it is short.
fn statement(start: &str, links: &[String]) -> String {
    let line = start.to_owned() + &links.concat();
    if line.chars().count() <= WIDTH {
        line
    } else {
        format!("{start}\n    {}", links.join("\n    "))
    }
}

/// Selects the optional arguments of an example. Arguments with an example in the document come first.
fn shown(operation: &Operation) -> Vec<&Argument> {
    let paging = match &operation.success {
        Success::Page {
            paging: Paging::Cursor(name) | Paging::Number(name),
            ..
        } => Some(name),
        _ => None,
    };
    let optional = operation.arguments.iter().filter(|argument| {
        !argument.required
            && !argument.deprecated
            && Some(&argument.name) != paging
            && is_short(argument)
    });
    let (with, without): (Vec<&Argument>, Vec<&Argument>) =
        optional.partition(|argument| argument.example.is_some());
    let mut shown: Vec<&Argument> = Vec::new();
    for argument in with.into_iter().chain(without) {
        if shown.len() < SETTERS && !shown.iter().any(|other| may_exclude(argument, other)) {
            shown.push(argument);
        }
    }
    shown
}

/// True if the description of one of the arguments mentions the other: one may replace the other.
fn may_exclude(one: &Argument, other: &Argument) -> bool {
    let mentions = |text: &str, name: &str| text.contains(&format!("`{name}`"));
    mentions(&one.docs, &other.wire_name) || mentions(&other.docs, &one.wire_name)
}

fn is_short(argument: &Argument) -> bool {
    match &argument.ty {
        Type::String | Type::Json => argument.example.is_some(),
        Type::Bool | Type::Int | Type::UInt | Type::Float | Type::Model(_) => true,
        _ => false,
    }
}

/// Returns the name of the variable for the result.
fn result(api: &Api, operation: &Operation) -> Option<String> {
    let name = match &operation.success {
        Success::Nothing => return None,
        Success::Page { .. } => "page".to_owned(),
        Success::Binary { .. } => "value".to_owned(),
        Success::Text => "text".to_owned(),
        Success::Variants { output: ty, .. } => ty
            .model()
            .map(|id| unprefixed(api.model_name(id)).to_snake_case())
            .unwrap_or_default(),
        Success::ByArgument { .. } => "result".to_owned(),
        Success::Json { ty, .. } => ty
            .model()
            .map(|id| unprefixed(api.model_name(id)).to_snake_case())
            .unwrap_or_default(),
    };
    Some(if syn::parse_str::<syn::Ident>(&name).is_ok() {
        name
    } else {
        "result".to_owned()
    })
}
