//! The facts of an API that decide which parts of the runtime its crate needs.

use super::argument_needs::arguments;
use crate::emit::condition::{self, Condition};
use crate::emit::index::Index;
use crate::emit::operation::is_plain_json;
use crate::ir::{
    Body, Content, CredentialLocation, Model, NullResult, Operation, Paging, ParamLocation, Shape,
    Success, Type,
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

/// True if a response is decoded with the value of an argument.
pub(super) fn argument_values(index: &Index) -> bool {
    has_operation(index, |operation| {
        matches!(
            operation.success,
            Success::ByArgument { .. }
                | Success::Page {
                    paging: Paging::Number(_),
                    ..
                }
                | Success::Json {
                    null: NullResult::Arguments(_),
                    ..
                }
        )
    })
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

/// Returns the condition of the code that reads integers.
pub(super) fn integers(index: &Index) -> Condition {
    reads(index, Type::has_integers)
}

/// Returns the condition of the code that reads lists or maps of integers.
pub(super) fn integer_lists(index: &Index) -> Condition {
    reads(index, |ty| {
        ty.any(&|ty| match ty {
            Type::List(item) | Type::Map(item) => item.has_integers(),
            _ => false,
        })
    })
}

/// Returns the condition of the code that reads JSON of a type for which `test` is true: models, which every crate
/// contains, or results of groups.
fn reads(index: &Index, test: impl Fn(&Type) -> bool) -> Condition {
    let in_model = |model: &Model| match &model.shape {
        Shape::Struct(_) | Shape::OneOf(_) => model.shape.types().into_iter().any(&test),
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
            is_read && test(ty)
        }
        Success::Variants { cases, .. } => {
            let mut types = cases.iter().filter_map(|case| case.content.ty());
            types.any(&test)
        }
        _ => false,
    };
    let of_operations = condition::of_groups(index.api, |group| {
        let mut operations = group.operations.iter();
        operations.any(&in_operation)
    });
    Condition::from(has_model(index, in_model)).or(of_operations)
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

/// True if a JSON object is also sent without properties.
pub(super) fn object_bodies(index: &Index) -> bool {
    has_operation(index, |operation| matches!(operation.body, Body::Object(_)))
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

pub(super) fn raw_bodies(index: &Index) -> bool {
    has_operation(index, |operation| matches!(operation.body, Body::Raw(_)))
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

/// True if a response is read as text.
pub(super) fn text(index: &Index) -> bool {
    has_operation(index, |operation| match &operation.success {
        Success::Text => true,
        Success::Variants { cases, .. } => cases.iter().any(|case| case.content == Content::Text),
        _ => false,
    })
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
