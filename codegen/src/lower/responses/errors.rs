//! Error responses of an operation that have a JSON type.

use openapiv3::{ReferenceOr, Response, SchemaKind};

use crate::ir::{ErrorResponse, Type};
use crate::lower::operation_ref::OperationRef;
use crate::lower::responses::content_kind::{self, ContentKind};
use crate::lower::responses::lowering::ResponseLowering;
use crate::lower::responses::response::{ResponseContent, component_response_name};
use crate::lower::responses::statuses;
use crate::lower::schema::component_name;
use crate::pointer::Pointer;

impl<'a> ResponseLowering<'_, 'a> {
    /// Returns each type of an error response with the statuses that have it.
    pub(in crate::lower) fn error_responses(&mut self) -> Vec<ErrorResponse> {
        let at = self.operation_ref.at.key("responses");
        let mut errors: Vec<ErrorResponse> = Vec::new();
        for (status, response) in responses_of_error(self.operation_ref) {
            let Some((at, response)) = self.context.document.response(response, &at.key(&status))
            else {
                continue;
            };
            let component = component_response_name(&at);
            let name_hint = component.unwrap_or_else(|| {
                format!("{} {}", self.name_hint, statuses::variant_name(&status))
            });
            let contents = self.contents(&at, response);
            let json = contents.iter().filter(|it| it.kind == ContentKind::Json);
            for (index, content) in json.enumerate() {
                let media_type = content_kind::variant_name(content.name, content.kind);
                let name_hint = match index {
                    0 => name_hint.clone(),
                    _ => format!("{name_hint} {media_type}"),
                };
                if let Some(ty) = self.error_type(content, &at, &name_hint) {
                    add(&mut errors, ty, &status);
                }
            }
        }
        errors
    }

    /// Returns the type of an error response.
    ///
    /// `None` if it is the envelope. `None` also for an inline composed schema: it would add types per operation, which
    /// few programs use.
    fn error_type(
        &mut self,
        content: &ResponseContent<'a>,
        response: &Pointer,
        name_hint: &str,
    ) -> Option<Type> {
        if self.is_enveloped(content) {
            return None;
        }
        let schema = content.object.schema.as_ref()?;
        let resolved = self
            .context
            .types
            .resolver
            .resolve(schema, &content.at.key("schema"));
        let is_composed = schema
            .as_item()
            .is_some_and(|schema| !matches!(schema.schema_kind, SchemaKind::Type(_)));
        let is_named =
            component_name(&resolved.at).is_some() || component_response_name(response).is_some();
        if is_composed && !is_named {
            return None;
        }
        let ty = self.context.types.type_of(&resolved, name_hint);
        matches!(ty, Type::Model(_)).then_some(ty)
    }
}

/// Adds a type with one of its statuses.
fn add(errors: &mut Vec<ErrorResponse>, ty: Type, status: &str) {
    match errors.iter_mut().find(|error| error.ty == ty) {
        Some(error) if error.statuses.iter().any(|known| known == status) => {}
        Some(error) => error.statuses.push(status.to_owned()),
        None => errors.push(ErrorResponse {
            ty,
            statuses: vec![status.to_owned()],
        }),
    }
}

/// Returns the responses of an operation that describe errors, with their statuses.
pub(in crate::lower) fn responses_of_error<'a>(
    operation_ref: &OperationRef<'a>,
) -> Vec<(String, &'a ReferenceOr<Response>)> {
    let responses = &operation_ref.operation.responses;
    let errors = responses.responses.iter();
    let mut errors: Vec<_> = errors
        .filter(|(status, _)| !statuses::is_success(status))
        .map(|(status, response)| (status.to_string(), response))
        .collect();
    // A `default` without a 2xx response describes the success.
    if responses.responses.keys().any(statuses::is_success) {
        let default = responses.default.iter();
        errors.extend(default.map(|response| ("default".to_owned(), response)));
    }
    errors
}
