//! A group of operations comes in; its module goes out: its type, its methods, and the operations defined in it.

mod words;

use std::fmt::Write;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::File;
use super::argument;
use super::code::{Scope, bare, ident};
use super::docs;
use super::example;
use super::index::Index;
use super::module::Module;
use super::operation::{self, Operating};
use super::text;
use crate::ir::{Argument, Group, Method, Operation, ParamLocation, Type};
use crate::names::RUNTIME;

/// What rustfmt lets stand on one line: of a chain of calls, and between the braces of a struct.
const CHAIN: usize = 60;
const LITERAL: usize = 18;

/// The module of a group, `number` being its place among the groups.
pub(super) fn group(index: &Index, number: usize, group: &Group) -> File {
    let operations = group
        .operations
        .iter()
        .map(|operation| operation.name.as_str());
    let own: Vec<&str> = operations.chain([group.type_name.as_str(), "C"]).collect();
    let scope = Scope::new(&index.api.models, own.iter().chain(RUNTIME).copied());
    let mut module = Module::new(&index.known, own);
    module.push(structure(index, number, group));
    module.push_text(&methods(index, &scope, number, group));
    let operations = group.operations.iter().map(|operation| Operating {
        index,
        scope: &scope,
        operation,
    });
    module.push_text(&definitions(number, group, operations.clone()));
    for it in operations {
        operation::implementations(it, &mut module);
    }
    let path = format!("src/api/{}.rs", bare(&group.name));
    File {
        path,
        text: module.text(&index.api.package.source, docs::inner(&[&text(group)])),
    }
}

/// What a group holds, in words.
pub(super) fn text(group: &Group) -> String {
    docs::text_or(
        &group.docs,
        &format!("The operations of `{}`.", bare(&group.name)),
    )
}

/// The operations of a group, as one call of a macro.
fn definitions<'a>(
    number: usize,
    group: &Group,
    operations: impl Iterator<Item = Operating<'a>>,
) -> String {
    let entries = operations.enumerate().map(|(at, it)| {
        let mut methods = group.methods.iter();
        let method = methods.find(|method| method.group == number && method.operation == at);
        let name = &it.operation.name;
        let method = method.map_or(name.as_str(), |method| method.name.as_str());
        operation::definition(it, method)
    });
    let entries: Vec<String> = entries.collect();
    if entries.is_empty() {
        return String::new();
    }
    let Group {
        name, type_name, ..
    } = group;
    let entries = entries.concat();
    format!("operations! {{\n    {name} {type_name};\n{entries}}}\n")
}

/// The field of a group that holds the client.
fn client(group: &Group) -> Ident {
    let taken = group
        .arguments
        .iter()
        .any(|argument| argument.name == "client");
    ident(if taken { "inner" } else { "client" })
}

