//! Multipart form bodies.

use crate::diagnostic::Diagnostic;
use crate::ir::{Argument, Body, JsonKind, ParamLocation, Type};
use crate::lower::body::form_schema::{is_scalar, part_schema};
use crate::lower::body::lowering::BodyLowering;
use crate::lower::body::media_types::BodyMediaType;
use crate::lower::context::Context;
use crate::lower::schema::{Property, ResolvedSchema};
use crate::media_type::{allows_json, essence};

impl<'a> BodyLowering<'_, 'a> {
    /// Multipart form. If the document also has a raw media type, a lone binary part is sent raw.
    pub(in crate::lower) fn form_body(
        &mut self,
        form: &BodyMediaType<'a>,
        raw: Option<&BodyMediaType<'a>>,
    ) -> Body {
        let schema = form.form_schema(&self.context.types.resolver);
        if schema.properties.is_empty() {
            if let Some(raw) = raw {
                return self.raw_body(raw);
            }
            let text = "the form has no properties; no body is sent";
            let help = "describe its parts under `properties` of its schema";
            let diagnostic = Diagnostic::warning("form-without-properties", &form.at, text);
            self.context.report(diagnostic.at_key().help(help));
            return Body::None;
        }
        let lone_part = self.lone_binary_part(form, &schema);
        self.property_arguments(&schema, ParamLocation::Part);
        self.encode_parts(form, &schema);
        let media_type = form.multipart_type();
        let raw = raw.filter(|_| lone_part.is_some() && media_type.is_none());
        for argument in &mut self.arguments {
            if raw.is_some() && lone_part == Some(argument.wire_name.as_str()) {
                argument.location = ParamLocation::Body;
            }
        }
        Body::Form {
            raw: raw.map(|raw| raw.name.to_owned()),
            media_type,
        }
    }

    /// Returns the only required part, if it is one piece of binary content.
    fn lone_binary_part(
        &self,
        form: &BodyMediaType<'a>,
        schema: &ResolvedSchema<'a>,
    ) -> Option<&'a str> {
        let properties = schema.properties.iter();
        let mut required = properties.filter(|(_, property)| property.required);
        let (wire_name, property) = required.next()?;
        let resolver = &self.context.types.resolver;
        let is_list = resolver.resolve_property(property).kind == Some(JsonKind::Array);
        let is_lone = required.next().is_none()
            && !is_list
            && form.is_binary_part(resolver, wire_name, property);
        is_lone.then_some(*wire_name)
    }

    /// Applies the `encoding` of a multipart form to its arguments.
    fn encode_parts(&mut self, form: &BodyMediaType<'a>, schema: &ResolvedSchema<'a>) {
        self.check_encodings(form, schema);
        for argument in &mut self.arguments {
            if let Some(property) = schema.properties.get(argument.wire_name.as_str()) {
                form.apply_style(argument);
                encode_part(self.context, form, property, argument);
            }
        }
    }
}

/// Sets the media type of a part and, for binary and text parts, its type.
fn encode_part<'a>(
    context: &mut Context<'a>,
    form: &BodyMediaType<'a>,
    property: &Property<'a>,
    argument: &mut Argument,
) {
    let resolver = &context.types.resolver;
    let media_type = form.part_media_type(&argument.wire_name);
    let part = part_schema(resolver, property);
    if form.is_binary_part(resolver, &argument.wire_name, property) {
        argument.ty = part_argument_type(&argument.ty, Type::Bytes);
    } else if part.is_untyped()
        && media_type.is_some_and(|media_type| essence(media_type).starts_with("text/"))
    {
        argument.ty = part_argument_type(&argument.ty, Type::String);
    } else if let Some(media_type) = media_type
        && !allows_json(media_type)
        && !is_scalar(resolver, &part)
    {
        let wire_name = &argument.wire_name;
        let text = format!(
            "the part `{wire_name}` is sent as JSON: an object or a list cannot be encoded as `{media_type}`"
        );
        let at = form.at.key("encoding").key(wire_name).key("contentType");
        context.report_once(Diagnostic::warning("part-sent-as-json", &at, text));
        return;
    }
    argument.media_type = media_type.map(str::to_owned);
}

/// Returns the type of an argument whose parts have type `part`: a list has several parts. Parts are never null.
fn part_argument_type(ty: &Type, part: Type) -> Type {
    match ty {
        Type::List(_) => Type::List(Box::new(part)),
        _ => part,
    }
}
