//! A resolved schema: `$ref` followed and `allOf` merged.

use std::collections::HashSet;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use indexmap::IndexMap;
use openapiv3::{Discriminator, Schema};
use serde_json::Value;

use crate::document::Document;
use crate::ir::{Access, JsonKind};
use crate::lower::schema::property::Property;
use crate::lower::schema::schema_ref::SchemaRef;
use crate::pointer::Pointer;

/// What a schema says. It is cheap to hand on: what several places refer to is shared until one of them changes it.
#[derive(Clone, Default)]
pub(in crate::lower) struct ResolvedSchema<'a> {
    /// The reference by which it was reached.
    pub(super) from: Option<Pointer>,
    pub(super) said: Rc<SchemaData<'a>>,
}

/// What a schema says, flat.
#[derive(Clone, Default)]
pub(in crate::lower) struct SchemaData<'a> {
    /// Where it is defined: what tells one type from another.
    pub(in crate::lower) at: Pointer,
    /// Every place passed on the way there but the reference that leads to it, the first one first.
    pub(in crate::lower) chain: Vec<Pointer>,
    pub(in crate::lower) kind: Option<JsonKind>,
    pub(in crate::lower) format: Option<String>,
    pub(in crate::lower) nullable: bool,
    pub(in crate::lower) deprecated: bool,
    pub(in crate::lower) title: Option<&'a str>,
    pub(in crate::lower) one_way: Option<Access>,
    pub(in crate::lower) description: Option<&'a str>,
    /// What is said where it is defined, whatever else is said where it is used.
    pub(in crate::lower) definition: Option<&'a str>,
    pub(in crate::lower) example: Option<&'a Value>,
    pub(in crate::lower) values: Vec<Value>,
    /// What is said of single values.
    pub(in crate::lower) meanings: Vec<(Value, String)>,
    pub(in crate::lower) items: Option<(Pointer, SchemaRef<'a>)>,
    pub(in crate::lower) properties: IndexMap<&'a str, Property<'a>>,
    /// Schema of the properties that have no name.
    pub(in crate::lower) others: Option<(Pointer, SchemaRef<'a>)>,
    /// Where it says that there may be such properties, of any kind.
    pub(in crate::lower) open: Option<Pointer>,
    /// `oneOf` or `anyOf`.
    pub(in crate::lower) cases: Vec<(Pointer, SchemaRef<'a>)>,
    /// The property that tells the cases apart.
    pub(in crate::lower) discriminator: Option<&'a Discriminator>,
    /// Whether it only says what a value is not.
    pub(in crate::lower) negated: bool,
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
        &self.said
    }
}

impl<'a> DerefMut for ResolvedSchema<'a> {
    fn deref_mut(&mut self) -> &mut SchemaData<'a> {
        Rc::make_mut(&mut self.said)
    }
}

impl<'a> From<SchemaData<'a>> for ResolvedSchema<'a> {
    fn from(said: SchemaData<'a>) -> Self {
        Self {
            from: None,
            said: Rc::new(said),
        }
    }
}

impl<'a> ResolvedSchema<'a> {
    /// Every place passed on the way to it, the first one first.
    pub(in crate::lower) fn chain(&self) -> impl Iterator<Item = &Pointer> {
        self.from.iter().chain(&self.chain)
    }

    /// A case of a union, with what the schema around the cases says of all of them.
    pub(in crate::lower) fn within(mut self, outer: &ResolvedSchema<'a>, at: &Pointer) -> Self {
        self.kind = self.kind.or(outer.kind);
        self.format = self.format.take().or_else(|| outer.format.clone());
        self.items = self.items.take().or_else(|| outer.items.clone());
        if self.values.is_empty() && self.kind == outer.kind {
            self.values.clone_from(&outer.values);
        }
        if self.kind == Some(JsonKind::Object) && outer.adds_to(&self) {
            let said = &mut *self;
            let own = std::mem::replace(&mut said.properties, outer.properties.clone());
            said.properties.extend(own);
            said.others = said.others.take().or_else(|| outer.others.clone());
            said.open = said.open.take().or_else(|| outer.open.clone());
            said.required.extend(&outer.required);
            said.require();
            // A union among the cases keeps its place: it may lead back here, on and on.
            let place = if said.cases.is_empty() {
                outer.place_of(at)
            } else {
                at.clone()
            };
            let defined = std::mem::replace(&mut said.at, place);
            said.chain.push(defined);
        }
        self
    }

