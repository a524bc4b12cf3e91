//! Collects the success responses of an operation with the content that the client can decode.

use openapiv3::{ReferenceOr, Response};

use crate::lower::operation_ref::OperationRef;
use crate::lower::responses::content_kind::{ContentKind, content_kind, is_json_alternative};
use crate::lower::responses::lowering::ResponseLowering;
use crate::lower::responses::response::{ResponseContent, SuccessResponse, SuccessResponses};
use crate::lower::responses::statuses;
use crate::media_type::essence;
use crate::pointer::Pointer;

impl<'a> ResponseLowering<'_, 'a> {
    /// Returns the 2xx responses, else the `default` response.
    pub(in crate::lower) fn success_responses(&self) -> SuccessResponses<'a> {
        let operation_ref = self.operation_ref;
        let at = operation_ref.at.key("responses");
        let mut responses = SuccessResponses::default();
        for (status, response) in responses_of_success(operation_ref) {
            let Some((at, response)) = self.context.document.response(response, &at.key(&status))
            else {
                continue;
            };
            let contents = if operation_ref.http_method == "HEAD" {
                Vec::new()
            } else {
                self.contents(&at, response)
            };
            let (events, others): (Vec<_>, Vec<_>) = contents
                .into_iter()
                .partition(|content| content.kind == ContentKind::Events);
            responses.has_events |= !events.is_empty();
            // An event stream may be endless, so `send` uses another media type if there is one.
            let contents = if others.is_empty() { events } else { others };
            let response = |content| SuccessResponse {
                status: status.clone(),
                at: at.clone(),
                response,
                content,
            };
            if contents.is_empty() {
                responses.all.push(response(None));
            }
            let contents = contents.into_iter().map(Some);
            responses.all.extend(contents.map(response));
        }
        responses
    }

    /// Returns the media types of a response, JSON first. Alternatives to JSON with the same schema are omitted.
    pub(in crate::lower) fn contents(
        &self,
        at: &Pointer,
        response: &'a Response,
    ) -> Vec<ResponseContent<'a>> {
        let mut contents: Vec<ResponseContent<'a>> = Vec::new();
        let mut alternatives = Vec::new();
        for (name, object) in &response.content {
            let at = at.key("content").key(name);
            let schema = object.schema.as_ref();
            let schema = schema.map(|schema| {
                self.context
                    .types
                    .resolver
                    .resolve(schema, &at.key("schema"))
            });
            let content = ResponseContent {
                at,
                name,
                object,
                kind: content_kind(name, schema.as_ref()),
            };
            if contents.iter().any(|it| essence(it.name) == essence(name)) {
                continue;
            }
            let is_events = content.kind == ContentKind::Events;
            if !is_events && is_json_alternative(name, schema.as_ref()) {
                alternatives.push(content);
            } else {
                contents.push(content);
            }
        }
        contents.sort_by_key(|content| match essence(content.name).as_str() {
            "application/json" => 0,
            _ if content.kind == ContentKind::Json => 1,
            _ => 2,
        });
        if !contents.iter().any(|it| it.kind == ContentKind::Json) {
            contents.extend(alternatives);
        }
        contents
    }
}

/// Returns the 2xx responses of an operation with their statuses, else the `default` response.
fn responses_of_success<'a>(
    operation_ref: &OperationRef<'a>,
) -> Vec<(String, &'a ReferenceOr<Response>)> {
    let responses = &operation_ref.operation.responses;
    let successes = responses.responses.iter();
    let successes: Vec<_> = successes
        .filter(|(status, _)| statuses::is_success(status))
        .map(|(status, response)| (status.to_string(), response))
        .collect();
    if !successes.is_empty() {
        return successes;
    }
    let default = responses.default.iter();
    default
        .map(|response| ("default".to_owned(), response))
        .collect()
}
