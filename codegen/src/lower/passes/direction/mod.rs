//! Marks models as sent or received, by a walk from the operations and webhooks.

#[cfg(test)]
mod tests;

use crate::ir::{Access, Body, Group, Model, ParamLocation, Shape, Success, Type, Webhook};

/// Marks the models that are part of a request and those that are part of a response.
pub(in crate::lower) fn mark(models: &mut [Model], groups: &[Group], webhooks: &[Webhook]) {
    for operation in groups.iter().flat_map(|group| &group.operations) {
        for argument in &operation.arguments {
            let sent =
                !matches!(argument.location, ParamLocation::Body) || operation.body != Body::None;
            if sent {
                mark_type(&argument.ty, true, models);
            }
        }
        match &operation.success {
            Success::Json { ty, .. } | Success::Page { item: ty, .. } => {
                mark_type(ty, false, models);
            }
            Success::ByArgument { model, .. } | Success::Binary { model: Some(model) } => {
                mark_type(&Type::Model(*model), false, models);
            }
            Success::Variants { output, .. } => mark_type(output, false, models),
            Success::Binary { model: None } | Success::Nothing | Success::Text => {}
        }
        for fault in &operation.error_responses {
            mark_type(&fault.ty, false, models);
        }
    }
    for webhook in webhooks {
        mark_type(&webhook.ty, false, models);
    }
    loosen(models);
}

/// Makes read-only properties of sent models and write-only properties of received models optional.
fn loosen(models: &mut [Model]) {
    for model in models {
        let (sent, received) = (model.in_request, model.in_response);
        if let Shape::Struct(fields) = &mut model.shape {
            for field in fields {
                field.required &= match field.access {
                    Some(Access::ReadOnly) => !sent,
                    Some(Access::WriteOnly) => !received,
                    None => true,
                };
            }
        }
    }
}

fn mark_type(ty: &Type, sent: bool, models: &mut [Model]) {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Option(inner) => {
            mark_type(inner, sent, models);
        }
        Type::Model(id) | Type::Boxed(id) => {
            let Some(model) = models.get_mut(id.0) else {
                return;
            };
            let mark = if sent {
                &mut model.in_request
            } else {
                &mut model.in_response
            };
            if std::mem::replace(mark, true) {
                return;
            }
            let parts: Vec<Type> = model.shape.types().into_iter().cloned().collect();
            for ty in parts {
                mark_type(&ty, sent, models);
            }
        }
        _ => {}
    }
}
