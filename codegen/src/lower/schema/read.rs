//! Reads a schema and the branches of its `allOf` into one flat [`SchemaData`].

use std::collections::HashSet;

use openapiv3::Schema;
use serde_json::Value;

use crate::document::Document;
use crate::ir::Access;
use crate::lower::schema::enum_labels::enum_labels;
use crate::lower::schema::{SchemaData, SchemaRef, property};
use crate::pointer::Pointer;

impl<'a> SchemaData<'a> {
    /// Reads a schema. `seen` holds the schemas that are read already: a repetition adds nothing, and `allOf` may be
    /// recursive.
    pub(in crate::lower) fn read(
        document: &'a Document,
        schema: SchemaRef<'a>,
        at: &Pointer,
        seen: &mut HashSet<Pointer>,
    ) -> Self {
        let found = schema.find(document, at);
        let Some((target, schema)) = found.filter(|(target, _)| seen.insert(target.clone())) else {
            return Self::empty(at, vec![at.clone()]);
        };
        let mut data = Self::read_schema(document, schema, &target, seen);
        let refers_back = |(at, variant): &(Pointer, SchemaRef<'a>)| {
            let variant = variant.find(document, at);
            variant.is_some_and(|(variant, _)| variant != target && seen.contains(&variant))
        };
        if data.variants.iter().any(refers_back) {
            // A variant refers back to its union. Only the keywords that apply to all variants count here.
            data.at = at.clone();
            data.variants.clear();
            data.discriminator = None;
        }
        if target != *at {
            data.ref_chain.insert(0, at.clone());
        }
        data
    }

    pub(in crate::lower) fn read_schema(
        document: &'a Document,
        schema: &'a Schema,
        at: &Pointer,
        seen: &mut HashSet<Pointer>,
    ) -> Self {
        let data = &schema.schema_data;
        let description = data.description.as_deref().or(data.title.as_deref());
        let mut own = Self {
            at: at.clone(),
            ref_chain: vec![at.clone()],
            nullable: data.nullable,
            deprecated: data.deprecated,
            discriminator: data.discriminator.as_ref(),
            title: data.title.as_deref(),
            access: match (data.read_only, data.write_only) {
                (true, false) => Some(Access::ReadOnly),
                (false, true) => Some(Access::WriteOnly),
                _ => None,
            },
            description,
            definition: description,
            example: data.example.as_ref(),
            ..Self::default()
        };
        let all_of = own.read_kind(&schema.schema_kind, at);
        own.nullable |= own.enum_values.contains(&Value::Null);
        own.enum_labels = enum_labels(schema, &own.enum_values);
        let mut branches: Vec<Self> = all_of
            .iter()
            .enumerate()
            .map(|(i, branch)| Self::read(document, branch.into(), &at.key("allOf").index(i), seen))
            .collect();
        if let Some((at, only)) = own.take_only_variant() {
            branches.push(Self::read(document, only, &at, seen));
        }
        own.merge(branches)
    }

    /// Removes variants that allow only `null` and sets `nullable` instead. If one variant remains, returns it: the schema
    /// is this variant.
    fn take_only_variant(&mut self) -> Option<(Pointer, SchemaRef<'a>)> {
        let before = self.variants.len();
        self.variants.retain(|(_, variant)| !variant.is_null());
        if self.variants.len() == before {
            return None;
        }
        self.nullable = true;
        if self.variants.len() > 1 {
            return None;
        }
        self.variants.pop()
    }

    /// Merges the branches of an `allOf`. If only one branch has a type, the schema is this branch. Else properties are
    /// combined, and of other keywords the first occurrence counts.
    fn merge(mut self, branches: Vec<Self>) -> Self {
        let shaped = branches
            .iter()
            .filter(|branch| branch.is_structural())
            .count();
        let is_only_structural =
            shaped == 1 && !self.is_structural() && self.discriminator.is_none();
        for branch in branches {
            if !is_only_structural {
                self.definition = self.definition.or(branch.definition);
            } else if branch.is_structural() {
                self.move_to(&branch);
                self.nullable |= branch.nullable;
                self.discriminator = branch.discriminator;
            }
            self.absorb(branch);
        }
        self
    }

    /// Gives the schema the location, and so the type, of another schema.
    pub(in crate::lower) fn move_to(&mut self, other: &Self) {
        let rest = other.at.as_str().strip_prefix(self.at.as_str());
        let is_inside = rest.is_some_and(|rest| rest.starts_with('/'));
        self.definition = self.definition.filter(|_| is_inside).or(other.definition);
        self.at = other.at.clone();
    }

    pub(in crate::lower) fn absorb(&mut self, branch: Self) {
        self.ref_chain.extend(branch.ref_chain);
        self.intersect_type(branch.kind, branch.enum_values);
        self.enum_labels.extend(branch.enum_labels);
        self.format = self.format.take().or(branch.format);
        self.deprecated |= branch.deprecated;
        self.title = self.title.or(branch.title);
        self.access = self.access.or(branch.access);
        self.description = self.description.or(branch.description);
        if !branch.variants.is_empty() {
            // The discriminator of a branch without variants selects among the subtypes of the branch. This schema is one of them.
            self.discriminator = self.discriminator.or(branch.discriminator);
        }
        self.example = self.example.or(branch.example);
        self.items = self.items.take().or(branch.items);
        property::extend(&mut self.properties, branch.properties);
        self.additional_properties = self
            .additional_properties
            .take()
            .or(branch.additional_properties);
        self.allows_additional = self.allows_additional.take().or(branch.allows_additional);
        self.variants.extend(branch.variants);
        self.minimum = self.minimum.or(branch.minimum);
        self.maximum = self.maximum.or(branch.maximum);
        self.max_length = self.max_length.or(branch.max_length);
        self.max_items = self.max_items.or(branch.max_items);
        self.min_items = self.min_items.or(branch.min_items);
        self.required.extend(branch.required);
    }
}
