//! The schema of a form and of its parts.

use crate::ir::JsonKind;
use crate::lower::body::media_types::BodyMediaType;
use crate::lower::schema::{Property, ResolvedSchema, SchemaResolver};
use crate::media_type::is_opaque;

impl<'a> BodyMediaType<'a> {
    /// Returns the schema of a form. A form is flat, so the properties of all union variants become parts.
    pub(in crate::lower) fn form_schema(
        &self,
        resolver: &SchemaResolver<'a>,
    ) -> ResolvedSchema<'a> {
        let mut schema = self.schema(resolver);
        let variants = schema.variants.iter();
        let variants: Vec<ResolvedSchema<'a>> = variants
            .map(|(at, variant)| resolver.resolve(*variant, at))
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

    /// True if a part of a form is binary content.
    pub(in crate::lower) fn has_binary_part(&self, resolver: &SchemaResolver<'a>) -> bool {
        let schema = self.form_schema(resolver);
        let mut properties = schema.properties.iter();
        properties.any(|(wire_name, property)| self.is_binary_part(resolver, wire_name, property))
    }

    /// True if a part of a form, or each of its items, is binary content.
    pub(in crate::lower) fn is_binary_part(
        &self,
        resolver: &SchemaResolver<'a>,
        wire_name: &str,
        property: &Property<'a>,
    ) -> bool {
        let part = part_schema(resolver, property);
        if part.is_binary() {
            return true;
        }
        let may_be_binary = part.is_untyped()
            || (part.kind == Some(JsonKind::String) && part.format.as_deref() != Some("byte"));
        let encoding = self.object.encoding.get(wire_name);
        let media_types = encoding.and_then(|encoding| encoding.content_type.as_ref());
        may_be_binary
            && part.enum_values.is_empty()
            && media_types.is_some_and(|media_types| media_types.split(',').all(is_opaque))
    }
}

/// Returns the schema of a part. A list has one part per item, so this is the schema of an item.
pub(in crate::lower) fn part_schema<'a>(
    resolver: &SchemaResolver<'a>,
    property: &Property<'a>,
) -> ResolvedSchema<'a> {
    let schema = resolver.resolve_property(property);
    let items = schema.items.clone();
    items.map_or(schema, |(at, items)| resolver.resolve(items, &at))
}

/// True if a value of this schema is a scalar.
pub(in crate::lower) fn is_scalar<'a>(
    resolver: &SchemaResolver<'a>,
    schema: &ResolvedSchema<'a>,
) -> bool {
    let mut variants = schema.variants.iter();
    match schema.kind {
        Some(kind) => is_scalar_kind(kind),
        None if schema.variants.is_empty() => !schema.enum_values.is_empty(),
        None => variants.all(|(at, variant)| {
            let kind = resolver.resolve(*variant, at).kind;
            kind.is_some_and(is_scalar_kind)
        }),
    }
}

fn is_scalar_kind(kind: JsonKind) -> bool {
    !matches!(kind, JsonKind::Array | JsonKind::Object)
}
