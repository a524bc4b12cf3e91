//! A group of operations comes in; its module goes out: its type, its methods, and the operations defined in it.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::File;
use super::answers;
use super::argument;
use super::checks::thousands;
use super::code::{Scope, bare, ident};
use super::docs;
use super::example;
use super::index::Index;
use super::module::{Module, RUNTIME};
use super::operation::{self, Operating};
use crate::ir::{Argument, Group, Method, Operation, Place, Success, Type};

/// The module of a group, `number` being its place among the groups.
pub(super) fn group(index: &Index, number: usize, group: &Group) -> File {
    let operations = group
        .operations
        .iter()
        .map(|operation| operation.name.as_str());
    let own: Vec<&str> = operations.chain([group.type_name.as_str(), "C"]).collect();
    let scope = Scope::new(own.iter().chain(RUNTIME).copied());
    let mut module = Module::new(&index.known, own);
    module.push(structure(group));
    module.push(methods(index, &scope, number, group));
    for (at, operation) in group.operations.iter().enumerate() {
        let method = group
            .methods
            .iter()
            .find(|method| method.group == number && method.operation == at);
        let method = method.map_or(operation.name.as_str(), |method| method.name.as_str());
        let it = Operating {
            index,
            scope: &scope,
            operation,
        };
        module.push(operation::operation(it, group, bare(method)));
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

/// The field of a group that holds the client.
fn client(group: &Group) -> Ident {
    let taken = group
        .arguments
        .iter()
        .any(|argument| argument.name == "client");
    ident(if taken { "inner" } else { "client" })
}

fn structure(group: &Group) -> TokenStream {
    let name = ident(&group.type_name);
    let entry = bare(&group.name);
    let docs = docs::outer(&[
        &text(group),
        &format!("Comes from [`Client::{entry}`](crate::Client::{entry})."),
    ]);
    let client = client(group);
    let scope = Scope::default();
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

fn methods(index: &Index, scope: &Scope, number: usize, group: &Group) -> TokenStream {
    let name = ident(&group.type_name);
    let client = client(group);
    let arguments = group.arguments.iter().map(|argument| ident(&argument.name));
    let fields = arguments.clone();
    let types = group
        .arguments
        .iter()
        .map(|argument| scope.ty(argument::ty(argument)));
    let call = call_name(group);
    let calls = group.methods.iter().any(|method| method.group == number).then(|| {
        quote!(fn #call<O>(&self, operation: O) -> Call<C, O> { Call::new(&self.#client, operation) })
    });
    let methods = group.methods.iter().filter_map(|method| {
        let home = index.api.groups.get(method.group)?;
        let operation = home.operations.get(method.operation)?;
        let it = Operating {
            index,
            scope,
            operation,
        };
        Some(self::method(
            it,
            group,
            method,
            (method.group != number).then_some(home),
        ))
    });
    quote! {
        impl<C: Clone> #name<C> {
            pub(crate) fn new(#client: C, #(#arguments: #types),*) -> Self {
                Self { #client, #(#fields),* }
            }

            #(#methods)*

            #calls
        }
    }
}

/// The private method of a group that makes a call of an operation.
fn call_name(group: &Group) -> Ident {
    let taken = group.methods.iter().any(|method| method.name == "call");
    ident(if taken { "bind" } else { "call" })
}

/// One method; `home` is the group that defines the operation, if it is another one.
fn method(it: Operating, group: &Group, method: &Method, home: Option<&Group>) -> TokenStream {
    let name = ident(&method.name);
    let operation = ident(&it.operation.name);
    let positional: Vec<&Argument> = positional(it.operation, group).collect();
    let docs = method_docs(it, group, method);
    let deprecated = docs::deprecated(it.operation.deprecated);
    let many = (positional.len() > 6).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    let parameters = positional.iter().map(|argument| {
        let name = ident(&argument.name);
        let ty = it.kind(argument).taken(it.scope);
        quote!(#name: #ty)
    });
    let (module, body) = match home {
        None => (None, call(it, group)),
        Some(home) => {
            let module = ident(&home.name);
            (Some(quote!(super::#module::)), delegate(it, group, home))
        }
    };
    let calls_deprecated =
        (home.is_some() && it.operation.deprecated).then(|| quote!(#[allow(deprecated)]));
    quote! {
        #docs
        #deprecated
        #calls_deprecated
        #many
        pub fn #name(&self, #(#parameters),*) -> Call<C, #module #operation> {
            #body
        }
    }
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
        .filter(|_| argument.place == Place::Path);
    path.find(|own| own.wire == argument.wire && argument::ty(own) == argument::ty(argument))
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

/// A call of an operation of this module.
fn call(it: Operating, group: &Group) -> TokenStream {
    let operation = ident(&it.operation.name);
    let fields = it.operation.arguments.iter().map(|argument| {
        let name = ident(&argument.name);
        if !argument.required {
            return quote!(#name: None);
        }
        let value =
            own(argument, group).map_or_else(|| it.converted(argument), |own| given(it, own));
        if value.to_string() == bare(&argument.name) {
            quote!(#name)
        } else {
            quote!(#name: #value)
        }
    });
    let call = call_name(group);
    quote!(self.#call(#operation { #(#fields),* }))
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

fn method_docs(it: Operating, group: &Group, method: &Method) -> TokenStream {
    let Operation { verb, path, .. } = it.operation;
    let arguments =
        positional(it.operation, group).map(|argument| (argument, it.kind(argument).words()));
    docs::outer(&[
        &docs::text_or(&it.operation.docs, ""),
        &docs::positional(arguments),
        &gives(&it.operation.success),
        more(it.operation),
        answers::received(it.operation),
        &answers::headers(it.operation),
        &answers::faults(it.operation),
        &answers::needs(it.operation),
        &answers::place(it.operation),
        &many(it.operation),
        &format!("`{verb} {path}`"),
        &example::block(it.index, group, method, it.operation),
    ])
}

/// What comes of a call, in words: its type is one of a trait's that nobody looks up.
fn gives(success: &Success) -> String {
    let ty = |ty: &Type| Scope::default().ty(ty).to_string().replace(' ', "");
    let what = match success {
        Success::Nothing => "()".to_owned(),
        Success::Text => "String".to_owned(),
        Success::Json { ty: result, .. } | Success::Several { output: result, .. } => ty(result),
        Success::Page { item, .. } => format!("Page<{}>", ty(item)),
        Success::Choice { model, .. } => model.clone(),
        Success::Binary { model } => model.clone().unwrap_or_else(|| "Binary".to_owned()),
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
    let again = bulk.failed.as_ref().map_or_else(
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
        _ if !operation.absent.is_empty() => {
            "`.send_optional()` gives `None` where there is no such thing."
        }
        _ => "",
    }
}
