//! An operation comes in; its type, what can be set on a call of it, its request and its answer go out.

mod body;
mod bulk;
mod success;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::argument::{self, Kind, kind};
use super::checks::{self, Outcome};
use super::code::{Scope, bare, ident, setter_lints, uint};
use super::docs;
use super::index::Index;
use crate::ir::{Argument, Group, Operation, Paging, Place, Success, Type};

/// An operation in the module of its group.
#[derive(Clone, Copy)]
pub(super) struct Operating<'a> {
    pub(super) index: &'a Index<'a>,
    pub(super) scope: &'a Scope<'a>,
    pub(super) operation: &'a Operation,
}

/// All items of an operation; `method` of `group` is what calls it.
pub(super) fn operation(it: Operating, group: &Group, method: &str) -> TokenStream {
    let structure = structure(it, &format!("{}::{method}", group.type_name));
    let setters = setters(it);
    let implementation = implementation(it, &format!("{}.{method}", bare(&group.name)));
    let paged = paged(it);
    let downloadable = success::downloadable(it);
    let bulk = bulk::implementation(it);
    let body = body::structure(it);
    let answer = success::structure(it);
    quote!(#structure #setters #implementation #paged #downloadable #bulk #body #answer)
}

fn structure(it: Operating, method: &str) -> TokenStream {
    let name = ident(&it.operation.name);
    let docs = docs::outer(&[&format!("The operation behind [`{method}`].")]);
    let fields = it.operation.arguments.iter().map(|argument| {
        let name = ident(&argument.name);
        let ty = it.field(argument);
        quote!(#name: #ty)
    });
    quote! {
        #docs
        #[derive(Clone)]
        pub struct #name { #(#fields),* }
    }
}

impl<'a> Operating<'a> {
    pub(super) fn kind(&self, argument: &'a Argument) -> Kind<'a> {
        match (&self.operation.bulk, argument::ty(argument)) {
            (Some(bulk), Type::List(item)) if bulk.argument == argument.name => Kind::Items(item),
            _ => kind(argument, &self.operation.body),
        }
    }

    /// The type of an argument's field.
    fn field(&self, argument: &'a Argument) -> TokenStream {
        let ty = self.kind(argument).kept(self.scope);
        if argument.required {
            ty
        } else {
            quote!(Option<#ty>)
        }
    }

    /// From the parameter of an argument to the value of its field.
    pub(super) fn converted(&self, argument: &'a Argument) -> TokenStream {
        let check = match self.kind(argument) {
            Kind::Items(item) => checks::item_check(self.index, self.scope, item, &argument.checks),
            _ => None,
        };
        self.kind(argument).converted(&ident(&argument.name), check)
    }

    /// What a field holds as a reference, or a copy of it, in an `Option`.
    pub(super) fn lent(&self, argument: &'a Argument) -> TokenStream {
        let name = ident(&argument.name);
        match (argument.required, self.kind(argument).is_copy(self.index)) {
            (true, true) => quote!(Some(self.#name)),
            (true, false) => quote!(Some(&self.#name)),
            (false, true) => quote!(self.#name),
            (false, false) => quote!(self.#name.as_ref()),
        }
    }

    /// What a field holds as text, one for each value; what is no text goes out as JSON.
    pub(super) fn texts(&self, argument: &'a Argument) -> TokenStream {
        let name = ident(&argument.name);
        match (self.kind(argument), argument.required) {
            (Kind::Plain(ty), true) if !self.index.is_text(ty) => {
                quote!(Some(Json::new(&self.#name)))
            }
            (Kind::Plain(ty), false) if !self.index.is_text(ty) => {
                quote!(self.#name.as_ref().map(Json::new))
            }
            (Kind::Plain(Type::List(_)), true) => quote!(&self.#name),
            (Kind::Plain(Type::List(_)), false) => quote!(self.#name.iter().flatten()),
            (Kind::Plain(Type::Option(_)), true) => quote!(self.#name.as_ref()),
            _ => self.lent(argument),
        }
    }

    /// The name of a private type that goes with the operation.
    pub(super) fn helper(&self, suffix: &str) -> Ident {
        let mut name = format!("{}{suffix}", bare(&self.operation.name));
        while self.scope.has(&name) || self.index.model(&name).is_some() {
            name.push_str("Of");
        }
        ident(&name)
    }

    pub(super) fn arguments(&self, place: Place) -> impl Iterator<Item = &'a Argument> {
        self.operation
            .arguments
            .iter()
            .filter(move |argument| argument.place == place)
    }
}

/// What callers may add to a call.
fn setters(it: Operating) -> TokenStream {
    let mut setters = it
        .operation
        .arguments
        .iter()
        .filter(|argument| !argument.required)
        .peekable();
    if setters.peek().is_none() {
        return TokenStream::new();
    }
    let operation = ident(&it.operation.name);
    let setters = setters.map(|argument| {
        let name = ident(&argument.name);
        let docs = docs::argument(argument, it.kind(argument).words());
        let deprecated = docs::deprecated(argument.deprecated);
        let lints = setter_lints(&argument.name);
        let taken = it.kind(argument).taken(it.scope);
        let value = it.converted(argument);
        quote! {
            #docs
            #deprecated
            #lints
            pub fn #name(mut self, #name: #taken) -> Self {
                self.operation.#name = Some(#value);
                self
            }
        }
    });
    quote!(impl<C> Call<C, #operation> { #(#setters)* })
}

fn implementation(it: Operating, called: &str) -> TokenStream {
    let name = ident(&it.operation.name);
    let output = success::output(it);
    let meta = meta(it.operation, called);
    let request = request(it);
    let decode = success::decode(it);
    quote! {
        impl Operation for #name {
            type Output = #output;
            const META: &'static Meta = &#meta;

            fn request(&self) -> Result<Request, Refusal> {
                #request
            }

            fn decode(&self, answer: &Answer) -> Result<Self::Output, Failure> {
                #decode
            }
        }
    }
}

/// What is the same for every call, where it differs from the default; `called` is as in `keys.list`.
fn meta(operation: &Operation, called: &str) -> TokenStream {
    let Operation { verb, path, .. } = operation;
    let base_url = operation
        .base_url
        .as_ref()
        .map(|url| quote!(base_url: Some(#url),));
    let accept = operation
        .accept
        .as_ref()
        .map(|types| quote!(accept: Some(#types),));
    let idempotent = operation.idempotent.then(|| quote!(idempotent: true,));
    let absent = (!operation.absent.is_empty()).then(|| {
        let codes = operation
            .absent
            .iter()
            .map(|code| Literal::i64_unsuffixed(*code));
        quote!(absent: &[#(#codes),*],)
    });
    let max_body = operation.max_body.map(|bytes| {
        let bytes = uint(bytes);
        quote!(max_body: Some(#bytes),)
    });
    let max_answer = operation.max_answer.map(|bytes| {
        let bytes = uint(bytes);
        quote!(max_answer: #bytes,)
    });
    let all = base_url.is_some()
        && accept.is_some()
        && idempotent.is_some()
        && absent.is_some()
        && max_body.is_some()
        && max_answer.is_some();
    let rest = (!all).then(|| quote!(..Meta::DEFAULT));
    quote!(Meta {
        operation: #called, method: #verb, path: #path, #base_url #accept #idempotent #absent #max_body #max_answer #rest
    })
}

fn request(it: Operating) -> TokenStream {
    let arguments = &it.operation.arguments;
    let checks = arguments.iter().flat_map(|argument| check(it, argument));
    let path = it.arguments(Place::Path).map(|argument| {
        let wire = &argument.wire;
        let value = segment(it, argument);
        quote!(.path(#wire, #value))
    });
    let texts = |method: &str, place| {
        let method = format_ident!("{method}");
        it.arguments(place)
            .map(|argument| {
                let wire = &argument.wire;
                let values = it.texts(argument);
                quote!(.#method(#wire, #values))
            })
            .collect::<TokenStream>()
    };
    let query = texts("query", Place::Query);
    let headers = texts("header", Place::Header);
    let body = body::call(it);
    quote!(Request::new(Self::META) #(#checks)* #(#path)* #query #headers #body .build())
}

/// The text of a segment of the path: a list with commas between its items, what is no text as JSON.
fn segment<'a>(it: Operating<'a>, argument: &'a Argument) -> TokenStream {
    let name = ident(&argument.name);
    match argument::ty(argument) {
        ty if !it.index.is_text(ty) => quote!(Json::new(&self.#name)),
        Type::List(item) if matches!(**item, Type::String | Type::Bytes) => {
            quote!(self.#name.join(","))
        }
        Type::List(_) => {
            quote!(self.#name.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
        }
        _ if it.kind(argument).is_copy(it.index) => quote!(self.#name),
        _ => quote!(&self.#name),
    }
}

/// The checks of one argument.
fn check<'a>(it: Operating<'a>, argument: &'a Argument) -> Vec<TokenStream> {
    let name = bare(&argument.name);
    let (ty, checks) = match it.kind(argument) {
        // Items are checked one by one when they are taken.
        Kind::Items(_) => {
            let counts = argument
                .checks
                .iter()
                .filter(|check| checks::counts(check.rule));
            (Type::List(Box::new(Type::Json)), counts.cloned().collect())
        }
        Kind::Upload => (Type::Bytes, argument.checks.clone()),
        Kind::Uploads => (argument.ty.clone(), argument.checks.clone()),
        Kind::Plain(ty) => (ty.clone(), argument.checks.clone()),
    };
    let ty = if argument.required {
        ty
    } else {
        Type::Option(Box::new(ty))
    };
    let outcomes = checks::outcomes(it.index, it.scope, &argument.name, &ty, &checks).into_iter();
    // As a whole body they tell by themselves what was found of them.
    let items = (argument.place == Place::Property && matches!(it.kind(argument), Kind::Items(_)))
        .then(|| {
            let field = ident(&argument.name);
            quote!(.check(#name, self.#field.check()))
        });
    outcomes
        .map(|Outcome { unless, expression }| {
            let outcome = unless.map_or_else(
                || expression.clone(),
                |other| quote!(if self.#other == Some(true) { Ok(()) } else { #expression }),
            );
            quote!(.check(#name, #outcome))
        })
        .chain(items)
        .collect()
}

fn paged(it: Operating) -> TokenStream {
    let Success::Page { item, by } = &it.operation.success else {
        return TokenStream::new();
    };
    let operation = ident(&it.operation.name);
    let item = it.scope.ty(item);
    let (argument, next) = match by {
        Paging::Cursor(argument) => (argument, quote!(page.next_cursor()?.to_owned())),
        Paging::Number(argument) => (argument, quote!(page.next_page()?)),
    };
    let required = it
        .operation
        .arguments
        .iter()
        .any(|other| other.name == *argument && other.required);
    let next = if required { next } else { quote!(Some(#next)) };
    let others = (it.operation.arguments.len() > 1).then(|| quote!(, ..self.clone()));
    let argument = ident(argument);
    quote! {
        impl Paged for #operation {
            type Item = #item;

            fn next(&self, page: &Page<#item>) -> Option<Self> {
                let #argument = #next;
                Some(Self { #argument #others })
            }
        }
    }
}
