//! Prints the setters of an operation: one method for each optional argument.

use std::fmt::Write;

use super::context::OperationContext;
use super::request;
use crate::emit::code::{ident, setter_lints};
use crate::emit::{docs, item, text};
use crate::ir::Argument;

const INDENT: &str = "    ";

/// Prints the `impl` block of the setters, or nothing if the operation has no optional arguments.
pub(super) fn setters(context: OperationContext) -> String {
    let arguments = context.operation.arguments.iter();
    let setters = arguments.filter(|argument| !argument.required);
    let setters: Vec<String> = setters.map(|argument| setter(context, argument)).collect();
    if setters.is_empty() {
        return String::new();
    }
    format!(
        "impl<C> {}<C> {{\n{}}}\n",
        context.operation.name,
        setters.concat()
    )
}

fn setter<'a>(context: OperationContext<'a>, argument: &'a Argument) -> String {
    let name = &argument.name;
    let docs = docs::argument(argument, context.kind(argument).accepted_values());
    let docs = docs.each_ref().map(String::as_str);
    let mut text = docs::text(&docs, INDENT);
    for attribute in [docs::deprecated(argument.deprecated), setter_lints(name)] {
        if !attribute.is_empty() {
            let _ = writeln!(text, "{INDENT}{}", text::inline(&attribute));
        }
    }
    context.scope.import(item::REQUEST);
    let optional = context.optional_parameter(argument);
    let (generics, ty) = match &optional {
        Some(optional) => (optional.generics(), optional.ty()),
        None => ("", context.parameter_type(argument)),
    };
    let parameters = ["self".to_owned(), format!("value: {}", text::inline(&ty))];
    let head = format!("pub fn {name}{generics}");
    text.push_str(&text::call(INDENT, &head, &parameters, " -> Self {"));
    let calls = request::calls(context, argument, &ident("value"));
    text.push_str(&request::statement("self.with", &calls));
    text + "    }\n"
}
