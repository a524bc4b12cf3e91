//! The facts of an API that decide which parts of the runtime its crate needs.

use crate::emit::argument::{self, Kind};
use crate::emit::checks;
use crate::emit::condition::{self, Condition};
use crate::emit::index::Index;
use crate::emit::operation::is_plain_json;
use crate::ir::{
    Argument, Body, Check, Content, CredentialLocation, Group, Model, NullResult, Operation,
    ParamLocation, Rule, Shape, Style, Success, Type,
};

fn operations<'a>(index: &Index<'a>) -> impl Iterator<Item = &'a Operation> {
    index.api.groups.iter().flat_map(|group| &group.operations)
}

fn has_operation(index: &Index, test: impl Fn(&Operation) -> bool) -> bool {
    operations(index).any(test)
}

fn has_model(index: &Index, test: impl Fn(&Model) -> bool) -> bool {
    index.api.models.iter().any(test)
}

/// Returns the arguments of all groups, with their kinds.
fn arguments<'a>(index: &Index<'a>) -> impl Iterator<Item = (&'a Argument, Kind<'a>)> {
    index.api.groups.iter().flat_map(arguments_of)
}

/// Returns the arguments of a group and of its operations, with their kinds.
fn arguments_of(group: &Group) -> impl Iterator<Item = (&Argument, Kind<'_>)> {
    let of_group = group.arguments.iter();
    let of_group = of_group.map(|argument| (argument, argument::kind(argument, &Body::None)));
    let of_operations = group.operations.iter().flat_map(|operation| {
        let arguments = operation.arguments.iter();
        arguments.map(|argument| (argument, argument::kind_in(argument, operation)))
    });
    of_group.chain(of_operations)
}

pub(super) fn allow_reserved(index: &Index) -> bool {
    arguments(index).any(|(argument, _)| argument.allow_reserved)
}

pub(super) fn argument_limits(index: &Index) -> bool {
    arguments(index).any(|(argument, _)| !argument.checks.is_empty())
}

pub(super) fn arrays(index: &Index) -> bool {
    arguments(index).any(|(_, kind)| matches!(kind, Kind::Items(_) | Kind::BulkItems(_)))
}

pub(super) fn base64(index: &Index) -> bool {
    has_operation(index, |operation| {
        let bulk = operation.bulk.as_ref();
        bulk.is_some_and(|bulk| bulk.base64.is_some())
    })
}

pub(super) fn binary(index: &Index) -> bool {
    has_operation(index, |operation| match &operation.success {
        Success::Binary { .. } => true,
        Success::Variants { cases, .. } => cases.iter().any(|case| case.content == Content::Binary),
        _ => false,
    })
}

pub(super) fn bulk(index: &Index) -> bool {
    has_operation(index, |operation| operation.bulk.is_some())
}

pub(super) fn client_credentials(index: &Index) -> bool {
    let mut credentials = index.api.credentials.iter();
    credentials.any(|credential| credential.client_credentials.is_some())
}

/// True if an argument or a credential is a cookie.
pub(super) fn cookies(index: &Index) -> bool {
    let credentials = index.api.credentials.iter();
    let mut secrets = credentials.flat_map(|credential| &credential.secrets);
    secrets.any(|secret| matches!(secret.location, CredentialLocation::Cookie(_)))
        || arguments(index).any(|(argument, _)| argument.location == ParamLocation::Cookie)
}

pub(super) fn downloads(index: &Index) -> bool {
    has_operation(index, |operation| operation.streamed)
}

pub(super) fn enums(index: &Index) -> bool {
    has_model(index, |model| matches!(model.shape, Shape::Enum(_)))
}

pub(super) fn closed_enums(index: &Index) -> bool {
    has_model(index, Model::is_closed_enum)
}

/// True if a model, an argument or a result has free-form JSON.
pub(super) fn json(index: &Index) -> bool {
    let is_json = |ty: &Type| ty.any(&|ty| *ty == Type::Json);
    let in_operation = |operation: &Operation| match &operation.success {
        Success::Json { ty, .. } | Success::Page { item: ty, .. } => is_json(ty),
        Success::ByArgument {
            if_false, if_true, ..
        } => is_json(&if_false.ty) || is_json(&if_true.ty),
        Success::Variants { output, cases } => {
            let mut types = cases.iter().filter_map(|case| case.content.ty());
            is_json(output) || types.any(is_json)
        }
        Success::Nothing | Success::Text | Success::Binary { .. } => false,
    };
    has_model(index, |model| model.shape.types().into_iter().any(is_json))
        || arguments(index).any(|(argument, _)| is_json(&argument.ty))
        || has_operation(index, in_operation)
}

