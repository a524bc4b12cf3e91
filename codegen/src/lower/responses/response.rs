//! The success responses of an operation, as data.

use openapiv3::{MediaType, Response};
use serde_json::Value;

use crate::lower::responses::content_kind::ContentKind;
use crate::media_type::essence;
use crate::pointer::Pointer;

/// The success responses of an operation.
#[derive(Default)]
pub(in crate::lower) struct SuccessResponses<'a> {
    pub(in crate::lower) all: Vec<SuccessResponse<'a>>,
    /// True if a response is also available as an event stream.
    pub(in crate::lower) has_events: bool,
}

/// One success response: a status and one of its media types.
pub(in crate::lower) struct SuccessResponse<'a> {
    pub(in crate::lower) status: String,
    /// Location of the response object.
    pub(in crate::lower) at: Pointer,
    pub(in crate::lower) response: &'a Response,
    /// `None` if the response has no body.
    pub(in crate::lower) content: Option<ResponseContent<'a>>,
}

/// A response body of one media type.
pub(in crate::lower) struct ResponseContent<'a> {
    /// Location of the media type object.
    pub(in crate::lower) at: Pointer,
    /// Media type, as in `application/json`.
    pub(in crate::lower) name: &'a str,
    pub(in crate::lower) object: &'a MediaType,
    pub(in crate::lower) kind: ContentKind,
}

/// Type of a response body. Responses with equal types share one variant of the result.
#[derive(PartialEq, Eq)]
pub(in crate::lower) enum BodyType {
    Nothing,
    /// JSON with this schema, without descriptions.
    Json(Option<Value>),
    Text,
    Binary,
}

impl SuccessResponse<'_> {
    /// Returns the media type without parameters. Empty for a response without body.
    pub(in crate::lower) fn media_type(&self) -> String {
        let content = self.content.as_ref();
        content.map_or_else(String::new, |content| essence(content.name))
    }

    /// Returns the type of the body.
    pub(in crate::lower) fn body_type(&self) -> BodyType {
        let Some(content) = &self.content else {
            return BodyType::Nothing;
        };
        match content.kind {
            ContentKind::Json => {
                let schema = content.object.schema.as_ref();
                BodyType::Json(schema.and_then(|schema| {
                    let mut schema = serde_json::to_value(schema).ok()?;
                    remove_descriptions(&mut schema);
                    Some(schema)
                }))
            }
            ContentKind::Text => BodyType::Text,
            ContentKind::Binary | ContentKind::Events => BodyType::Binary,
        }
    }
}

/// Returns the name of a response in `components/responses`.
pub(in crate::lower) fn component_response_name(at: &Pointer) -> Option<String> {
    let responses = Pointer::root().key("components").key("responses");
    (at.parent()? == responses).then(|| at.last())
}

/// Removes titles, descriptions and examples from a schema. A property with such a name is an object and remains.
fn remove_descriptions(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.retain(|key, value| match key.as_str() {
                "title" | "description" => !value.is_string(),
                "example" => value.is_object() && value.get("type").is_some(),
                _ => true,
            });
            object.values_mut().for_each(remove_descriptions);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_descriptions),
        _ => {}
    }
}
