//! A resolved schema: `$ref` followed and `allOf` merged.

use std::collections::HashSet;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use indexmap::IndexMap;
use openapiv3::{Discriminator, Schema};
use serde_json::Value;

use crate::document::Document;
use crate::ir::{Access, JsonKind};
use crate::lower::schema::enum_labels::{EnumLabel, is_name};
use crate::lower::schema::property::Property;
use crate::lower::schema::schema_ref::SchemaRef;
use crate::pointer::Pointer;

/// A resolved schema. Cloning is cheap: the data is shared until one copy changes.
#[derive(Clone, Default)]
pub(in crate::lower) struct ResolvedSchema<'a> {
    /// Location of the reference by which the schema was reached.
    pub(super) from: Option<Pointer>,
    pub(super) data: Rc<SchemaData<'a>>,
}

/// The keywords of a resolved schema.
#[derive(Clone, Default)]
pub(in crate::lower) struct SchemaData<'a> {
    /// Location of the definition. It identifies the type.
    pub(in crate::lower) at: Pointer,
    /// Locations of the references that were followed to the definition, in order, without `from`.
    pub(in crate::lower) ref_chain: Vec<Pointer>,
    pub(in crate::lower) kind: Option<JsonKind>,
    pub(in crate::lower) format: Option<String>,
    pub(in crate::lower) nullable: bool,
    pub(in crate::lower) deprecated: bool,
    pub(in crate::lower) title: Option<&'a str>,
    pub(in crate::lower) access: Option<Access>,
    pub(in crate::lower) description: Option<&'a str>,
    /// Description at the definition. `description` may come from a reference to it.
    pub(in crate::lower) definition: Option<&'a str>,
    pub(in crate::lower) example: Option<&'a Value>,
    pub(in crate::lower) enum_values: Vec<Value>,
    /// Names and descriptions of single enum values.
    pub(in crate::lower) enum_labels: Vec<EnumLabel>,
    pub(in crate::lower) items: Option<(Pointer, SchemaRef<'a>)>,
    pub(in crate::lower) properties: IndexMap<&'a str, Property<'a>>,
    /// Location and schema of `additionalProperties`.
    pub(in crate::lower) additional_properties: Option<(Pointer, SchemaRef<'a>)>,
    /// Location of `additionalProperties: true`.
    pub(in crate::lower) allows_additional: Option<Pointer>,
    /// The variants of `oneOf` and `anyOf`.
    pub(in crate::lower) variants: Vec<(Pointer, SchemaRef<'a>)>,
    /// The discriminator of the variants.
    pub(in crate::lower) discriminator: Option<&'a Discriminator>,
    /// True if the schema is a `not`.
    pub(in crate::lower) is_not: bool,
    pub(in crate::lower) minimum: Option<f64>,
    pub(in crate::lower) maximum: Option<f64>,
    pub(in crate::lower) max_length: Option<usize>,
    pub(in crate::lower) max_items: Option<usize>,
    pub(in crate::lower) min_items: Option<usize>,
    pub(super) required: Vec<&'a str>,
}

impl<'a> Deref for ResolvedSchema<'a> {
    type Target = SchemaData<'a>;

    fn deref(&self) -> &SchemaData<'a> {
        &self.data
    }
}

impl<'a> DerefMut for ResolvedSchema<'a> {
    fn deref_mut(&mut self) -> &mut SchemaData<'a> {
        Rc::make_mut(&mut self.data)
    }
}

impl<'a> From<SchemaData<'a>> for ResolvedSchema<'a> {
    fn from(data: SchemaData<'a>) -> Self {
        Self {
            from: None,
            data: Rc::new(data),
        }
    }
}

impl<'a> ResolvedSchema<'a> {
    /// Returns the locations of all references that were followed to the definition, in order.
    pub(in crate::lower) fn ref_chain(&self) -> impl Iterator<Item = &Pointer> {
        self.from.iter().chain(&self.ref_chain)
    }

    /// Adds the keywords of the union around a variant: they apply to all variants.
    pub(in crate::lower) fn inherit(mut self, outer: &ResolvedSchema<'a>, at: &Pointer) -> Self {
        self.kind = self.kind.or(outer.kind);
        self.format = self.format.take().or_else(|| outer.format.clone());
        self.items = self.items.take().or_else(|| outer.items.clone());
        if self.enum_values.is_empty() && self.kind == outer.kind {
            self.enum_values.clone_from(&outer.enum_values);
            self.enum_labels.clone_from(&outer.enum_labels);
        }
        if self.kind == Some(JsonKind::Object) && outer.adds_properties_to(&self) {
            let data = &mut *self;
            let own = std::mem::replace(&mut data.properties, outer.properties.clone());
            data.properties.extend(own);
            data.additional_properties = data
                .additional_properties
                .take()
                .or_else(|| outer.additional_properties.clone());
            data.allows_additional = data
                .allows_additional
                .take()
                .or_else(|| outer.allows_additional.clone());
            data.required.extend(&outer.required);
            data.apply_required();
            // A nested union keeps its location: it may be recursive.
            let location = if data.variants.is_empty() {
                outer.variant_location(at)
            } else {
                at.clone()
            };
            let defined = std::mem::replace(&mut data.at, location);
            data.ref_chain.push(defined);
        }
        self
    }