    /// A schema that says nothing.
    pub(in crate::lower) fn silent(at: &Pointer, chain: Vec<Pointer>) -> Self {
        SchemaData::silent(at, chain).into()
    }
}

impl<'a> SchemaData<'a> {
    /// Reads a schema, which is at `at`.
    pub(super) fn of(document: &'a Document, schema: &'a Schema, at: &Pointer) -> Self {
        let mut said = Self::read_schema(document, schema, at, &mut HashSet::from([at.clone()]));
        said.require();
        // Where a schema has a shape, cases without one only narrow it.
        if said.has_shape() && said.cases.iter().all(|(_, case)| case.is_narrowing()) {
            said.cases.clear();
        }
        said
    }

    /// Whether it says more of an object than that says itself.
    fn adds_to(&self, object: &Self) -> bool {
        let is_new = |name: &&'a str| match object.properties.get(name) {
            Some(own) => !own.required && self.required.contains(name),
            None => true,
        };
        self.properties.keys().any(is_new) || (self.others.is_some() && object.others.is_none())
    }

    /// Says in these words what it is, wherever it is used.
    pub(in crate::lower) fn describe(&mut self, words: Option<&'a str>) {
        self.description = words;
        self.definition = words;
    }

    pub(super) fn require(&mut self) {
        for name in &self.required {
            if let Some(property) = self.properties.get_mut(name) {
                property.required = true;
            }
        }
    }

    /// Where one of its cases stands as its own: other schemas may say other things of the same cases.
    fn place_of(&self, case: &Pointer) -> Pointer {
        let list = case
            .parent()
            .filter(|list| list.parent().as_ref() != Some(&self.at));
        match list {
            Some(list) => self.at.key(&list.last()).key(&case.last()),
            None => case.clone(),
        }
    }

    /// Whether it has two lists of cases, and a value must fit one of each.
    pub(in crate::lower) fn holds_several_unions(&self) -> bool {
        let lists = self.cases.iter().filter_map(|(at, _)| at.parent());
        // Subtypes stand elsewhere.
        let mut lists = lists.filter(|list| ["oneOf", "anyOf"].contains(&list.last().as_str()));
        let first = lists.next();
        lists.any(|list| Some(&list) != first.as_ref())
    }

    /// What it says of its only value.
    pub(in crate::lower) fn meaning(&self) -> Option<(Value, String)> {
        let [value] = self.values.as_slice() else {
            return None;
        };
        let text = match (self.title, self.description) {
            (Some(title), Some(text)) if title != text => format!("{title}: {text}"),
            (title, text) => text.or(title)?.to_owned(),
        };
        Some((value.clone(), text))
    }

    /// Whether it says of what kind its values are, leaving its cases aside.
    pub(in crate::lower) fn has_shape(&self) -> bool {
        self.kind.is_some()
            || !self.values.is_empty()
            || self.items.is_some()
            || !self.properties.is_empty()
            || self.others.is_some()
    }

    pub(super) fn silent(at: &Pointer, chain: Vec<Pointer>) -> Self {
        Self {
            at: at.clone(),
            chain,
            ..Self::default()
        }
    }

    /// Whether it is an object of which nothing is known.
    pub(in crate::lower) fn is_bare_object(&self) -> bool {
        self.kind == Some(JsonKind::Object)
            && self.properties.is_empty()
            && self.others.is_none()
            && self.cases.is_empty()
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

    /// Whether it says anything of the shape of a value, and does not only describe it.
    pub(super) fn is_structural(&self) -> bool {
        self.kind.is_some()
            || self.format.is_some()
            || !self.values.is_empty()
            || self.items.is_some()
            || !self.properties.is_empty()
            || !self.required.is_empty()
            || self.others.is_some()
            || !self.cases.is_empty()
    }
}
