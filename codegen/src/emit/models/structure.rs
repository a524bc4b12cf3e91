//! An object with known properties comes in, a struct goes out and, if it is sent, what makes and checks one.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::quote;

use super::text::{derives, fill};
use crate::emit::argument::{converted, into, taken};
use crate::emit::checks::{self, FieldCheck};
use crate::emit::code::{bare, ident};
use crate::emit::docs;
use crate::emit::index::{Index, has_default, holds};
use crate::emit::text::inline;
use crate::format;
use crate::ir::{Field, Model, Type};

pub(super) fn structure(index: &Index, model: &Model, fields: &[Field]) -> String {
    let default = has_default(model).then_some("Default");
    let eq = index.is_eq(model).then_some("Eq");
    let mut text = super::docs_of(model);
    text.push_str(&derives(
        ["Clone", "Debug"],
        [default, Some("PartialEq"), eq],
    ));
    let _ = write!(text, "#[non_exhaustive]\npub struct {} {{", model.name);
    for field in fields {
        let docs = docs::field(field, model.in_request);
        if !docs.is_empty() {
            text.extend(["\n", docs.trim_end()]);
        }
        if field.deprecated {
            text.push_str("\n    #[deprecated]");
        }
        let head = format!("\n    pub {}:", field.name);
        let ty = inline(&index.types.ty(&kept(field, model)));
        // As rustfmt has it: the type goes on a line of its own where it would stand out.
        let fits = head.chars().count() + ty.chars().count() <= WIDTH;
        let space = if fits { " " } else { "\n        " };
        text.extend([&head, space, &ty, ","]);
    }
    text.push_str(if fields.is_empty() { "}\n" } else { "\n}\n" });
    text.push_str(&object(model, fields));
    if model.in_request {
        text.push_str(&builder(index, model, fields));
        text.push_str(&check(index, model, fields));
    }
    text
}

/// What rustfmt lets stand on one line, with the line break before it and without the comma and space in it.
const WIDTH: usize = 99;

/// The fields as JSON has them.
fn object(model: &Model, fields: &[Field]) -> String {
    let mut named: Vec<String> = Vec::with_capacity(fields.len());
    let mut rest = String::new();
    for field in fields {
        let name = &field.name;
        let int = holds(&field.ty, &Type::is_whole).then_some("int");
        if field.is_additional_properties {
            let int = int.map_or(String::new(), |int| format!(": {int}"));
            rest = format!("; ..{name}{int}");
            continue;
        }
        let words = [optional(field, model), int];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        let mut text = name.clone();
        if !words.is_empty() {
            text.extend([": ", &words.join(" ")]);
        }
        if *name != field.wire_name {
            let _ = write!(text, " = {:?}", field.wire_name);
        }
        named.push(text);
    }
    let last = named.pop();
    let mut parts: Vec<String> = named.into_iter().map(|part| part + ",").collect();
    parts.extend(last.map_or_else(
        || (!rest.is_empty()).then(|| rest.clone()),
        |last| Some(last + &rest),
    ));
    fill(&format!("json_object! {{ {} {{", model.name), &parts, "} }")
}

/// What a field says of null and of its absence.
fn optional(field: &Field, model: &Model) -> Option<&'static str> {
    let nullable = matches!(field.ty, Type::Option(_));
    match (field.required, &field.ty) {
        (true, _) => nullable.then_some("null"),
        // A null that is there is not the same as nothing.
        (false, Type::Json) => Some("opt kept"),
        (false, _) if nullable && model.in_request => Some("opt kept"),
        (false, _) => Some("opt"),
    }
}

/// The type of a field. Null and nothing are the same to who receives, but not to who sends.
fn kept(field: &Field, model: &Model) -> Type {
    match &field.ty {
        ty if field.required => ty.clone(),
        Type::Option(_) if !model.in_request => field.ty.clone(),
        ty => Type::Option(Box::new(ty.clone())),
    }
}

/// What makes one: a constructor of what it must have, and a setter for each other field.
fn builder(index: &Index, model: &Model, fields: &[Field]) -> String {
    let (known, rest): (Vec<&Field>, Vec<&Field>) = fields
        .iter()
        .partition(|field| !field.is_additional_properties);
    let (required, others): (Vec<&Field>, Vec<&Field>) =
        known.into_iter().partition(|field| field.required);
    let mut text = model.name.clone();
    if !has_default(model) {
        let rest = rest.iter().map(|field| format!("; ..{}", field.name));
        let mut always = Vec::new();
        let mut taken = Vec::new();
        for field in required {
            match index.always(field) {
                Some(value) => always.push(format!("{} = {value}", field.name)),
                None => taken.push(given(index, field)),
            }
        }
        let always = (!always.is_empty()).then(|| format!("; with {}", always.join(", ")));
        let always = always.unwrap_or_default();
        let rest = rest.collect::<String>();
        let _ = write!(text, "({}{always}{rest})", taken.join(", "));
    } else if others.is_empty() {
        return String::new();
    }
    let setters = others.into_iter().map(|field| {
        let deprecated = if field.deprecated {
            "#[deprecated] "
        } else {
            ""
        };
        format!("{deprecated}{};", given(index, field))
    });
    let setters: Vec<String> = setters.collect();
    fill(&format!("builder! {{ {text};"), &setters, "}")
}

/// An argument for a field, and what becomes of it.
fn given(index: &Index, field: &Field) -> String {
    let name = ident(&field.name);
    let scope = &index.types;
    let (ty, value) = match &field.ty {
        ty @ Type::Model(_) if index.is_union(ty) => (into(ty, scope), quote!(#name.into())),
        ty @ Type::Boxed(_) if index.is_union(ty) => {
            (into(ty, scope), quote!(Box::new(#name.into())))
        }
        ty => (taken(ty, scope), converted(ty, &name, scope)),
    };
    let (ty, value) = (inline(&ty), inline(&value));
    if value == field.name {
        format!("{value}: {ty}")
    } else {
        format!("{}: {ty} => {value}", field.name)
    }
}

fn check(index: &Index, model: &Model, fields: &[Field]) -> String {
    let scope = &index.types;
    let mut steps = TokenStream::new();
    let mut last = None;
    for field in fields {
        let name = bare(&field.name);
        let ty = if field.required {
            field.ty.clone()
        } else {
            Type::Option(Box::new(field.ty.clone()))
        };
        let all = checks::field_checks(index, scope, &field.name, &ty, &field.checks);
        for FieldCheck { unless, expression } in all {
            steps.extend(last.take().map(|step| quote!(#step?;)));
            let step = quote!(check(#name, #expression));
            match unless {
                Some(other) => steps.extend(quote!(if self.#other != Some(true) { #step?; })),
                None => last = Some(step),
            }
        }
    }
    if steps.is_empty() && last.is_none() {
        return String::new();
    }
    let deprecated = fields.iter().any(|field| field.deprecated);
    let deprecated = deprecated.then(|| quote!(#[allow(deprecated)]));
    let name = ident(&model.name);
    let last = last.unwrap_or_else(|| quote!(Ok(())));
    let check = format::items(quote! {
        #deprecated
        impl #name {
            pub(crate) fn check(&self) -> Result<(), ValidationError> {
                #steps
                #last
            }
        }
    });
    format!("\n{check}")
}
