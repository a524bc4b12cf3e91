//! One schema -> one flat view of it: references followed, `allOf` merged, whatever way it was written.

mod keywords;
mod known;
mod place;
mod property;
mod subtypes;

use std::collections::HashSet;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use indexmap::IndexMap;
use openapiv3::{Discriminator, Schema};
use serde_json::Value;

pub(super) use self::known::Views;
pub(crate) use self::place::Place;
pub(crate) use self::property::Property;
pub(crate) use self::subtypes::base_of;
use crate::document::Document;
pub(crate) use crate::ir::Kind;
use crate::ir::OneWay;
use crate::pointer::Pointer;

/// What a schema says. It is cheap to hand on: what several places refer to is shared until one of them changes it.
#[derive(Clone, Default)]
pub(crate) struct View<'a> {
    /// The reference by which it was reached.
    from: Option<Pointer>,
    said: Rc<Said<'a>>,
}

/// What a schema says, flat.
#[derive(Clone, Default)]
pub(crate) struct Said<'a> {
    /// Where it is defined: what tells one type from another.
    pub(crate) at: Pointer,
    /// Every place passed on the way there but the reference that leads to it, the first one first.
    pub(crate) chain: Vec<Pointer>,
    pub(crate) kind: Option<Kind>,
    pub(crate) format: Option<String>,
    pub(crate) nullable: bool,
    pub(crate) deprecated: bool,
    pub(crate) title: Option<&'a str>,
    pub(crate) one_way: Option<OneWay>,
    pub(crate) description: Option<&'a str>,
    /// What is said where it is defined, whatever else is said where it is used.
    pub(crate) definition: Option<&'a str>,
    pub(crate) example: Option<&'a Value>,
    pub(crate) values: Vec<Value>,
    /// What is said of single values.
    pub(crate) meanings: Vec<(Value, String)>,
    pub(crate) items: Option<(Pointer, Place<'a>)>,
    pub(crate) properties: IndexMap<&'a str, Property<'a>>,
    /// Schema of the properties that have no name.
    pub(crate) others: Option<(Pointer, Place<'a>)>,
    /// Where it says that there may be such properties, of any kind.
    pub(crate) open: Option<Pointer>,
    /// `oneOf` or `anyOf`.
    pub(crate) cases: Vec<(Pointer, Place<'a>)>,
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

impl<'a> Deref for View<'a> {
    type Target = Said<'a>;

    fn deref(&self) -> &Said<'a> {
        &self.said
    }
}

impl<'a> DerefMut for View<'a> {
    fn deref_mut(&mut self) -> &mut Said<'a> {
        Rc::make_mut(&mut self.said)
    }
}

impl<'a> From<Said<'a>> for View<'a> {
    fn from(said: Said<'a>) -> Self {
        Self {
            from: None,
            said: Rc::new(said),
        }
    }
}

impl<'a> View<'a> {
    /// Every place passed on the way to it, the first one first.
    pub(crate) fn chain(&self) -> impl Iterator<Item = &Pointer> {
        self.from.iter().chain(&self.chain)
    }

    /// A case of a union, with what the schema around the cases says of all of them.
    pub(crate) fn within(mut self, outer: &View<'a>, at: &Pointer) -> Self {
        self.kind = self.kind.or(outer.kind);
        self.format = self.format.take().or_else(|| outer.format.clone());
        self.items = self.items.take().or_else(|| outer.items.clone());
        if self.values.is_empty() && self.kind == outer.kind {
            self.values.clone_from(&outer.values);
        }
        if self.kind == Some(Kind::Object) && outer.adds_to(&self) {
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
        Said::silent(at, chain).into()
    }
}

impl<'a> Said<'a> {
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
        self.kind == Some(Kind::Object)
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

    /// `seen` are the schemas that are part of the view already: one that `allOf` leads to once more says nothing new,
    /// on whatever way, be it a circle.
    fn read(
        document: &'a Document,
        schema: Place<'a>,
        at: &Pointer,
        seen: &mut HashSet<Pointer>,
    ) -> Self {
        let found = schema.find(document, at);
        let Some((target, schema)) = found.filter(|(target, _)| seen.insert(target.clone())) else {
            return Self::silent(at, vec![at.clone()]);
        };
        let mut said = Self::read_schema(document, schema, &target, seen);
        let is_held = |(at, case): &(Pointer, Place<'a>)| {
            let case = case.find(document, at);
            case.is_some_and(|(case, _)| case != target && seen.contains(&case))
        };
        if said.cases.iter().any(is_held) {
            // A case refers back to the union that it is of: what counts there is what that says of all cases.
            said.at = at.clone();
            said.cases.clear();
            said.discriminator = None;
        }
        if target != *at {
            said.chain.insert(0, at.clone());
        }
        said
    }

    fn read_schema(
        document: &'a Document,
        schema: &'a Schema,
        at: &Pointer,
        seen: &mut HashSet<Pointer>,
    ) -> Self {
        let data = &schema.schema_data;
        let description = data.description.as_deref().or(data.title.as_deref());
        let mut own = Self {
            at: at.clone(),
            chain: vec![at.clone()],
            nullable: data.nullable,
            deprecated: data.deprecated,
            discriminator: data.discriminator.as_ref(),
            title: data.title.as_deref(),
            one_way: match (data.read_only, data.write_only) {
                (true, false) => Some(OneWay::Received),
                (false, true) => Some(OneWay::Sent),
                _ => None,
            },
            description,
            definition: description,
            example: data.example.as_ref(),
            ..Self::default()
        };
        let all_of = own.read_kind(&schema.schema_kind, at);
        own.nullable |= own.values.contains(&Value::Null);
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
    fn only_case_but_null(&mut self) -> Option<(Pointer, Place<'a>)> {
        let before = self.cases.len();
        self.cases.retain(|(_, case)| !case.is_null());
        if self.cases.len() == before {
            return None;
        }
        self.nullable = true;
        if self.cases.len() > 1 {
            return None;
        }
        self.cases.pop()
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
    fn move_to(&mut self, other: &Self) {
        let rest = other.at.as_str().strip_prefix(self.at.as_str());
        let is_inside = rest.is_some_and(|rest| rest.starts_with('/'));
        self.definition = self.definition.filter(|_| is_inside).or(other.definition);
        self.at = other.at.clone();
    }

    fn absorb(&mut self, branch: Self) {
        self.chain.extend(branch.chain);
        self.narrow(branch.kind, branch.values);
        self.format = self.format.take().or(branch.format);
        self.deprecated |= branch.deprecated;
        self.title = self.title.or(branch.title);
        self.one_way = self.one_way.or(branch.one_way);
        self.description = self.description.or(branch.description);
        if !branch.cases.is_empty() {
            // Else it tells the subtypes of the branch apart, of which this is one.
            self.discriminator = self.discriminator.or(branch.discriminator);
        }
        self.example = self.example.or(branch.example);
        self.items = self.items.take().or(branch.items);
        property::extend(&mut self.properties, branch.properties);
        self.others = self.others.take().or(branch.others);
        self.open = self.open.take().or(branch.open);
        self.cases.extend(branch.cases);
        self.minimum = self.minimum.or(branch.minimum);
        self.maximum = self.maximum.or(branch.maximum);
        self.max_length = self.max_length.or(branch.max_length);
        self.max_items = self.max_items.or(branch.max_items);
        self.min_items = self.min_items.or(branch.min_items);
        self.required.extend(branch.required);
    }
}
