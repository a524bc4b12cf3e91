//! Error responses of an operation that have a JSON type.

use openapiv3::SchemaKind;

use crate::ir::{ErrorResponse, Type};
use crate::lower::media::Reading;
use crate::lower::operation::OperationLowering;
use crate::lower::operation::operation_ref::Found;
use crate::lower::responses::Content;
use crate::lower::responses::statuses;
use crate::lower::responses::variants::shared_response;
use crate::lower::schema::component_name;
use crate::pointer::Pointer;

impl<'a> OperationLowering<'a> {
    /// Returns each type of an error response with the statuses that have it.
    pub(in crate::lower) fn faults(&mut self, found: &Found<'a>, hint: &str) -> Vec<ErrorResponse> {
        let at = found.at.key("responses");
        let responses = &found.operation.responses;
        let bad = responses.responses.iter();
        let bad = bad.filter(|(status, _)| !statuses::is_success(status));
        let mut bad: Vec<_> = bad
            .map(|(status, response)| (status.to_string(), response))
            .collect();
        // A `default` without a 2xx response describes the success.
        if responses.responses.keys().any(statuses::is_success) {
            let default = responses.default.iter();
            bad.extend(default.map(|response| ("default".to_owned(), response)));
        }
        let mut faults: Vec<ErrorResponse> = Vec::new();
        for (status, response) in bad {
            let Some((at, response)) = self.document.response(response, &at.key(&status)) else {
                continue;
            };
            let contents = self.contents(&at, response);
            let json = |content: &&Content<'a>| content.reading == Reading::Json;
            let Some(content) = contents.iter().find(json) else {
                continue;
            };
            let hint = shared_response(&at)
                .unwrap_or_else(|| format!("{hint} {}", statuses::variant(&status)));
            let Some(ty) = self.fault(content, &at, &hint) else {
                continue;
            };
            match faults.iter_mut().find(|fault| fault.ty == ty) {
                Some(fault) => fault.statuses.push(status),
                None => faults.push(ErrorResponse {
                    ty,
                    statuses: vec![status],
                }),
            }
        }
        faults
    }

    /// Returns the type of an error response.
    ///
    /// `None` if it is the envelope. `None` also for an inline composed schema: it would add types per operation, which
    /// few programs use.
    fn fault(&mut self, content: &Content<'a>, response: &Pointer, hint: &str) -> Option<Type> {
        if self.is_enveloped(content) {
            return None;
        }
        let schema = content.media.schema.as_ref()?;
        let view = self
            .types
            .resolver
            .resolve(schema, &content.at.key("schema"));
        let is_composed = schema
            .as_item()
            .is_some_and(|schema| !matches!(schema.schema_kind, SchemaKind::Type(_)));
        let is_named = component_name(&view.at).is_some() || shared_response(response).is_some();
        if is_composed && !is_named {
            return None;
        }
        let ty = self.types.type_of(&view, hint);
        matches!(ty, Type::Model(_)).then_some(ty)
    }
}