/// Returns the condition of the handles with arguments from environment variables.
pub(super) fn environment(index: &Index) -> Condition {
    let handles = index.api.handles.iter();
    let handles = handles.filter(|handle| !handle.variables.is_empty());
    Condition::any(handles.map(|handle| Condition::of_handle(index.api, handle)))
}

/// True if a model is read from a JSON array without unknown properties.
pub(super) fn strict_json(index: &Index) -> bool {
    has_operation(index, |operation| {
        let bulk = operation.bulk.as_ref();
        bulk.is_some_and(|bulk| bulk.from_json)
    })
}

/// True if JSON with integers is read.
pub(super) fn integers(index: &Index) -> bool {
    let has_integer = |ty: &Type| ty.any(&Type::is_integer);
    let in_model = |model: &Model| match &model.shape {
        Shape::Struct(_) | Shape::OneOf(_) => model.shape.types().into_iter().any(has_integer),
        _ => false,
    };
    let in_operation = |operation: &Operation| match &operation.success {
        Success::Json {
            ty,
            enveloped,
            null,
        } => {
            let is_read = match null {
                _ if !enveloped => true,
                NullResult::Error => true,
                NullResult::Default => matches!(ty, Type::Option(_)),
                NullResult::Arguments(_) => false,
            };
            is_read && has_integer(ty)
        }
        Success::Variants { cases, .. } => {
            let mut types = cases.iter().filter_map(|reception| reception.content.ty());
            types.any(has_integer)
        }
        _ => false,
    };
    has_model(index, in_model) || has_operation(index, in_operation)
}

pub(super) fn json_operations(index: &Index) -> bool {
    has_operation(index, |operation| is_plain_json(&operation.success))
}

pub(super) fn max_body(index: &Index) -> bool {
    has_operation(index, |operation| operation.max_body.is_some())
}

pub(super) fn multipart(index: &Index) -> bool {
    has_operation(index, |operation| {
        matches!(operation.body, Body::Form { .. })
    })
}

/// True if something that is sent may be null.
pub(super) fn nullable(index: &Index) -> bool {
    let sent = index.api.models.iter().filter(|model| model.in_request);
    let fields = sent.flat_map(Model::fields).map(|field| &field.ty);
    let arguments = operations(index).flat_map(|operation| &operation.arguments);
    let mut types = fields.chain(arguments.map(|argument| &argument.ty));
    types.any(|ty| matches!(ty, Type::Option(_)))
}

pub(super) fn objects(index: &Index) -> bool {
    has_model(index, |model| matches!(model.shape, Shape::Struct(_)))
}

pub(super) fn optional(index: &Index) -> bool {
    has_operation(index, |operation| !operation.not_found_codes.is_empty())
}

pub(super) fn paging(index: &Index) -> bool {
    has_operation(index, |operation| {
        matches!(operation.success, Success::Page { .. })
    })
}

pub(super) fn required_if_body(index: &Index) -> bool {
    arguments(index).any(|(argument, _)| argument.required_if_body)
}

pub(super) fn responses(index: &Index) -> bool {
    has_operation(index, |operation| {
        matches!(operation.success, Success::Variants { .. })
    })
}

/// True if something that is sent is a time or a duration.
pub(super) fn seconds(index: &Index) -> bool {
    let sent = index.api.models.iter().filter(|model| model.in_request);
    let mut fields = sent.flat_map(Model::fields);
    fields.any(|field| field.unit.is_some())
        || arguments(index).any(|(argument, _)| argument.unit.is_some())
}

pub(super) fn styles(index: &Index) -> bool {
    arguments(index).any(|(argument, _)| argument.style != Style::Default)
}

pub(super) fn unions(index: &Index) -> bool {
    has_model(index, |model| matches!(model.shape, Shape::OneOf(_)))
}

/// True if a union is a single text, whatever its variant.
pub(super) fn union_display(index: &Index) -> bool {
    has_model(
        index,
        |model| matches!(&model.shape, Shape::OneOf(choices) if index.analysis.is_scalar_union(choices)),
    )
}

pub(super) fn url_encoded(index: &Index) -> bool {
    has_operation(index, |operation| operation.body == Body::UrlEncoded)
}

pub(super) fn uploads(index: &Index) -> bool {
    arguments(index).any(|(_, kind)| matches!(kind, Kind::Upload | Kind::Uploads))
}

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

/// True if a token can be sent as `Authorization: Bearer …`.
pub(super) fn tokens(index: &Index) -> bool {
    let credentials = index.api.credentials.iter();
    let mut secrets = credentials.filter_map(|credential| match &credential.secrets[..] {
        [secret] => Some(&secret.location),
        _ => None,
    });
    secrets.any(|location| *location == CredentialLocation::Bearer)
}
