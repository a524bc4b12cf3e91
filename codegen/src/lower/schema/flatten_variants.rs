//! The variants of a union as a flat list.

use std::collections::HashSet;
use std::rc::Rc;

use serde_json::Value;

use crate::lower::schema::component::component_name;
use crate::lower::schema::resolved::ResolvedSchema;
use crate::lower::schema::resolver::SchemaResolver;
use crate::lower::schema::union_data::UnionVariants;
use crate::pointer::Pointer;

impl<'a> SchemaResolver<'a> {
    /// Returns all variants of a union except `null`.
    pub(in crate::lower) fn variants(&self, schema: &ResolvedSchema<'a>) -> Rc<UnionVariants<'a>> {
        let find = || {
            let mut variants = UnionVariants::default();
            self.collect(schema, &mut variants, &mut HashSet::new());
            Rc::new(variants)
        };
        if schema.is_shared() {
            self.union_variants.get(&schema.at, find)
        } else {
            find()
        }
    }

    fn collect(
        &self,
        outer: &ResolvedSchema<'a>,
        variants: &mut UnionVariants<'a>,
        seen: &mut HashSet<Pointer>,
    ) {
        seen.insert(outer.at.clone());
        for (at, schema) in &outer.variants {
            let variant = self.resolve(*schema, at);
            if seen.contains(&variant.at) {
                // The variants of this union are collected already.
                continue;
            }
            let is_null =
                !variant.enum_values.is_empty() && variant.enum_values.iter().all(Value::is_null);
            variants.nullable |= variant.nullable || variant.enum_values.iter().any(Value::is_null);
            let silent = !variant.has_own_type() && variant.variants.is_empty();
            if is_null || (silent && variant.nullable) {
                continue;
            }
            let variant = variant.inherit(outer, at);
            if !variant.has_own_type() && variant.variants.is_empty() {
                variants.takes_any = true;
            } else if seen.contains(&variant.at) {
                // The variants of this nested union are collected already.
            } else if is_nested_union(&variant) {
                self.collect(&variant, variants, seen);
            } else {
                let name = || variant.ref_chain().find_map(component_name);
                let name = outer.discriminator.and_then(|_| name());
                if variants.seen.insert((variant.at.clone(), name)) {
                    variants.schemas.push(variant);
                }
            }
        }
    }
}

/// True if a variant is an inline union without a discriminator.
fn is_nested_union(variant: &ResolvedSchema<'_>) -> bool {
    !variant.variants.is_empty()
        && component_name(&variant.at).is_none()
        && variant.discriminator.is_none()
}