fn structure(index: &Index, number: usize, group: &Group) -> TokenStream {
    let name = ident(&group.type_name);
    let entry = bare(&group.name);
    let docs = docs::outer(&[
        &docs::text_or(&group.docs, ""),
        &format!("Comes from [`Client::{entry}`](crate::Client::{entry})."),
        &shown(index, number, group),
    ]);
    let client = client(group);
    let scope = &index.types;
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

/// An example of the first method that a new program may call, where methods have none of their own.
fn shown(index: &Index, number: usize, group: &Group) -> String {
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

fn methods(index: &Index, scope: &Scope, number: usize, group: &Group) -> String {
    let client = client(group);
    let mut parameters = vec![format!("{client}: C")];
    let mut fields = vec![client.to_string()];
    for argument in &group.arguments {
        let ty = text::inline(&scope.ty(argument::ty(argument)));
        parameters.push(format!("{}: {ty}", argument.name));
        fields.push(argument.name.clone());
    }
    let new = text::call("    ", "pub(crate) fn new", &parameters, " -> Self {");
    let fields = fields.join(", ");
    let made = if fields.len() <= LITERAL {
        format!("Self {{ {fields} }}")
    } else {
        let fields = fields.replace(", ", ",\n            ");
        format!("Self {{\n            {fields},\n        }}")
    };
    let mut text = format!(
        "impl<C: Clone> {}<C> {{\n{new}        {made}\n    }}\n",
        group.type_name
    );
    for method in &group.methods {
        let home = index.api.groups.get(method.group);
        let operation = home.and_then(|home| home.operations.get(method.operation));
        if let (Some(home), Some(operation)) = (home, operation) {
            let it = Operating {
                index,
                scope,
                operation,
            };
            let home = (method.group != number).then_some(home);
            text.push('\n');
            self::method(it, group, method, home, &mut text);
        }
    }
    if group.methods.iter().any(|method| method.group == number) {
        text.push('\n');
        text.push_str(&call(index, group));
    }
    text.push_str("}\n");
    text
}

/// The private method that makes a call of what is particular to it.
fn call(index: &Index, group: &Group) -> String {
    let client = client(group);
    let name = call_name(group);
    let shared = group.arguments.iter().map(|argument| {
        let Argument {
            wire_name: wire,
            name,
            ..
        } = argument;
        match argument::ty(argument) {
            Type::String | Type::Bytes => {
                format!(".text(ParamLocation::Path({wire:?}), &self.{name})")
            }
            ty if index.is_copy(ty) => format!(".json(ParamLocation::Path({wire:?}), self.{name})"),
            _ => format!(".json(ParamLocation::Path({wire:?}), &self.{name})"),
        }
    });
    let shared: Vec<String> = shared.collect();
    let head = format!("    fn {name}<O>(&self, request: Request) -> Call<C, O> {{\n");
    if shared.is_empty() {
        return format!("{head}        Call::new(&self.{client}, request)\n    }}\n");
    }
    let links = shared.concat();
    let chain = if "request".len() + links.len() <= CHAIN {
        format!("        let request = request{links}")
    } else {
        let links = shared.join("\n            ");
        format!("        let request = request\n            {links}")
    };
    format!("{head}{chain};\n        Call::new(&self.{client}, request)\n    }}\n")
}

/// The private method of a group that makes a call of an operation.
fn call_name(group: &Group) -> &'static str {
    let taken = group.methods.iter().any(|method| method.name == "call");
    if taken { "bind" } else { "call" }
}

/// One method; `home` is the group that defines the operation, if it is another one.
fn method(it: Operating, group: &Group, method: &Method, home: Option<&Group>, text: &mut String) {
    let positional: Vec<&Argument> = positional(it.operation, group).collect();
    let docs = words::docs(it, group, method);
    let docs: Vec<&str> = docs.iter().map(String::as_str).collect();
    text.push_str(&docs::text(&docs, "    "));
    if it.operation.deprecated {
        text.push_str("    #[deprecated]\n");
        if home.is_some() {
            text.push_str("    #[allow(deprecated)]\n");
        }
    }
    if positional.len() > 6 {
        text.push_str("    #[allow(clippy::too_many_arguments)]\n");
    }
    let parameters = positional.iter().map(|argument| {
        let ty = text::inline(&it.taken(argument));
        format!("{}: {ty}", argument.name)
    });
    let parameters: Vec<String> = std::iter::once("&self".to_owned())
        .chain(parameters)
        .collect();
    let module = home.map_or_else(String::new, |home| format!("super::{}::", home.name));
    let head = format!("pub fn {}", method.name);
    let end = format!(" -> Call<C, {module}{}> {{", it.operation.name);
    text.push_str(&text::call("    ", &head, &parameters, &end));
    match home {
        None => text.push_str(&request(it, group, &positional)),
        Some(home) => {
            let delegated = text::inline(&delegate(it, group, home));
            let _ = writeln!(text, "        {delegated}");
        }
    }
    text.push_str("    }\n");
}

/// A call of an operation of this module with its positional arguments.
fn request<'a>(it: Operating<'a>, group: &Group, positional: &[&'a Argument]) -> String {
    let links: Vec<String> = positional
        .iter()
        .flat_map(|argument| operation::links(it, argument))
        .collect();
    let call = format!("        self.{}", call_name(group));
    let chain = format!("Request::new(){}", links.concat());
    let line = format!("{call}({chain})\n");
    if chain.len() <= CHAIN || (links.len() == 1 && line.len() <= text::WIDTH) {
        return line;
    }
    let links = links.join("\n                ");
    format!("{call}(\n            Request::new()\n                {links},\n        )\n")
}

/// The required arguments that a method of the group takes, since the group does not have them.
pub(super) fn positional<'a>(
    operation: &'a Operation,
    group: &Group,
) -> impl Iterator<Item = &'a Argument> {
    operation
        .arguments
        .iter()
        .filter(|argument| argument.required && own(argument, group).is_none())
}

/// The argument of the group that gives this one its value.
fn own<'a>(argument: &Argument, group: &'a Group) -> Option<&'a Argument> {
    let mut path = group
        .arguments
        .iter()
        .filter(|_| argument.location == ParamLocation::Path);
    path.find(|own| {
        own.wire_name == argument.wire_name && argument::ty(own) == argument::ty(argument)
    })
}

/// The value of an argument of the group.
fn given(it: Operating, argument: &Argument) -> TokenStream {
    let name = ident(&argument.name);
    if it.index.is_copy(argument::ty(argument)) {
        quote!(self.#name)
    } else {
        quote!(self.#name.clone())
    }
}

/// The same call as that of the group at home.
fn delegate(it: Operating, group: &Group, home: &Group) -> TokenStream {
    let module = ident(&home.name);
    let name = ident(&home.type_name);
    let client = client(group);
    let method = home.methods.iter().find(|method| {
        it.index
            .api
            .groups
            .get(method.group)
            .is_some_and(|other| std::ptr::eq(other, home))
            && home
                .operations
                .get(method.operation)
                .is_some_and(|other| std::ptr::eq(other, it.operation))
    });
    let method = ident(method.map_or(it.operation.name.as_str(), |method| method.name.as_str()));
    let value = |argument: &Argument| match own(argument, group) {
        Some(own) => given(it, own),
        None => ident(&argument.name).to_token_stream(),
    };
    let entering = home.arguments.iter().map(value);
    let calling = positional(it.operation, home).map(value);
    quote!(super::#module::#name::new(self.#client.clone(), #(#entering),*).#method(#(#calling),*))
}
