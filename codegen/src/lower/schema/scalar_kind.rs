//! Schemas that allow only strings, only numbers or only booleans.

use std::rc::Rc;

use serde_json::Value;

use crate::ir::JsonKind;
use crate::lower::schema::resolved::ResolvedSchema;
use crate::lower::schema::resolver::SchemaResolver;
use crate::lower::schema::union_data::Scalar;

/// Maximum number of variants, including those of nested unions, which may refer to each other. A larger union is not
/// treated as scalar.
const MAX_VARIANTS: usize = 1000;

impl<'a> SchemaResolver<'a> {
    /// Lists the allowed values that the Rust type does not express, each with its title.
    pub(in crate::lower) fn describe_values(&self, schema: &ResolvedSchema<'a>) -> Vec<String> {
        let is_expressed = match self.scalar(schema) {
            Some(scalar) => scalar.kind == JsonKind::String || scalar.open,
            None => !schema.variants.is_empty(),
        };
        let mut values = Vec::new();
        if is_expressed {
            return values;
        }
        let variants = self.variants(schema);
        for schema in std::iter::once(schema).chain(&variants.schemas) {
            let title = schema.title.filter(|_| schema.enum_values.len() == 1);
            let named = schema.enum_values.iter().filter(|value| !value.is_null());
            values.extend(named.map(|value| match title {
                Some(title) => format!("`{value}` ({title})"),
                None => format!("`{value}`"),
            }));
        }
        values
    }

    /// Returns the schema as a scalar. Returns `None` if it allows arrays, objects or several kinds of scalars.
    pub(in crate::lower) fn scalar(&self, schema: &ResolvedSchema<'a>) -> Option<Rc<Scalar>> {
        let find = || {
            self.compute_scalar(schema, &mut { MAX_VARIANTS })
                .map(Rc::new)
        };
        if schema.is_shared() && !schema.variants.is_empty() {
            self.scalars.get(&schema.at, find)
        } else {
            find()
        }
    }

    fn compute_scalar(&self, schema: &ResolvedSchema<'a>, left: &mut usize) -> Option<Scalar> {
        *left = left.checked_sub(1)?;
        if schema.variants.is_empty() {
            return Some(Scalar {
                kind: scalar_kind(schema)?,
                values: schema.enum_values.clone(),
                enum_labels: schema
                    .enum_labels
                    .iter()
                    .cloned()
                    .chain(schema.label_of_only_value())
                    .collect(),
                open: schema.enum_values.is_empty(),
            });
        }
        let variants = self.variants(schema);
        let mut scalars = variants
            .schemas
            .iter()
            .map(|variant| self.compute_scalar(variant, left));
        let mut all = scalars.next()??;
        for scalar in scalars {
            let scalar = scalar?;
            if all.kind != scalar.kind {
                return None;
            }
            all.values.extend(scalar.values);
            all.enum_labels.extend(scalar.enum_labels);
            all.open |= scalar.open;
        }
        (!variants.takes_any).then_some(all)
    }
}

fn scalar_kind(schema: &ResolvedSchema<'_>) -> Option<JsonKind> {
    match schema.kind {
        Some(JsonKind::Array | JsonKind::Object) => None,
        None if schema.enum_values.is_empty() => None,
        None if schema.enum_values.iter().all(Value::is_string) => Some(JsonKind::String),
        None if schema.enum_values.iter().all(Value::is_i64) => Some(JsonKind::Integer),
        None if schema.enum_values.iter().all(Value::is_number) => Some(JsonKind::Number),
        None if schema.enum_values.iter().all(Value::is_boolean) => Some(JsonKind::Boolean),
        kind => kind,
    }
}