    /// Returns a schema without keywords.
    pub(in crate::lower) fn empty(at: &Pointer, chain: Vec<Pointer>) -> Self {
        SchemaData::empty(at, chain).into()
    }
}

impl<'a> SchemaData<'a> {
    /// Reads the schema at `at`.
    pub(super) fn of(document: &'a Document, schema: &'a Schema, at: &Pointer) -> Self {
        let mut data = Self::read_schema(document, schema, at, &mut HashSet::from([at.clone()]));
        data.apply_required();
        // If the schema has a type, variants without a type only narrow it.
        if data.has_own_type()
            && data
                .variants
                .iter()
                .all(|(_, variant)| variant.is_narrowing())
        {
            data.variants.clear();
        }
        data
    }

    /// True if an object with these properties has more properties than `object` alone.
    fn adds_properties_to(&self, object: &Self) -> bool {
        let is_new = |name: &&'a str| match object.properties.get(name) {
            Some(own) => !own.required && self.required.contains(name),
            None => true,
        };
        self.properties.keys().any(is_new)
            || (self.additional_properties.is_some() && object.additional_properties.is_none())
    }

    /// Sets the description of the definition and of this use.
    pub(in crate::lower) fn set_description(&mut self, words: Option<&'a str>) {
        self.description = words;
        self.definition = words;
    }

    pub(super) fn apply_required(&mut self) {
        for name in &self.required {
            if let Some(property) = self.properties.get_mut(name) {
                property.required = true;
            }
        }
    }

    /// Returns the location of a variant as part of this schema. Other unions may use the same variant with other keywords.
    fn variant_location(&self, variant: &Pointer) -> Pointer {
        let list = variant
            .parent()
            .filter(|list| list.parent().as_ref() != Some(&self.at));
        match list {
            Some(list) => self.at.key(&list.last()).key(&variant.last()),
            None => variant.clone(),
        }
    }

    /// True if the schema has both `oneOf` and `anyOf`. A value then matches one variant of each.
    pub(in crate::lower) fn has_several_unions(&self) -> bool {
        let lists = self.variants.iter().filter_map(|(at, _)| at.parent());
        // Subtypes have other locations.
        let mut lists = lists.filter(|list| ["oneOf", "anyOf"].contains(&list.last().as_str()));
        let first = lists.next();
        lists.any(|list| Some(&list) != first.as_ref())
    }

    /// Returns the label of the only enum value: its title and description.
    pub(in crate::lower) fn label_of_only_value(&self) -> Option<EnumLabel> {
        let [value] = self.enum_values.as_slice() else {
            return None;
        };
        let description = match (self.title, self.description) {
            (Some(title), Some(text)) if title != text => Some(format!("{title}: {text}")),
            (title, text) => text.or(title).map(str::to_owned),
        };
        let name = self.title.filter(|title| is_name(title));
        Some(EnumLabel {
            value: value.clone(),
            name: name.map(str::to_owned),
            description,
        })
    }

    /// True if the schema has a type apart from its variants.
    pub(in crate::lower) fn has_own_type(&self) -> bool {
        self.kind.is_some()
            || !self.enum_values.is_empty()
            || self.items.is_some()
            || !self.properties.is_empty()
            || self.additional_properties.is_some()
    }

    pub(super) fn empty(at: &Pointer, chain: Vec<Pointer>) -> Self {
        Self {
            at: at.clone(),
            ref_chain: chain,
            ..Self::default()
        }
    }

    /// True if the schema is an object without properties.
    pub(in crate::lower) fn is_free_form_object(&self) -> bool {
        self.kind == Some(JsonKind::Object)
            && self.properties.is_empty()
            && self.additional_properties.is_none()
            && self.variants.is_empty()
    }

    /// True if the schema does not restrict the type of a value.
    pub(in crate::lower) fn is_untyped(&self) -> bool {
        self.kind.is_none() && self.variants.is_empty() && self.properties.is_empty()
    }

    /// True if the schema is a string of `format: binary`.
    pub(in crate::lower) fn is_binary(&self) -> bool {
        self.kind == Some(JsonKind::String) && self.format.as_deref() == Some("binary")
    }

    /// True if the schema is an integer that may be too large for `i64`.
    pub(in crate::lower) fn is_unsigned(&self) -> bool {
        const LARGEST: f64 = 9_223_372_036_854_775_807.0;
        let is_beyond = self.maximum.is_some_and(|most| most > LARGEST);
        let is_positive = self.minimum.is_some_and(|least| least >= 0.0);
        self.kind == Some(JsonKind::Integer)
            && (self.format.as_deref() == Some("uint64") || (is_beyond && is_positive))
    }

    /// True if the schema constrains the values and does not only describe them.
    pub(super) fn is_structural(&self) -> bool {
        self.kind.is_some()
            || self.format.is_some()
            || !self.enum_values.is_empty()
            || self.items.is_some()
            || !self.properties.is_empty()
            || !self.required.is_empty()
            || self.additional_properties.is_some()
            || !self.variants.is_empty()
    }
}
