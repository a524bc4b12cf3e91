//! Result type of an operation, from its success responses.

use crate::ir::{Shape, Success, Type};
use crate::lower::responses::content_kind::ContentKind;
use crate::lower::responses::lowering::ResponseLowering;
use crate::lower::responses::response::{BodyType, ResponseContent, SuccessResponse};
use crate::lower::schema::ResolvedSchema;

impl<'a> ResponseLowering<'_, 'a> {
    /// Returns the result type of an operation.
    pub(in crate::lower) fn success(&mut self, responses: &[SuccessResponse<'a>]) -> Success {
        let mut with_content = responses
            .iter()
            .filter_map(|response| Some((response, response.content.as_ref()?)));
        let Some((response, content)) = with_content.next() else {
            return Success::Nothing;
        };
        let body_types = distinct_body_types(responses);
        let has_one_type = has_one_type(&body_types);
        let is_json = content.kind == ContentKind::Json;
        if is_json && (has_one_type || self.is_enveloped(content)) {
            return self.json_result(content);
        }
        if !has_one_type {
            return self.response_variants(responses, &body_types);
        }
        match content.kind {
            ContentKind::Text => Success::Text,
            _ => self.binary_result(response, content),
        }
    }

    /// Returns a binary result. It has a model if the response has headers.
    fn binary_result(
        &mut self,
        response: &SuccessResponse<'a>,
        content: &ResponseContent<'a>,
    ) -> Success {
        let headers = self.headers_with_accessor(response.response, &response.at);
        if headers.is_empty() {
            return Success::Binary { model: None };
        }
        let mut chain = vec![response.at.clone()];
        if let Some(schema) = &content.object.schema {
            let schema = self
                .context
                .types
                .resolver
                .resolve(schema, &content.at.key("schema"));
            chain.extend(schema.ref_chain().cloned());
        }
        let mut schema = ResolvedSchema::empty(&content.at, chain);
        schema.set_description(Some(&response.response.description));
        let name_hint = format!("{} response", self.name_hint);
        let shape = Shape::Binary(headers);
        match self.context.types.model(&schema, &name_hint, |_, _| shape) {
            Type::Model(model) => Success::Binary { model: Some(model) },
            _ => Success::Binary { model: None },
        }
    }
}

fn distinct_body_types(responses: &[SuccessResponse<'_>]) -> Vec<BodyType> {
    let mut body_types = Vec::new();
    for body_type in responses.iter().map(SuccessResponse::body_type) {
        if !body_types.contains(&body_type) {
            body_types.push(body_type);
        }
    }
    body_types
}

/// True if one result type is enough. A response without body is an empty binary result if the other one is binary.
fn has_one_type(body_types: &[BodyType]) -> bool {
    match body_types {
        [_] => true,
        [_, _] => body_types.contains(&BodyType::Binary) && body_types.contains(&BodyType::Nothing),
        _ => false,
    }
}
