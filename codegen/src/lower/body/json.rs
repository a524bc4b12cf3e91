//! JSON request bodies.

use crate::ir::{Body, JsonKind, ParamLocation};
use crate::lower::body::arguments::BodyArguments;
use crate::lower::body::media_types::BodyMediaType;
use crate::lower::operation::lowering::OperationLowering;

impl<'a> OperationLowering<'a> {
    /// JSON body. A plain object has one argument per property, any other body is one argument.
    pub(in crate::lower) fn json_body(
        &mut self,
        json: &BodyMediaType<'a>,
        arguments: &mut BodyArguments<'_>,
    ) -> Body {
        let media_type = json.content_type();
        let schema = self.media_type_schema(json);
        let is_plain_object = schema.kind == Some(JsonKind::Object)
            && !schema.properties.is_empty()
            && schema.variants.is_empty()
            && schema.additional_properties.is_none()
            && !schema.nullable;
        if is_plain_object {
            self.property_arguments(&schema, ParamLocation::Property, arguments);
            return Body::Object(media_type);
        }
        let is_list = schema.kind == Some(JsonKind::Array) && !schema.nullable;
        self.whole_body(json, schema, arguments);
        if is_list {
            Body::Items(media_type)
        } else {
            Body::Json(media_type)
        }
    }
}
