//! What is refused before sending: rules come in, the expressions that check them and the words that tell of them
//! go out.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::code::{Scope, ident, int, uint};
use super::index::{Index, model_id};
use crate::ir::{Check, Rule, Type};

/// A value to be checked.
pub(super) enum Value {
    /// A field of `self`.
    Field(Ident),
    /// A reference.
    Item(Ident),
}

/// What it is checked for.
#[derive(Clone, Copy)]
enum Test<'a> {
    Rule(Rule),
    /// What the models in it say themselves.
    Models(&'a Scope<'a>),
}

/// One check of a field.
pub(super) struct ResponseVariant {
    /// The optional boolean field that suspends it when true.
    pub(super) unless: Option<Ident>,
    /// A `Result<(), ValidationError>`.
    pub(super) expression: TokenStream,
}

/// All checks of a field.
pub(super) fn outcomes(
    index: &Index,
    scope: &Scope,
    name: &str,
    ty: &Type,
    checks: &[Check],
) -> Vec<ResponseVariant> {
    let value = Value::Field(ident(name));
    let rules = checks.iter().map(|check| ResponseVariant {
        unless: check.unless.as_deref().map(ident),
        expression: outcome(Test::Rule(check.rule), ty, &value),
    });
    let models = index.is_checked(ty).then(|| ResponseVariant {
        unless: None,
        expression: outcome(Test::Models(scope), ty, &value),
    });
    rules.chain(models).collect()
}

/// What each item of a list must pass, as a function of a reference to it.
pub(super) fn item_check(
    index: &Index,
    scope: &Scope,
    item: &Type,
    checks: &[Check],
) -> Option<TokenStream> {
    let rules = checks
        .iter()
        .map(|check| check.rule)
        .filter(|rule| !counts(*rule));
    let mut outcomes = rules.map(|rule| outcome(Test::Rule(rule), item, &Value::Item(item_name())));
    match outcomes.next() {
        Some(first) => {
            let ty = scope.inside(item);
            let all = outcomes.fold(first, |all, next| quote!(#all.and_then(|()| #next)));
            Some(quote!(|item: &#ty| #all))
        }
        None if index.is_checked(item) => Some(function(Test::Models(scope), item)),
        None => None,
    }
}

/// What a value that holds others must pass, as a function of a reference to it. What is single has limits instead.
pub(super) fn whole_check(
    index: &Index,
    scope: &Scope,
    ty: &Type,
    checks: &[Check],
) -> Option<TokenStream> {
    let inside = checks
        .iter()
        .filter(|check| !is_single(ty) && !counts(check.rule));
    let inside = inside.map(|check| Test::Rule(check.rule));
    let models = index.is_checked(ty).then_some(Test::Models(scope));
    let outcome = |test| outcome(test, ty, &Value::Item(item_name()));
    let mut tests = inside.chain(models);
    let first = outcome(tests.next()?);
    let all = tests.fold(first, |all, test| {
        let next = outcome(test);
        quote!(#all.and_then(|()| #next))
    });
    let ty = scope.ty(ty);
    Some(quote!(|item: &#ty| #all))
}

/// What the models in `item`, a reference to a value of the type, say themselves.
pub(super) fn inside(index: &Index, ty: &Type) -> TokenStream {
    outcome(Test::Models(&index.types), ty, &Value::Item(item_name()))
}

/// Whether a rule is about how many items there are.
pub(super) fn counts(rule: Rule) -> bool {
    matches!(rule, Rule::MaxItems(_) | Rule::MinItems(_))
}

/// The rules in words.
pub(super) fn words(ty: &Type, checks: &[Check]) -> String {
    let limits = checks.iter().map(|check| {
        let limit = match check.rule {
            Rule::MaxBytes(limit) => format!("at most {} bytes", thousands(limit)),
            Rule::MaxLength(limit) => format!("at most {} characters", thousands(limit)),
            Rule::Segment => "not empty, neither `.` nor `..`".to_owned(),
            Rule::Minimum(limit) => format!("at least {limit}"),
            Rule::Maximum(limit) => format!("at most {limit}"),
            Rule::MaxItems(limit) => format!("at most {} items", thousands(limit)),
            Rule::MinItems(limit) => format!("at least {} items", thousands(limit)),
        };
        let each = if matches!(ty, Type::List(_)) && !counts(check.rule) {
            "each "
        } else {
            ""
        };
        match &check.unless {
            Some(other) => format!("{each}{limit} unless `{other}` is true"),
            None => format!("{each}{limit}"),
        }
    });
    let limits: Vec<String> = limits.collect();
    if limits.is_empty() {
        String::new()
    } else {
        format!("Checked before sending: {}.", limits.join(", "))
    }
}

fn outcome(test: Test, ty: &Type, value: &Value) -> TokenStream {
    let (place, reference) = match value {
        Value::Field(name) => (quote!(self.#name), quote!(&self.#name)),
        Value::Item(name) => (quote!(#name), quote!(#name)),
    };
    match (ty, test) {
        (_, Test::Rule(rule)) if counts(rule) => call(rule, &reference),
        (Type::List(item), _) => {
            let check = function(test, item);
            quote!(each(#reference, #check))
        }
        (Type::Map(item), _) => {
            let check = function(test, item);
            quote!(each(#place.values(), #check))
        }
        (Type::Option(some), _) => match (&**some, test) {
            (Type::List(item), _) => {
                let check = function(test, item);
                quote!(each(#place.iter().flatten(), #check))
            }
            (some, Test::Rule(rule)) if is_single(some) && rule != Rule::Segment => {
                call(rule, &reference)
            }
            (some, _) => {
                let check = function(test, some);
                quote!(#place.as_ref().map_or(Ok(()), #check))
            }
        },
        (_, Test::Rule(rule)) => call(rule, &reference),
        (_, Test::Models(_)) => quote!(#place.check()),
    }
}

/// [`outcome`] as a function of a reference.
fn function(test: Test, ty: &Type) -> TokenStream {
    if let (Test::Models(scope), Type::Model(id)) = (test, ty) {
        let model = scope.model(*id);
        return quote!(#model::check);
    }
    let outcome = outcome(test, ty, &Value::Item(item_name()));
    quote!(|item| #outcome)
}

fn item_name() -> Ident {
    Ident::new("item", Span::call_site())
}

/// Whether a value of the type holds no others.
pub(super) fn is_single(ty: &Type) -> bool {
    match ty {
        Type::Option(some) => is_single(some),
        Type::List(_) | Type::Map(_) => false,
        _ => model_id(ty).is_none(),
    }
}

pub(super) fn call(rule: Rule, value: &TokenStream) -> TokenStream {
    let (name, limit) = match rule {
        Rule::Segment => return quote!(segment(#value)),
        Rule::MaxBytes(limit) => ("max_bytes", uint(limit)),
        Rule::MaxLength(limit) => ("max_length", uint(limit)),
        Rule::Minimum(limit) => ("minimum", int(limit)),
        Rule::Maximum(limit) => ("maximum", int(limit)),
        Rule::MaxItems(limit) => ("max_items", uint(limit)),
        Rule::MinItems(limit) => ("min_items", uint(limit)),
    };
    let name = ident(name);
    quote!(#name(#value, #limit))
}

/// Digits as people read them.
pub(super) fn thousands(value: u64) -> String {
    if value < 1000 {
        value.to_string()
    } else {
        format!("{},{:03}", thousands(value / 1000), value % 1000)
    }
}
