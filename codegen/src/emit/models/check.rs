//! Emits the method that checks the fields of a struct before it is sent.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::checks::{self, FieldCheck};
use crate::emit::code::{Scope, unprefixed};
use crate::emit::condition::{self, Condition};
use crate::emit::index::Index;
use crate::emit::item;
use crate::emit::text::members;
use crate::ir::{Field, ModelId, Type};

/// Returns the method, unless there is nothing to check.
pub(super) fn check(index: &Index, scope: &Scope, id: ModelId, fields: &[Field]) -> Option<String> {
    let has_checks =
        |field: &Field| !field.checks.is_empty() || index.analysis.is_checked(&field.ty);
    if !fields.iter().any(has_checks) {
        return None;
    }
    let condition = condition::sends(index.api, id);
    let print = || method(index, scope, fields, &condition);
    scope.under(&condition, print)
}

fn method(index: &Index, scope: &Scope, fields: &[Field], condition: &Condition) -> Option<String> {
    let checks: Vec<(&str, FieldCheck)> = fields
        .iter()
        .flat_map(|field| {
            let checks = field_checks(index, scope, field);
            checks.into_iter().map(|check| (field.name.as_str(), check))
        })
        .collect();
    if checks.is_empty() {
        return None;
    }
    let check = scope.import(item::CHECK);
    let mut steps = TokenStream::new();
    let mut last = None;
    for (name, FieldCheck { unless, expression }) in &checks {
        let name = unprefixed(name);
        steps.extend(last.take().map(|step| quote!(#step?;)));
        let step = quote!(#check(#name, #expression));
        match unless {
            Some(other) => steps.extend(quote!(if self.#other != Some(true) { #step?; })),
            None => last = Some(step),
        }
    }
    let last = last.unwrap_or_else(|| quote!(Ok(())));
    let deprecated = uses_deprecated(fields, &checks)
        .then(|| quote!(#[allow(deprecated, reason = "checks deprecated fields")]));
    let error = scope.import(item::VALIDATION_ERROR);
    let condition = condition.attribute();
    Some(members(&quote! {
        #condition
        #deprecated
        pub(crate) fn check(&self) -> Result<(), #error> {
            #steps
            #last
        }
    }))
}

fn field_checks(index: &Index, scope: &Scope, field: &Field) -> Vec<FieldCheck> {
    let ty = if field.required {
        field.ty.clone()
    } else {
        Type::Option(Box::new(field.ty.clone()))
    };
    checks::field_checks(index, scope, &field.name, &ty, &field.checks)
}

/// True if a check reads a deprecated field.
fn uses_deprecated(fields: &[Field], checks: &[(&str, FieldCheck)]) -> bool {
    let mut deprecated = fields.iter().filter(|field| field.deprecated);
    deprecated.any(|field| {
        let reads = |(name, check): &(&str, FieldCheck)| {
            let suspends = check.unless.as_ref();
            *name == field.name || suspends.is_some_and(|other| *other == field.name)
        };
        checks.iter().any(reads)
    })
}
