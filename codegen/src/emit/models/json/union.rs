//! Prints the JSON mapping of a union: how each variant is recognized, and what converts into it.

use std::collections::HashMap;
use std::fmt::Write;

use super::super::layout::{MAPPING_WIDTH, fill, with_commas};
use super::matcher::{expression, wrapped_matcher};
use crate::emit::code::Scope;
use crate::emit::index::Index;
use crate::emit::item;
use crate::emit::text::inline;
use crate::ir::{Model, Type, UnionVariant};

/// Returns the call of `json_union!` and, for a union of scalars, of `union_display!`.
pub(super) fn union(
    index: &Index,
    scope: &Scope,
    model: &Model,
    variants: &[UnionVariant],
) -> String {
    scope.import(item::JSON_UNION);
    let mut counts: HashMap<Type, usize> = HashMap::new();
    for variant in variants {
        *counts.entry(content(index, &variant.ty)).or_default() += 1;
    }
    let mut text = format!("json_union! {{ {} {{\n", model.name);
    for variant in variants {
        let content = content(index, &variant.ty);
        // Of two variants with the same type, none is the target of a conversion.
        let is_only = counts.get(&content) == Some(&1);
        let from = is_only.then(|| sources(scope, &content));
        push_variant(variant, from.as_deref(), &mut text);
    }
    text.push_str("} }\n");
    if index.analysis.is_scalar_union(variants) {
        scope.import(item::UNION_DISPLAY);
        let names = variants.iter().map(|variant| variant.variant.clone());
        let names = with_commas(names.collect());
        let head = format!("union_display! {{ {} {{", model.name);
        text.push_str(&fill(&head, &names, "} }"));
    }
    text
}

/// Prints a variant: `Name(Source) as Integer + "tag" = "value": Object.required(&["name"]);`.
fn push_variant(variant: &UnionVariant, from: Option<&str>, text: &mut String) {
    let mut line = format!("    {}", variant.variant);
    if let Some(types) = from {
        let _ = write!(line, "({types})");
    }
    if variant.ty.has_integers() {
        line.push_str(" as Integer");
    }
    if let Some((name, value)) = &variant.tag {
        let _ = write!(line, " + {name:?} = {value:?}");
    }
    line.push(':');
    let matchers: Vec<String> = variant.matchers.iter().map(expression).collect();
    let short = format!("{line} {};\n", matchers.join(", "));
    if short.len() <= MAPPING_WIDTH {
        text.push_str(&short);
        return;
    }
    text.push_str(&line);
    text.push('\n');
    for (index, matcher) in variant.matchers.iter().enumerate() {
        let is_last = index + 1 == variant.matchers.len();
        wrapped_matcher(text, matcher, if is_last { ";" } else { "," });
    }
}

/// Returns the types that convert into a variant with this content.
fn sources(scope: &Scope, content: &Type) -> String {
    match content {
        // Literals convert too.
        Type::String => "String, &str".to_owned(),
        Type::Int => "i64, i32".to_owned(),
        Type::UInt => "u64, u32".to_owned(),
        ty => inline(&scope.ty(ty)),
    }
}

/// Returns the content of a variant without a `Box` and without aliases.
fn content(index: &Index, ty: &Type) -> Type {
    let inner = |inner: &Type| Box::new(content(index, inner));
    match ty {
        Type::Bytes => Type::String,
        Type::List(item) => Type::List(inner(item)),
        Type::Map(value) => Type::Map(inner(value)),
        Type::Option(some) => Type::Option(inner(some)),
        Type::Model(id) | Type::Boxed(id) => Type::Model(index.analysis.resolve(*id)),
        ty => ty.clone(),
    }
}
