//! Expressions that check the values of a request before it is sent, and the docs of these checks.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::code::{Scope, ident, int, uint};
use super::index::Index;
use super::item;
use crate::ir::{Check, Rule, Type};

/// A value to check.
enum Value {
    /// A field of `self`.
    Field(Ident),
    /// The variable `item`, a reference.
    Item,
}

/// Kind of a check.
#[derive(Clone, Copy)]
enum Test {
    /// The value obeys a rule.
    Rule(Rule),
    /// The models in the value pass their own checks.
    Models,
}

/// One check of a field.
pub(super) struct FieldCheck {
    /// The optional boolean field that suspends the check when it is true.
    pub(super) unless: Option<Ident>,
    /// A `Result<(), ValidationError>`.
    pub(super) expression: TokenStream,
}

/// Returns all checks of a field.
pub(super) fn field_checks(
    index: &Index,
    scope: &Scope,
    name: &str,
    ty: &Type,
    checks: &[Check],
) -> Vec<FieldCheck> {
    let value = Value::Field(ident(name));
    let rules = checks.iter().map(|check| FieldCheck {
        unless: check.unless.as_deref().map(ident),
        expression: expression(scope, Test::Rule(check.rule), ty, &value),
    });
    let models = index.analysis.is_checked(ty).then(|| FieldCheck {
        unless: None,
        expression: expression(scope, Test::Models, ty, &value),
    });
    rules.chain(models).collect()
}

/// Returns the check of each item of a list, as a function of a reference to the item.
pub(super) fn item_check(
    index: &Index,
    scope: &Scope,
    item: &Type,
    checks: &[Check],
) -> Option<TokenStream> {
    if let Some(check) = item_rules(scope, item, checks) {
        let ty = scope.generic_argument(item);
        return Some(quote!(|item: &#ty| #check));
    }
    let is_checked = index.analysis.is_checked(item);
    is_checked.then(|| closure(scope, Test::Models, item))
}

/// Returns the check of an item of a list, as an expression of `item`, a reference to the item.
pub(super) fn item_expression(
    index: &Index,
    scope: &Scope,
    item: &Type,
    checks: &[Check],
) -> Option<TokenStream> {
    item_rules(scope, item, checks).or_else(|| {
        let is_checked = index.analysis.is_checked(item);
        is_checked.then(|| check_models(scope, item))
    })
}

/// Joins the rules of the items of a list.
fn item_rules(scope: &Scope, item: &Type, checks: &[Check]) -> Option<TokenStream> {
    let rules = checks.iter().map(|check| check.rule);
    let rules: Vec<Test> = rules
        .filter(|rule| !limits_count(*rule))
        .map(Test::Rule)
        .collect();
    combine(scope, &rules, item)
}

/// Returns the check of a value that contains others, as a function of a reference to the value. A single value has
/// limits instead.
pub(super) fn whole_check(
    index: &Index,
    scope: &Scope,
    ty: &Type,
    checks: &[Check],
) -> Option<TokenStream> {
    let rules = checks
        .iter()
        .filter(|check| !is_single(ty) && !limits_count(check.rule));
    let rules = rules.map(|check| Test::Rule(check.rule));
    let models = index.analysis.is_checked(ty).then_some(Test::Models);
    let tests: Vec<Test> = rules.chain(models).collect();
    let check = combine(scope, &tests, ty)?;
    let ty = scope.ty(ty);
    Some(quote!(|item: &#ty| #check))
}

/// Joins the tests of `item`.
fn combine(scope: &Scope, tests: &[Test], ty: &Type) -> Option<TokenStream> {
    let tests = tests.iter();
    let expressions = tests.map(|test| expression(scope, *test, ty, &Value::Item));
    expressions.reduce(|first, next| quote!(#first.and_then(|()| #next)))
}

/// Returns the check of the models in `item`, a reference to a value of the type.
pub(super) fn check_models(scope: &Scope, ty: &Type) -> TokenStream {
    expression(scope, Test::Models, ty, &Value::Item)
}

/// True if a rule limits the number of items.
pub(super) fn limits_count(rule: Rule) -> bool {
    matches!(rule, Rule::MaxItems(_) | Rule::MinItems(_))
}

/// Describes checks for the docs.
pub(super) fn docs(ty: &Type, checks: &[Check]) -> String {
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
        let each = if matches!(ty, Type::List(_)) && !limits_count(check.rule) {
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

/// Returns the expression that tests a value.
fn expression(scope: &Scope, test: Test, ty: &Type, value: &Value) -> TokenStream {
    let (path, reference) = match value {
        Value::Field(name) => (quote!(self.#name), quote!(&self.#name)),
        Value::Item => (quote!(item), quote!(item)),
    };
    match (ty, test) {
        (_, Test::Rule(rule)) if limits_count(rule) => call(scope, rule, &reference),
        (Type::List(item), _) => check_each(scope, test, item, &reference),
        (Type::Map(item), _) => check_each(scope, test, item, &quote!(#path.values())),
        (Type::Option(some), _) => match (&**some, test) {
            (Type::List(item), _) => check_each(scope, test, item, &quote!(#path.iter().flatten())),
            (some, Test::Rule(rule)) if is_single(some) && rule != Rule::Segment => {
                call(scope, rule, &reference)
            }
            (some, _) => {
                let check = closure(scope, test, some);
                quote!(#path.as_ref().map_or(Ok(()), #check))
            }
        },
        (_, Test::Rule(rule)) => call(scope, rule, &reference),
        (_, Test::Models) => quote!(#path.check()),
    }
}

/// Returns the test of each of `items`.
fn check_each(scope: &Scope, test: Test, ty: &Type, items: &TokenStream) -> TokenStream {
    let each = scope.import(item::EACH);
    let check = closure(scope, test, ty);
    quote!(#each(#items, #check))
}

/// Returns an [`expression`] as a function of a reference.
fn closure(scope: &Scope, test: Test, ty: &Type) -> TokenStream {
    if let (Test::Models, Type::Model(id)) = (test, ty) {
        let model = scope.model(*id);
        return quote!(#model::check);
    }
    let expression = expression(scope, test, ty, &Value::Item);
    quote!(|item| #expression)
}

/// True if a value of the type contains no other values.
pub(super) fn is_single(ty: &Type) -> bool {
    match ty {
        Type::Option(some) => is_single(some),
        Type::List(_) | Type::Map(_) => false,
        _ => ty.model().is_none(),
    }
}

/// Returns the call of the runtime's function for a rule.
pub(super) fn call(scope: &Scope, rule: Rule, value: &TokenStream) -> TokenStream {
    let (function, limit) = match rule {
        Rule::Segment => {
            let segment = scope.import(item::SEGMENT);
            return quote!(#segment(#value));
        }
        Rule::MaxBytes(limit) => (item::MAX_BYTES, uint(limit)),
        Rule::MaxLength(limit) => (item::MAX_LENGTH, uint(limit)),
        Rule::Minimum(limit) => (item::MINIMUM, int(limit)),
        Rule::Maximum(limit) => (item::MAXIMUM, int(limit)),
        Rule::MaxItems(limit) => (item::MAX_ITEMS, uint(limit)),
        Rule::MinItems(limit) => (item::MIN_ITEMS, uint(limit)),
    };
    let function = scope.import(function);
    quote!(#function(#value, #limit))
}

/// Prints a number with commas between thousands.
pub(super) fn thousands(value: u64) -> String {
    if value < 1000 {
        value.to_string()
    } else {
        format!("{},{:03}", thousands(value / 1000), value % 1000)
    }
}
