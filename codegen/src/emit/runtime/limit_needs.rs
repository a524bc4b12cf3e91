//! The limits of an API that are checked before a request is sent. They decide which checks its crate needs.

use super::argument_needs::arguments_of;
use crate::emit::argument::Kind;
use crate::emit::checks;
use crate::emit::condition::{self, Condition};
use crate::emit::index::Index;
use crate::ir::{Argument, Check, Model, Rule, Shape, Type};

/// Returns the condition of the groups that send a model for which `test` is true.
fn sends_model(index: &Index, test: impl Fn(&Model) -> bool) -> Condition {
    let sent = index.api.models_with_ids();
    let sent = sent.filter(|(_, model)| model.in_request && test(model));
    Condition::any(sent.map(|(id, _)| condition::sends(index.api, id)))
}

/// Returns the condition of the groups with an argument for which `test` is true.
fn has_argument(index: &Index, test: impl Fn(&Argument, Kind) -> bool) -> Condition {
    condition::of_groups(index.api, |group| {
        arguments_of(group).any(|(argument, kind)| test(argument, kind))
    })
}

/// Returns the condition of the groups that check a limit of this kind.
pub(super) fn rule(index: &Index, is_it: fn(Rule) -> bool) -> Condition {
    let has_rule = |checks: &[Check]| checks.iter().any(|check| is_it(check.rule));
    let of_models = sends_model(index, |model| {
        model.fields().iter().any(|field| has_rule(&field.checks))
    });
    let of_arguments = has_argument(index, |argument, kind| {
        let is_checked = |rule| !matches!(kind, Kind::Uploads) || checks::limits_count(rule);
        let mut checks = argument.checks.iter();
        checks.any(|check| is_checked(check.rule) && is_it(check.rule))
    });
    of_models.or(of_arguments)
}

/// Returns the condition of the groups that send a model with checked fields.
pub(super) fn model_checks(index: &Index) -> Condition {
    sends_model(index, |model| {
        let mut fields = model.fields().iter();
        fields.any(|field| !field.checks.is_empty() || index.analysis.is_checked(&field.ty))
    })
}

/// Returns the condition of the groups that check each item of a list or each value of a map.
pub(super) fn each(index: &Index) -> Condition {
    let is_checked = |ty: &Type, checks: &[Check]| {
        is_iterated(ty)
            && (index.analysis.is_checked(ty)
                || checks.iter().any(|check| !checks::limits_count(check.rule)))
    };
    let of_models = sends_model(index, |model| {
        if let Shape::OneOf(choices) = &model.shape {
            return choices.iter().any(|choice| is_checked(&choice.ty, &[]));
        }
        let mut fields = model.fields().iter();
        fields.any(|field| is_checked(&field.ty, &field.checks))
    });
    let of_arguments = has_argument(index, |argument, kind| match kind {
        Kind::Items(ty) | Kind::BulkItems(ty) | Kind::Plain(ty) => is_checked(ty, &argument.checks),
        Kind::Upload | Kind::Uploads | Kind::Time(_) => false,
    });
    of_models.or(of_arguments)
}

/// True if a value of the type is checked item by item.
fn is_iterated(ty: &Type) -> bool {
    match ty {
        Type::List(_) | Type::Map(_) => true,
        Type::Option(some) => is_iterated(some),
        _ => false,
    }
}
