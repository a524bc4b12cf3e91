//! Prints the module of a group: its type, its methods, and the operations that it defines.

mod docs;
mod method;

pub(super) use docs::description;

use proc_macro2::TokenStream;
use quote::quote;

use super::code::{Scope, ident, unprefixed};
use super::file::File;
use super::index::Index;
use super::operation::{self, OperationContext};
use super::source_file::SourceFile;
use super::{argument, example, item, text};
use crate::ir::{Argument, Group, Type};
use crate::names::RUNTIME;

/// Lengths that rustfmt keeps on one line: of a chain of calls, and of the fields of a struct.
const CHAIN: usize = 60;
const FIELDS: usize = 18;

/// Prints the file of a group. `number` is the position of the group.
pub(super) fn group(index: &Index, number: usize, group: &Group) -> File {
    let operations = group
        .operations
        .iter()
        .map(|operation| operation.name.as_str());
    let own = operations.clone().chain([group.type_name.as_str(), "C"]);
    let scope = Scope::new(&index.api.models, own.chain(RUNTIME.iter().copied()));
    let mut file = SourceFile::default();
    file.push(structure(index, &scope, number, group));
    file.push_text(&methods(index, &scope, number, group));
    for (position, operation) in group.operations.iter().enumerate() {
        let context = OperationContext {
            index,
            scope: &scope,
            operation,
        };
        let mut methods = group.methods.iter();
        let method = methods.find(|method| (method.group, method.operation) == (number, position));
        operation::operation(context, group, method, &mut file);
    }
    file.push_text(&operation::markers(operations));
    let path = format!("src/api/{}.rs", unprefixed(&group.name));
    let docs = super::docs::inner(&[&description(group)]);
    file.finish(&path, &index.api.package.source, docs, &scope)
}

/// Prints the type of the group.
fn structure(index: &Index, scope: &Scope, number: usize, group: &Group) -> TokenStream {
    let name = ident(&group.type_name);
    let entry = unprefixed(&group.name);
    let description = super::docs::text_or(&group.docs, "");
    let created_by = format!("Created by [`Client::{entry}`](crate::Client::{entry}).");
    let is_paragraph =
        description.starts_with(char::is_alphanumeric) && !description.contains("\n\n");
    let separator = if is_paragraph { "\n" } else { "\n\n" };
    let about = [description, created_by].join(separator);
    let docs = super::docs::outer(&[about.trim_start(), &group_example(index, number, group)]);
    let client = method::client_field(group);
    let fields = group.arguments.iter().map(|argument| {
        let name = ident(&argument.name);
        let ty = scope.ty(argument::ty(argument));
        quote!(#name: #ty)
    });
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name<C> { #client: C, #(#fields),* }
    }
}

/// Returns an example of the first method that is not deprecated, unless each operation has an example.
fn group_example(index: &Index, number: usize, group: &Group) -> String {
    if index.api.package.examples {
        return String::new();
    }
    let mut own = group.methods.iter().filter(|method| method.group == number);
    let example = own.find_map(|method| {
        let operation = group.operations.get(method.operation)?;
        (!operation.deprecated).then(|| example::block(index, group, method, operation))
    });
    example.unwrap_or_default()
}

/// Prints the methods of the group.
fn methods(index: &Index, scope: &Scope, number: usize, group: &Group) -> String {
    let mut methods = vec![new(scope, group)];
    for method in &group.methods {
        let home = index.api.groups.get(method.group);
        let operation = home.and_then(|home| home.operations.get(method.operation));
        if let (Some(home), Some(operation)) = (home, operation) {
            let context = OperationContext {
                index,
                scope,
                operation,
            };
            let home = (method.group != number).then_some(home);
            methods.push(method::method(context, group, method, home));
        }
    }
    if group.methods.iter().any(|method| method.group == number) {
        methods.push(call(index, scope, group));
    }
    let methods = methods.join("\n");
    format!("impl<C: Clone> {}<C> {{\n{methods}}}\n", group.type_name)
}

/// Prints the constructor.
fn new(scope: &Scope, group: &Group) -> String {
    let client = method::client_field(group);
    let mut parameters = vec![format!("{client}: C")];
    let mut fields = vec![client.to_string()];
    for argument in &group.arguments {
        let ty = text::inline(&scope.ty(argument::ty(argument)));
        parameters.push(format!("{}: {ty}", argument.name));
        fields.push(argument.name.clone());
    }
    let head = text::call("    ", "pub(crate) fn new", &parameters, " -> Self {");
    let line = fields.join(", ");
    let value = if line.len() <= FIELDS {
        format!("Self {{ {line} }}")
    } else {
        let lines = fields.join(",\n            ");
        format!("Self {{\n            {lines},\n        }}")
    };
    format!("{head}        {value}\n    }}\n")
}

/// Prints the private method that creates a call and adds the arguments of the group.
fn call(index: &Index, scope: &Scope, group: &Group) -> String {
    let client = method::client_field(group);
    let name = method::call_method(group);
    let (request, call) = (scope.import(item::REQUEST), scope.import(item::CALL));
    let head = format!("    fn {name}<O>(&self, request: {request}) -> {call}<C, O> {{\n");
    let end = format!("        {call}::new(&self.{client}, request)\n    }}\n");
    if group.arguments.is_empty() {
        return head + &end;
    }
    let arguments = group.arguments.iter();
    let calls: Vec<String> = arguments
        .map(|argument| add(index, scope, argument))
        .collect();
    let line = calls.concat();
    let chain = if calls.len() == 1 || "request".len() + line.len() <= CHAIN {
        line
    } else {
        format!("\n            {}", calls.join("\n            "))
    };
    format!("{head}        let request = request{chain};\n{end}")
}

/// Prints the call that adds an argument of the group.
fn add(index: &Index, scope: &Scope, argument: &Argument) -> String {
    let location = scope.import(item::PARAM_LOCATION);
    let Argument {
        wire_name, name, ..
    } = argument;
    let location = format!("{location}::Path({wire_name:?})");
    match argument::ty(argument) {
        Type::String | Type::Bytes => format!(".text({location}, &self.{name})"),
        ty if index.analysis.is_copy(ty) => format!(".json({location}, self.{name})"),
        _ => format!(".json({location}, &self.{name})"),
    }
}
