//! Multipart form bodies.

use crate::diagnostic::Diagnostic;
use crate::ir::{Argument, Body, JsonKind, ParamLocation, Type};
use crate::lower::body::arguments::BodyArguments;
use crate::lower::body::media_types::BodyMediaType;
use crate::lower::operation::lowering::OperationLowering;
use crate::lower::schema::{Property, ResolvedSchema};
use crate::media_type::{allows_json, essence, is_opaque};

impl<'a> OperationLowering<'a> {
    /// Multipart form. If the document also has a raw media type, a lone binary part is sent raw.
    pub(in crate::lower) fn form_body(
        &mut self,
        form: &BodyMediaType<'a>,
        raw: Option<&BodyMediaType<'a>>,
        arguments: &mut BodyArguments<'_>,
    ) -> Body {
        let schema = self.form_schema(form);
        if schema.properties.is_empty() {
            if let Some(raw) = raw {
                return self.raw_body(raw, arguments);
            }
            let text = "the form has no properties; no body is sent";
            let help = "describe its parts under `properties` of its schema";
            let diagnostic = Diagnostic::warning("form-without-properties", &form.at, text);
            self.report(diagnostic.at_key().help(help));
            return Body::None;
        }
        let lone_part = self.lone_binary_part(form, &schema);
        self.property_arguments(&schema, ParamLocation::Part, arguments);
        self.encode_parts(form, &schema, &mut arguments.arguments);
        let media_type = form.multipart_type();
        let raw = raw.filter(|_| lone_part.is_some() && media_type.is_none());
        for argument in &mut arguments.arguments {
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
        let is_list = self.types.resolver.resolve_property(property).kind == Some(JsonKind::Array);
        let is_lone =
            required.next().is_none() && !is_list && self.is_binary_part(form, wire_name, property);
        is_lone.then_some(*wire_name)
    }

    /// Returns the schema of a form. A form is flat, so the properties of all union variants become parts.
    fn form_schema(&self, form: &BodyMediaType<'a>) -> ResolvedSchema<'a> {
        let mut schema = self.media_type_schema(form);
        let variants = schema.variants.iter();
        let variants: Vec<ResolvedSchema<'a>> = variants
            .map(|(at, variant)| self.types.resolver.resolve(*variant, at))
            .collect();
        let is_always_required = |wire_name: &str| {
            let is_required = |variant: &ResolvedSchema<'a>| {
                let property = variant.properties.get(wire_name);
                property.is_some_and(|property| property.required)
            };
            variants.iter().all(is_required)
        };
        for variant in &variants {
            for (wire_name, property) in &variant.properties {
                let part = schema.properties.entry(wire_name);
                let part = part.or_insert_with(|| property.clone());
                part.required = is_always_required(wire_name);
            }
        }
        schema
    }

    /// Applies the `encoding` of a multipart form to its arguments.
    fn encode_parts(
        &mut self,
        form: &BodyMediaType<'a>,
        schema: &ResolvedSchema<'a>,
        arguments: &mut [Argument],
    ) {
        self.check_encodings(form, schema);
        for argument in arguments {
            if let Some(property) = schema.properties.get(argument.wire_name.as_str()) {
                form.apply_style(argument);
                self.encode_part(form, property, argument);
            }
        }
    }

    /// Sets the media type of a part and, for binary and text parts, its type.
    fn encode_part(
        &mut self,
        form: &BodyMediaType<'a>,
        property: &Property<'a>,
        argument: &mut Argument,
    ) {
        let media_type = form.part_media_type(&argument.wire_name);
        let part = self.part_schema(property);
        if self.is_binary_part(form, &argument.wire_name, property) {
            argument.ty = part_argument_type(&argument.ty, Type::Bytes);
        } else if part.is_untyped()
            && media_type.is_some_and(|media_type| essence(media_type).starts_with("text/"))
        {
            argument.ty = part_argument_type(&argument.ty, Type::String);
        } else if let Some(media_type) = media_type
            && !allows_json(media_type)
            && !self.is_scalar(&part)
        {
            let wire_name = &argument.wire_name;
            let text = format!(
                "the part `{wire_name}` is sent as JSON: an object or a list cannot be encoded as `{media_type}`"
            );
            let at = form.at.key("encoding").key(wire_name).key("contentType");
            self.report_once(Diagnostic::warning("part-sent-as-json", &at, text));
            return;
        }
        argument.media_type = media_type.map(str::to_owned);
    }

    /// True if a part of a form is binary content.
    pub(in crate::lower) fn has_binary_part(&self, form: &BodyMediaType<'a>) -> bool {
        let schema = self.form_schema(form);
        let mut properties = schema.properties.iter();
        properties.any(|(wire_name, property)| self.is_binary_part(form, wire_name, property))
    }

    /// True if a part of a form, or each of its items, is binary content.
    fn is_binary_part(
        &self,
        form: &BodyMediaType<'a>,
        wire_name: &str,
        property: &Property<'a>,
    ) -> bool {
        let part = self.part_schema(property);
        if part.is_binary() {
            return true;
        }
        let may_be_binary = part.is_untyped()
            || (part.kind == Some(JsonKind::String) && part.format.as_deref() != Some("byte"));
        let encoding = form.object.encoding.get(wire_name);
        let media_types = encoding.and_then(|encoding| encoding.content_type.as_ref());
        may_be_binary
            && part.enum_values.is_empty()
            && media_types.is_some_and(|media_types| media_types.split(',').all(is_opaque))
    }

    /// Returns the schema of a part. A list has one part per item, so this is the schema of an item.
    fn part_schema(&self, property: &Property<'a>) -> ResolvedSchema<'a> {
        let schema = self.types.resolver.resolve_property(property);
        let items = schema.items.clone();
        items.map_or(schema, |(at, items)| {
            self.types.resolver.resolve(items, &at)
        })
    }

    /// True if a value of this schema is a scalar.
    fn is_scalar(&self, schema: &ResolvedSchema<'a>) -> bool {
        let mut variants = schema.variants.iter();
        match schema.kind {
            Some(kind) => is_scalar_kind(kind),
            None if schema.variants.is_empty() => !schema.enum_values.is_empty(),
            None => variants.all(|(at, variant)| {
                let kind = self.types.resolver.resolve(*variant, at).kind;
                kind.is_some_and(is_scalar_kind)
            }),
        }
    }
}

fn is_scalar_kind(kind: JsonKind) -> bool {
    !matches!(kind, JsonKind::Array | JsonKind::Object)
}

/// Returns the type of an argument whose parts have type `part`: a list has several parts. Parts are never null.
fn part_argument_type(ty: &Type, part: Type) -> Type {
    match ty {
        Type::List(_) => Type::List(Box::new(part)),
        _ => part,
    }
}
