//! An operation comes in; its type, what can be set on a call of it, and how its answer is read go out.

mod bulk;
mod request;
mod success;

pub(super) use request::links;

use std::fmt::Write;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::argument::{self, Kind, into, kind};
use super::code::{Scope, bare, ident, setter_lints, uint};
use super::docs;
use super::index::Index;
use super::module::Module;
use super::text;
use crate::ir::{Argument, Operation, Paging, Success, Type};

/// How deep the entries of `operations!` stand.
const INDENT: &str = "        ";

/// An operation in the module of its group.
#[derive(Clone, Copy)]
pub(super) struct Operating<'a> {
    pub(super) index: &'a Index<'a>,
    pub(super) scope: &'a Scope<'a>,
    pub(super) operation: &'a Operation,
}

/// What goes with an operation beside its definition.
pub(super) fn implementations(it: Operating, module: &mut Module) {
    module.push(paged(it));
    module.push(success::downloadable(it));
    module.push(bulk::implementation(it));
    module.push(success::structure(it));
}

/// Its type, its answer and its setters, as an entry of `operations!`; `method` is what calls it.
pub(super) fn definition(it: Operating, method: &str) -> String {
    let Operation {
        name,
        http_method: verb,
        path,
        ..
    } = it.operation;
    let output = text::inline(&success::output(it));
    let decode = text::inline(&success::decode(it));
    let meta: Vec<String> = meta(it).iter().map(text::inline).collect();
    let mut target = text::list("", &format!("{verb} {path:?}"), &meta);
    // What most of them do is not said.
    if decode != "response.json()" {
        let named = |name: &'static str| if decode.contains(name) { name } else { "_" };
        let closure = format!("=> |{}, {}| {decode}", named("request"), named("response"));
        let fits = INDENT.len() + target.len() + closure.len() < text::WIDTH;
        let space = if fits { " " } else { "\n    " };
        target.extend([space, &closure]);
    }
    let arguments = it.operation.arguments.iter();
    let mut arguments = arguments.filter(|argument| !argument.required).peekable();
    let line = format!("    {method}: {name} => {output} {{ {target}; }}\n");
    if arguments.peek().is_none() && line.len() <= text::WIDTH && line.lines().count() == 1 {
        return line;
    }
    // What takes several lines goes on where its first one stands.
    let target = target.replace('\n', &format!("\n{INDENT}"));
    let mut text = format!("    {method}: {name} => {output} {{\n{INDENT}{target};\n");
    for argument in arguments {
        setter(it, argument, &mut text);
    }
    text.push_str("    }\n");
    text
}

/// What a caller may add to a call.
fn setter<'a>(it: Operating<'a>, argument: &'a Argument, text: &mut String) {
    let name = &argument.name;
    let kind = it.kind(argument);
    let docs = docs::argument(argument, kind.words());
    let docs = docs.each_ref().map(String::as_str);
    text.push_str(&docs::text(&docs, INDENT));
    for attribute in [docs::deprecated(argument.deprecated), setter_lints(name)] {
        if !attribute.is_empty() {
            let _ = writeln!(text, "{INDENT}{}", text::inline(&attribute));
        }
    }
    let taken = text::inline(&it.taken(argument));
    let (words, more) = request::words(it, argument);
    let head = format!("{name}: {taken} => {words}");
    let _ = writeln!(text, "{};", text::chain(INDENT, &head, &more));
}

/// What is the same for every call, where it differs from what most have.
fn meta(it: Operating) -> Vec<TokenStream> {
    let operation = it.operation;
    let base_url = operation.base_url.as_ref();
    let base_url = base_url.map(|url| quote!(base_url: Some(#url)));
    let accept = operation.accept.as_ref();
    let accept = accept.map(|types| quote!(accept: Some(#types)));
    let has_credentials = !it.index.api.credentials.is_empty();
    let security = (has_credentials && operation.security > 0).then(|| {
        let needs = Literal::usize_unsuffixed(operation.security);
        quote!(security: #needs)
    });
    let idempotent = operation.idempotent.then(|| quote!(idempotent: true));
    let absent = (!operation.not_found_codes.is_empty()).then(|| {
        let codes = operation
            .not_found_codes
            .iter()
            .map(|code| Literal::i64_unsuffixed(*code));
        quote!(not_found_codes: &[#(#codes),*])
    });
    let max_body = operation.max_body.map(|bytes| {
        let bytes = uint(bytes);
        quote!(max_body: Some(#bytes))
    });
    let max_answer = operation.max_response.map(|bytes| {
        let bytes = uint(bytes);
        quote!(max_response: #bytes)
    });
    let media = request::media(operation).map(|media| quote!(body_format: #media));
    let needs = request::needs(operation);
    let all = [
        base_url, accept, security, idempotent, absent, media, needs, max_body, max_answer,
    ];
    all.into_iter().flatten().collect()
}

impl<'a> Operating<'a> {
    pub(super) fn kind(&self, argument: &'a Argument) -> Kind<'a> {
        match (&self.operation.bulk, argument::ty(argument)) {
            (Some(bulk), Type::List(item)) if bulk.argument == argument.name => Kind::Items(item),
            _ => kind(argument, &self.operation.body),
        }
    }

    /// The type of a parameter that takes an argument.
    pub(super) fn taken(&self, argument: &'a Argument) -> TokenStream {
        match self.kind(argument) {
            Kind::Plain(ty) if self.index.is_union(ty) => into(ty, self.scope),
            kind => kind.taken(self.scope),
        }
    }

    /// An argument by its Rust name.
    pub(super) fn argument(&self, name: &str) -> Option<&'a Argument> {
        let mut all = self.operation.arguments.iter();
        all.find(|argument| argument.name == name)
    }

    /// The name of a private type that goes with the operation.
    pub(super) fn helper(&self, suffix: &str) -> Ident {
        let mut name = format!("{}{suffix}", bare(&self.operation.name));
        while self.scope.has(&name) || self.index.id(&name).is_some() {
            name.push_str("Of");
        }
        ident(&name)
    }
}

fn paged(it: Operating) -> TokenStream {
    let Success::Page { item, by } = &it.operation.success else {
        return TokenStream::new();
    };
    let operation = ident(&it.operation.name);
    let item = it.scope.ty(item);
    let (Paging::Cursor(argument) | Paging::Number(argument)) = by;
    let Some(argument) = it.argument(argument) else {
        return TokenStream::new();
    };
    let slot = request::slot(it, argument);
    quote! {
        impl Paged for #operation {
            type Item = #item;
            const BY: ParamLocation = #slot;
        }
    }
}
