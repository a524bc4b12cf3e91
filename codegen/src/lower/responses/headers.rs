//! Response headers of success responses.

use openapiv3::{ParameterSchemaOrContent, Response};

use crate::ir::{Header, JsonKind, Success, Type};
use crate::lower::responses::lowering::ResponseLowering;
use crate::lower::responses::response::SuccessResponses;
use crate::lower::schema::ResolvedSchema;
use crate::names::{self, Scope};
use crate::pointer::Pointer;

impl<'a> ResponseLowering<'_, 'a> {
    /// Returns the headers of a response with names for their accessors.
    pub(in crate::lower) fn headers_with_accessor(
        &mut self,
        response: &'a Response,
        at: &Pointer,
    ) -> Vec<Header> {
        let mut scope = Scope::default();
        let mut headers = self.headers(response, at);
        for header in &mut headers {
            let at = at.key("headers").key(&header.wire_name);
            let name = names::snake(&header.wire_name, names::RESERVED_HEADERS);
            header.name = self.context.types.claim_field(name, &at, &mut scope);
        }
        headers
    }

    /// Returns the headers of all success responses. Empty if the result type has accessors for them.
    pub(in crate::lower) fn headers_without_accessor(
        &self,
        responses: &SuccessResponses<'a>,
        success: &Success,
    ) -> Vec<Header> {
        let mut headers: Vec<Header> = Vec::new();
        if matches!(success, Success::Binary { model: Some(_) }) {
            return headers;
        }
        for response in &responses.all {
            for header in self.headers(response.response, &response.at) {
                let is_same =
                    |other: &Header| other.wire_name.eq_ignore_ascii_case(&header.wire_name);
                if !headers.iter().any(is_same) {
                    headers.push(header);
                }
            }
        }
        headers
    }

    /// Returns the headers of a response, without names.
    fn headers(&self, response: &'a Response, at: &Pointer) -> Vec<Header> {
        let mut headers = Vec::new();
        for (wire_name, header) in &response.headers {
            let at = at.key("headers").key(wire_name);
            let Some((target, header)) = self.context.document.header(header, &at) else {
                continue;
            };
            let ParameterSchemaOrContent::Schema(schema) = &header.format else {
                continue;
            };
            let schema = self
                .context
                .types
                .resolver
                .resolve(schema, &target.key("schema"));
            let docs = header.description.as_deref().or(schema.description);
            headers.push(Header {
                name: String::new(),
                wire_name: wire_name.clone(),
                docs: docs.unwrap_or_default().to_owned(),
                ty: header_type(&schema),
            });
        }
        headers
    }
}

fn header_type(schema: &ResolvedSchema<'_>) -> Type {
    match schema.kind {
        Some(JsonKind::Integer) if schema.is_unsigned() => Type::UInt,
        Some(JsonKind::Integer) => Type::Int,
        Some(JsonKind::Number) => Type::Float,
        Some(JsonKind::Boolean) => Type::Bool,
        _ => Type::String,
    }
}
