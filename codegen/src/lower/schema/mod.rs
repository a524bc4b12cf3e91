//! One schema -> one flat view of it: references followed, `allOf` merged, whatever way it was written.

pub(in crate::lower) mod cache;
pub(in crate::lower) mod keywords;
pub(in crate::lower) mod property;
pub(in crate::lower) mod read;
pub(in crate::lower) mod schema_ref;
pub(in crate::lower) mod subtypes;

use std::collections::HashSet;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use indexmap::IndexMap;
use openapiv3::{Discriminator, Schema};
use serde_json::Value;

pub(in crate::lower) use self::cache::SchemaResolver;
pub(crate) use self::property::Property;
pub(crate) use self::schema_ref::SchemaRef;
pub(crate) use self::subtypes::base_of;
use crate::document::Document;
use crate::ir::Access;
pub(crate) use crate::ir::JsonKind;
use crate::pointer::Pointer;

/// What a schema says. It is cheap to hand on: what several places refer to is shared until one of them changes it.
#[derive(Clone, Default)]
pub(crate) struct ResolvedSchema<'a> {
    /// The reference by which it was reached.
    from: Option<Pointer>,
    said: Rc<SchemaData<'a>>,
}

/// What a schema says, flat.
#[derive(Clone, Default)]
pub(crate) struct SchemaData<'a> {
    /// Where it is defined: what tells one type from another.
    pub(crate) at: Pointer,
    /// Every place passed on the way there but the reference that leads to it, the first one first.
    pub(crate) chain: Vec<Pointer>,
    pub(crate) kind: Option<JsonKind>,
    pub(crate) format: Option<String>,
    pub(crate) nullable: bool,
    pub(crate) deprecated: bool,
    pub(crate) title: Option<&'a str>,
    pub(crate) one_way: Option<Access>,
    pub(crate) description: Option<&'a str>,
    /// What is said where it is defined, whatever else is said where it is used.
    pub(crate) definition: Option<&'a str>,
    pub(crate) example: Option<&'a Value>,
    pub(crate) values: Vec<Value>,
    /// What is said of single values.
    pub(crate) meanings: Vec<(Value, String)>,
    pub(crate) items: Option<(Pointer, SchemaRef<'a>)>,
    pub(crate) properties: IndexMap<&'a str, Property<'a>>,
    /// Schema of the properties that have no name.
    pub(crate) others: Option<(Pointer, SchemaRef<'a>)>,
    /// Where it says that there may be such properties, of any kind.
    pub(crate) open: Option<Pointer>,
    /// `oneOf` or `anyOf`.
    pub(crate) cases: Vec<(Pointer, SchemaRef<'a>)>,
    /// The property that tells the cases apart.
    pub(crate) discriminator: Option<&'a Discriminator>,
    /// Whether it only says what a value is not.
    pub(crate) negated: bool,
    pub(crate) minimum: Option<f64>,
    pub(crate) maximum: Option<f64>,
    pub(crate) max_length: Option<usize>,
    pub(crate) max_items: Option<usize>,
    pub(crate) min_items: Option<usize>,
    required: Vec<&'a str>,
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
    pub(crate) fn chain(&self) -> impl Iterator<Item = &Pointer> {
        self.from.iter().chain(&self.chain)
    }

    /// A case of a union, with what the schema around the cases says of all of them.
    pub(crate) fn within(mut self, outer: &ResolvedSchema<'a>, at: &Pointer) -> Self {
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
    pub(crate) fn silent(at: &Pointer, chain: Vec<Pointer>) -> Self {
        SchemaData::silent(at, chain).into()
    }
}

impl<'a> SchemaData<'a> {
    /// Reads a schema, which is at `at`.
    fn of(document: &'a Document, schema: &'a Schema, at: &Pointer) -> Self {
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
    pub(crate) fn describe(&mut self, words: Option<&'a str>) {
        self.description = words;
        self.definition = words;
    }

    fn require(&mut self) {
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
    pub(crate) fn holds_several_unions(&self) -> bool {
        let lists = self.cases.iter().filter_map(|(at, _)| at.parent());
        // Subtypes stand elsewhere.
        let mut lists = lists.filter(|list| ["oneOf", "anyOf"].contains(&list.last().as_str()));
        let first = lists.next();
        lists.any(|list| Some(&list) != first.as_ref())
    }

    /// What it says of its only value.
    pub(crate) fn meaning(&self) -> Option<(Value, String)> {
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
    pub(crate) fn has_shape(&self) -> bool {
        self.kind.is_some()
            || !self.values.is_empty()
            || self.items.is_some()
            || !self.properties.is_empty()
            || self.others.is_some()
    }

    fn silent(at: &Pointer, chain: Vec<Pointer>) -> Self {
        Self {
            at: at.clone(),
            chain,
            ..Self::default()
        }
    }

    /// Whether it is an object of which nothing is known.
    pub(crate) fn is_bare_object(&self) -> bool {
        self.kind == Some(JsonKind::Object)
            && self.properties.is_empty()
            && self.others.is_none()
            && self.cases.is_empty()
    }

    /// Whether it says anything of the shape of a value, and does not only describe it.
    fn is_structural(&self) -> bool {
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
