//! Request body of an operation.

use openapiv3::RequestBody;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::ir::{Argument, Body, ParamLocation};
use crate::lower::body::lowering::BodyLowering;
use crate::lower::body::media_types::BodyMediaTypes;
use crate::lower::context::Context;
use crate::lower::operation_ref::OperationRef;
use crate::lower::schema::ResolvedSchema;
use crate::names::Scope;
use crate::pointer::Pointer;

/// The lowered request body of an operation.
#[derive(Default)]
pub(in crate::lower) struct LoweredBody {
    pub(in crate::lower) encoding: Body,
    pub(in crate::lower) arguments: Vec<Argument>,
    pub(in crate::lower) is_required: bool,
}

/// Returns the encoding of the request body and its arguments. `scope` contains the names of the other arguments.
pub(in crate::lower) fn lower_body<'a>(
    context: &mut Context<'a>,
    operation_ref: &OperationRef<'a>,
    scope: &mut Scope,
    name_hint: &str,
) -> LoweredBody {
    let Some((at, target, body)) = request_body(context.document, operation_ref) else {
        return LoweredBody::default();
    };
    let resolver = &context.types.resolver;
    let media_types = BodyMediaTypes::new(resolver, &body.content, &target.key("content"));
    let mut lowering = BodyLowering {
        context,
        locations: [&at, &target],
        arguments: Vec::new(),
        scope,
        name_hint,
    };
    let Some(encoding) = lowering.encoding(&media_types) else {
        let text = "the request body has no media type; no body is sent";
        let diagnostic = Diagnostic::warning("body-without-media-type", &target, text);
        context.report(diagnostic.at_key().help("add a media type under `content`"));
        return LoweredBody {
            is_required: body.required,
            ..LoweredBody::default()
        };
    };
    lowering.warn_about_unused_media_types(&media_types, &encoding);
    let mut arguments = lowering.arguments;
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
    LoweredBody {
        encoding,
        arguments,
        is_required: body.required,
    }
}

impl<'a> BodyLowering<'_, 'a> {
    /// Selects a media type, in this order: JSON, multipart form, URL-encoded form, other content.
    fn encoding(&mut self, media_types: &BodyMediaTypes<'a>) -> Option<Body> {
        let BodyMediaTypes {
            json,
            form,
            url_encoded,
            raw,
            ..
        } = media_types;
        if let Some(json) = json {
            Some(self.json_body(json))
        } else if let Some(form) = form {
            Some(self.form_body(form, raw.as_ref()))
        } else if let Some(form) = url_encoded {
            Some(self.url_encoded_body(form))
        } else {
            let raw = raw.as_ref()?;
            Some(self.raw_body(raw))
        }
    }
}

/// Returns the schema of a JSON request body.
pub(in crate::lower) fn json_body_schema<'a>(
    context: &Context<'a>,
    operation_ref: &OperationRef<'a>,
) -> Option<ResolvedSchema<'a>> {
    let resolver = &context.types.resolver;
    let (_, target, body) = request_body(context.document, operation_ref)?;
    let media_types = BodyMediaTypes::new(resolver, &body.content, &target.key("content"));
    let json = media_types.json?;
    let schema = json.object.schema.as_ref()?;
    Some(resolver.resolve(schema, &json.at.key("schema")))
}

/// Returns the request body object, with its location in the operation and the location of its definition.
pub(in crate::lower) fn request_body<'a>(
    document: &'a Document,
    operation_ref: &OperationRef<'a>,
) -> Option<(Pointer, Pointer, &'a RequestBody)> {
    let at = operation_ref.at.key("requestBody");
    let body = operation_ref.operation.request_body.as_ref()?;
    let (target, body) = document.request_body(body, &at)?;
    Some((at, target, body))
}
