//! Request body of an operation.

use crate::diagnostic::Diagnostic;
use crate::ir::{Argument, Body, ParamLocation};
use crate::lower::body::arguments::BodyArguments;
use crate::lower::body::media_types::BodyMediaTypes;
use crate::lower::operation::lowering::OperationLowering;
use crate::lower::operation::operation_ref::OperationRef;
use crate::lower::schema::ResolvedSchema;
use crate::names::Scope;
use crate::pointer::Pointer;

impl<'a> OperationLowering<'a> {
    /// Returns the encoding of the request body and its arguments.
    pub(in crate::lower) fn body(
        &mut self,
        operation_ref: &OperationRef<'a>,
        scope: &mut Scope,
        name_hint: &str,
    ) -> (Body, Vec<Argument>) {
        let Some((at, target, body)) = self.request_body(operation_ref) else {
            return (Body::None, Vec::new());
        };
        let media_types = BodyMediaTypes::new(self, &body.content, &target.key("content"));
        let mut arguments = BodyArguments {
            locations: [&at, &target],
            arguments: Vec::new(),
            scope,
            name_hint,
        };
        let Some(encoding) = self.body_encoding(&media_types, &mut arguments) else {
            let text = "the request body has no media type; no body is sent";
            let diagnostic = Diagnostic::warning("body-without-media-type", &target, text);
            self.report(diagnostic.at_key().help("add a media type under `content`"));
            return (Body::None, Vec::new());
        };
        self.warn_about_unused_media_types(&media_types, &encoding);
        let mut arguments = arguments.arguments;
        for argument in &mut arguments {
            let is_whole_body =
                argument.location == ParamLocation::Body && !matches!(encoding, Body::Form { .. });
            argument.required_if_body = argument.required && !body.required && !is_whole_body;
            argument.required &= body.required;
            if argument.docs.is_empty() {
                let description = body.description.as_deref();
                description
                    .unwrap_or_default()
                    .clone_into(&mut argument.docs);
            }
        }
        let encoding = match encoding {
            // Without a required body, no argument means no body, not an empty object.
            Body::Object(name) if !body.required => Body::Json(name),
            encoding => encoding,
        };
        (encoding, arguments)
    }

    /// Selects a media type, in this order: JSON, multipart form, URL-encoded form, other content.
    fn body_encoding(
        &mut self,
        media_types: &BodyMediaTypes<'a>,
        arguments: &mut BodyArguments<'_>,
    ) -> Option<Body> {
        let BodyMediaTypes {
            json,
            form,
            url_encoded,
            raw,
            ..
        } = media_types;
        if let Some(json) = json {
            Some(self.json_body(json, arguments))
        } else if let Some(form) = form {
            Some(self.form_body(form, raw.as_ref(), arguments))
        } else if let Some(form) = url_encoded {
            Some(self.url_encoded_body(form, arguments))
        } else {
            let raw = raw.as_ref()?;
            Some(self.raw_body(raw, arguments))
        }
    }

    /// Returns the schema of a JSON request body.
    pub(in crate::lower) fn json_body_schema(
        &self,
        operation_ref: &OperationRef<'a>,
    ) -> Option<ResolvedSchema<'a>> {
        let (_, target, body) = self.request_body(operation_ref)?;
        let media_types = BodyMediaTypes::new(self, &body.content, &target.key("content"));
        let json = media_types.json?;
        let schema = json.object.schema.as_ref()?;
        Some(self.types.resolver.resolve(schema, &json.at.key("schema")))
    }

    /// Returns the request body object, with its location in the operation and the location of its definition.
    pub(in crate::lower) fn request_body(
        &self,
        operation_ref: &OperationRef<'a>,
    ) -> Option<(Pointer, Pointer, &'a openapiv3::RequestBody)> {
        let at = operation_ref.at.key("requestBody");
        let body = operation_ref.operation.request_body.as_ref()?;
        let (target, body) = self.document.request_body(body, &at)?;
        Some((at, target, body))
    }
}
