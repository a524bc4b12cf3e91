//! Prints the methods of a group.

use std::fmt::Write;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::docs;
use crate::emit::argument::{self, group_argument, positional};
use crate::emit::code::ident;
use crate::emit::operation::{self, OperationContext};
use crate::emit::{item, text};
use crate::ir::{Argument, Group, Method};

/// Returns the name of the field that holds the client.
pub(super) fn client_field(group: &Group) -> Ident {
    let mut arguments = group.arguments.iter();
    let is_used = arguments.any(|argument| argument.name == "client");
    ident(if is_used { "inner" } else { "client" })
}

/// Returns the name of the private method that creates a call.
pub(super) fn call_method(group: &Group) -> &'static str {
    let mut methods = group.methods.iter();
    let is_used = methods.any(|method| method.name == "call");
    if is_used { "bind" } else { "call" }
}

/// Prints a method. `home` is the group that defines the operation, if it is another group.
pub(super) fn method(
    context: OperationContext,
    group: &Group,
    method: &Method,
    home: Option<&Group>,
) -> String {
    let operation = context.operation;
    let arguments: Vec<&Argument> = positional(operation, group).collect();
    let mut text = docs::method(context, &arguments);
    if operation.deprecated {
        text.push_str("    #[deprecated]\n");
        if home.is_some() {
            text.push_str("    #[allow(deprecated, reason = \"calls a deprecated method\")]\n");
        }
    }
    if arguments.len() > 6 {
        text.push_str(
            "    #[allow(clippy::too_many_arguments, reason = \"one per required argument\")]\n",
        );
    }
    let parameters = arguments.iter().map(|argument| {
        let ty = text::inline(&context.parameter_type(argument));
        format!("{}: {ty}", argument.name)
    });
    let parameters: Vec<String> = std::iter::once("&self".to_owned())
        .chain(parameters)
        .collect();
    let module = home.map_or_else(String::new, |home| {
        context.scope.import_from("crate", "api");
        format!("api::{}::", home.name)
    });
    let head = format!("pub fn {}", method.name);
    let end = format!(" -> {module}{}<C> {{", operation.name);
    text.push_str(&text::call("    ", &head, &parameters, &end));
    match home {
        None => {
            context.scope.import(item::REQUEST);
            let calls = arguments
                .iter()
                .flat_map(|argument| operation::calls(context, argument, &ident(&argument.name)));
            let calls: Vec<String> = calls.collect();
            let call = format!("self.{}", call_method(group));
            text.push_str(&operation::statement(&call, &calls));
        }
        Some(home) => {
            let _ = writeln!(
                text,
                "        // The operation of `{}`, with the arguments of this group.",
                home.type_name
            );
            let delegated = text::inline(&delegate(context, group, home));
            let _ = writeln!(text, "        {delegated}");
        }
    }
    text + "    }\n"
}

/// Prints the same call of the method of the group that defines the operation.
fn delegate(context: OperationContext, group: &Group, home: &Group) -> TokenStream {
    let module = ident(&home.name);
    let name = ident(&home.type_name);
    let client = client_field(group);
    let method = home.methods.iter().find(|method| {
        let defines = context.index.api.groups.get(method.group);
        let operation = home.operations.get(method.operation);
        defines.is_some_and(|group| std::ptr::eq(group, home))
            && operation.is_some_and(|operation| std::ptr::eq(operation, context.operation))
    });
    let method = method.map_or(context.operation.name.as_str(), |method| {
        method.name.as_str()
    });
    let method = ident(method);
    let value = |argument: &Argument| match group_argument(argument, group) {
        Some(own) => field_value(context, own),
        None => ident(&argument.name).to_token_stream(),
    };
    let group_values = home.arguments.iter().map(value);
    let values = positional(context.operation, home).map(value);
    quote!(api::#module::#name::new(self.#client.clone(), #(#group_values),*).#method(#(#values),*))
}

/// Prints the value of a field of the group.
fn field_value(context: OperationContext, argument: &Argument) -> TokenStream {
    let name = ident(&argument.name);
    if context.index.analysis.is_copy(argument::ty(argument)) {
        quote!(self.#name)
    } else {
        quote!(self.#name.clone())
    }
}
