//! One schema and its `allOf`, with all that they refer to -> what it says, flat.

use std::collections::HashSet;

use openapiv3::Schema;
use serde_json::Value;

use crate::document::Document;
use crate::ir::Access;
use crate::lower::schema::{SchemaData, SchemaRef, property};
use crate::pointer::Pointer;

impl<'a> SchemaData<'a> {
    /// `seen` are the schemas that are part of the view already: one that `allOf` leads to once more says nothing new,
    /// on whatever way, be it a circle.
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
        let mut said = Self::read_schema(document, schema, &target, seen);
        let is_held = |(at, case): &(Pointer, SchemaRef<'a>)| {
            let case = case.find(document, at);
            case.is_some_and(|(case, _)| case != target && seen.contains(&case))
        };
        if said.variants.iter().any(is_held) {
            // A case refers back to the union that it is of: what counts there is what that says of all cases.
            said.at = at.clone();
            said.variants.clear();
            said.discriminator = None;
        }
        if target != *at {
            said.ref_chain.insert(0, at.clone());
        }
        said
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
        let mut branches: Vec<Self> = all_of
            .iter()
            .enumerate()
            .map(|(i, branch)| Self::read(document, branch.into(), &at.key("allOf").index(i), seen))
            .collect();
        if let Some((at, only)) = own.only_case_but_null() {
            branches.push(Self::read(document, only, &at, seen));
        }
        own.merge(branches)
    }

    /// A case that is only `null` makes the schema nullable. If one other is left, it is what the schema is.
    fn only_case_but_null(&mut self) -> Option<(Pointer, SchemaRef<'a>)> {
        let before = self.variants.len();
        self.variants.retain(|(_, case)| !case.is_null());
        if self.variants.len() == before {
            return None;
        }
        self.nullable = true;
        if self.variants.len() > 1 {
            return None;
        }
        self.variants.pop()
    }

    /// `allOf`: one branch that has a shape is the schema itself; of several, all properties count, and of one all that is said
    /// of it; of all else the first word counts.
    fn merge(mut self, branches: Vec<Self>) -> Self {
        let shaped = branches
            .iter()
            .filter(|branch| branch.is_structural())
            .count();
        let alone = shaped == 1 && !self.is_structural() && self.discriminator.is_none();
        for branch in branches {
            if !alone {
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

    /// It is what another schema defines.
    pub(in crate::lower) fn move_to(&mut self, other: &Self) {
        let rest = other.at.as_str().strip_prefix(self.at.as_str());
        let is_inside = rest.is_some_and(|rest| rest.starts_with('/'));
        self.definition = self.definition.filter(|_| is_inside).or(other.definition);
        self.at = other.at.clone();
    }

    pub(in crate::lower) fn absorb(&mut self, branch: Self) {
        self.ref_chain.extend(branch.ref_chain);
        self.narrow(branch.kind, branch.enum_values);
        self.format = self.format.take().or(branch.format);
        self.deprecated |= branch.deprecated;
        self.title = self.title.or(branch.title);
        self.access = self.access.or(branch.access);
        self.description = self.description.or(branch.description);
        if !branch.variants.is_empty() {
            // Else it tells the subtypes of the branch apart, of which this is one.
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
