//! JSON request bodies.

use crate::ir::{Body, JsonKind, ParamLocation};
use crate::lower::body::lowering::BodyLowering;
use crate::lower::body::media_types::BodyMediaType;

impl<'a> BodyLowering<'_, 'a> {
    /// JSON body. A plain object has one argument per property, any other body is one argument.
    pub(in crate::lower) fn json_body(&mut self, json: &BodyMediaType<'a>) -> Body {
        let media_type = json.content_type();
        let schema = json.schema(&self.context.types.resolver);
        let is_plain_object = schema.kind == Some(JsonKind::Object)
            && !schema.properties.is_empty()
            && schema.variants.is_empty()
            && schema.additional_properties.is_none()
            && !schema.nullable;
        if is_plain_object {
            self.property_arguments(&schema, ParamLocation::Property);
            return Body::Object(media_type);
        }
        let is_list = schema.kind == Some(JsonKind::Array) && !schema.nullable;
        self.whole_body(json, schema);
        if is_list {
            Body::Items(media_type)
        } else {
            Body::Json(media_type)
        }
    }
}
