//! Reads the keywords of one schema object, without its `allOf`.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, Type, VariantOrUnknownOrEmpty,
};

use crate::lower::schema::{JsonKind, Property, SchemaData};
use crate::pointer::Pointer;

impl<'a> SchemaData<'a> {
    /// Reads the schema's own keywords. Returns its `allOf`.
    pub(in crate::lower) fn read_kind(
        &mut self,
        kind: &'a SchemaKind,
        at: &Pointer,
    ) -> &'a [ReferenceOr<Schema>] {
        match kind {
            SchemaKind::Type(kind) => self.read_type(kind, at),
            SchemaKind::OneOf { one_of } => self.read_variants(one_of, &at.key("oneOf")),
            SchemaKind::AnyOf { any_of } => self.read_variants(any_of, &at.key("anyOf")),
            SchemaKind::AllOf { all_of } => return all_of,
            SchemaKind::Not { .. } => self.is_not = true,
            SchemaKind::Any(any) => {
                self.read_any(any, at);
                return &any.all_of;
            }
        }
        &[]
    }

    fn read_type(&mut self, kind: &'a Type, at: &Pointer) {
        match kind {
            Type::String(string) => {
                self.kind = Some(JsonKind::String);
                self.format = format_name(&string.format);
                self.enum_values = string
                    .enumeration
                    .iter()
                    .map(|value| value.clone().into())
                    .collect();
                self.max_length = string.max_length;
            }
            Type::Number(number) => {
                self.kind = Some(JsonKind::Number);
                self.format = format_name(&number.format);
                self.enum_values = number
                    .enumeration
                    .iter()
                    .map(|value| (*value).into())
                    .collect();
                self.minimum = number.minimum;
                self.maximum = number.maximum;
            }
            Type::Integer(integer) => {
                self.kind = Some(JsonKind::Integer);
                self.format = format_name(&integer.format);
                self.enum_values = integer
                    .enumeration
                    .iter()
                    .map(|value| (*value).into())
                    .collect();
                self.minimum = integer.minimum.map(float);
                self.maximum = integer.maximum.map(float);
            }
            Type::Boolean(boolean) => {
                self.kind = Some(JsonKind::Boolean);
                self.enum_values = boolean
                    .enumeration
                    .iter()
                    .map(|value| (*value).into())
                    .collect();
            }
            Type::Array(array) => {
                self.kind = Some(JsonKind::Array);
                self.items = array
                    .items
                    .as_ref()
                    .map(|items| (at.key("items"), items.into()));
                self.max_items = array.max_items;
                self.min_items = array.min_items;
            }
            Type::Object(object) => {
                self.kind = Some(JsonKind::Object);
                self.read_properties(&object.properties, &object.required, at);
                self.read_additional_properties(object.additional_properties.as_ref(), at);
            }
        }
    }

    fn read_any(&mut self, any: &'a AnySchema, at: &Pointer) {
        self.kind = match any.typ.as_deref() {
            Some("string") => Some(JsonKind::String),
            Some("integer") => Some(JsonKind::Integer),
            Some("number") => Some(JsonKind::Number),
            Some("boolean") => Some(JsonKind::Boolean),
            Some("array") => Some(JsonKind::Array),
            Some("object") => Some(JsonKind::Object),
            _ if !any.properties.is_empty() => Some(JsonKind::Object),
            _ => None,
        };
        self.format.clone_from(&any.format);
        self.enum_values.clone_from(&any.enumeration);
        self.items = any
            .items
            .as_ref()
            .map(|items| (at.key("items"), items.into()));
        self.minimum = any.minimum;
        self.maximum = any.maximum;
        self.max_length = any.max_length;
        self.max_items = any.max_items;
        self.min_items = any.min_items;
        self.read_properties(&any.properties, &any.required, at);
        self.read_additional_properties(any.additional_properties.as_ref(), at);
        self.read_variants(&any.one_of, &at.key("oneOf"));
        self.read_variants(&any.any_of, &at.key("anyOf"));
    }

    fn read_properties(
        &mut self,
        properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &'a [String],
        at: &Pointer,
    ) {
        let at = at.key("properties");
        self.properties = properties
            .iter()
            .map(|(name, schema)| (name.as_str(), Property::new(at.key(name), schema.into())))
            .collect();
        self.required = required.iter().map(String::as_str).collect();
    }

    fn read_additional_properties(
        &mut self,
        additional: Option<&'a AdditionalProperties>,
        at: &Pointer,
    ) {
        let at = || at.key("additionalProperties");
        match additional {
            Some(AdditionalProperties::Schema(schema)) => {
                self.additional_properties = Some((at(), schema.as_ref().into()));
            }
            Some(AdditionalProperties::Any(true)) => self.allows_additional = Some(at()),
            _ => {}
        }
    }

    fn read_variants(&mut self, variants: &'a [ReferenceOr<Schema>], at: &Pointer) {
        self.variants.extend(
            variants
                .iter()
                .enumerate()
                .map(|(i, variant)| (at.index(i), variant.into())),
        );
    }
}

/// Returns the format in the spelling of the document.
fn format_name<T: serde::Serialize>(format: &VariantOrUnknownOrEmpty<T>) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Item(known) => serde_json::to_value(known)
            .ok()
            .and_then(|format_name| format_name.as_str().map(str::to_owned)),
        VariantOrUnknownOrEmpty::Unknown(format_name) => Some(format_name.clone()),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}

/// Converts a bound to a float.
#[allow(
    clippy::cast_precision_loss,
    reason = "bounds beyond 2^53 have no effect on the types"
)]
fn float(bound: i64) -> f64 {
    bound as f64
}
