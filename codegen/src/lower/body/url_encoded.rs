//! URL-encoded form bodies.

use crate::diagnostic::Diagnostic;
use crate::ir::{Body, JsonKind, ParamLocation, Style, Type};
use crate::lower::body::lowering::BodyLowering;
use crate::lower::body::media_types::BodyMediaType;
use crate::lower::schema::ResolvedSchema;
use crate::media_type::allows_json;

impl<'a> BodyLowering<'_, 'a> {
    /// URL-encoded form. A plain object has one argument per property, any other body is one argument.
    pub(in crate::lower) fn url_encoded_body(&mut self, form: &BodyMediaType<'a>) -> Body {
        let schema = form.schema(&self.context.types.resolver);
        if schema.kind == Some(JsonKind::Array) {
            let text = "a list cannot be sent as a URL-encoded form; no body is sent";
            self.context
                .report_once(Diagnostic::warning("form-of-list", &form.at, text).at_key());
            return Body::None;
        }
        if schema.properties.is_empty() || !schema.variants.is_empty() {
            self.whole_body(form, schema);
            return Body::UrlEncoded;
        }
        self.property_arguments(&schema, ParamLocation::Part);
        self.encode_pairs(form, &schema);
        Body::UrlEncoded
    }

    /// Applies the `encoding` of a URL-encoded form to its arguments.
    fn encode_pairs(&mut self, form: &BodyMediaType<'a>, schema: &ResolvedSchema<'a>) {
        self.check_encodings(form, schema);
        for argument in &mut self.arguments {
            form.apply_style(argument);
            let encoding = form.object.encoding.get(&argument.wire_name);
            argument.allow_reserved = encoding.is_some_and(|encoding| encoding.allow_reserved);
            let media_type = form.part_media_type(&argument.wire_name);
            // A string may contain JSON already.
            if media_type.is_some_and(allows_json) && argument.ty != Type::String {
                argument.style = Style::Json;
            }
        }
    }
}
