//! One schema -> one flat view of it: references followed, `allOf` merged, whatever way it was written.

mod keywords;

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use crate::document::Document;
use crate::pointer::Pointer;

/// `allOf` deeper than this is taken for a circle.
const DEEPEST: usize = 64;

/// A place where a schema stands, inline or as a reference.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    Plain(&'a ReferenceOr<Schema>),
    Boxed(&'a ReferenceOr<Box<Schema>>),
}

impl<'a> From<&'a ReferenceOr<Schema>> for Place<'a> {
    fn from(schema: &'a ReferenceOr<Schema>) -> Self {
        Self::Plain(schema)
    }
}

impl<'a> From<&'a ReferenceOr<Box<Schema>>> for Place<'a> {
    fn from(schema: &'a ReferenceOr<Box<Schema>>) -> Self {
        Self::Boxed(schema)
    }
}

/// The `type` of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
}

/// A property and where its schema stands.
pub(crate) struct Property<'a> {
    pub(crate) at: Pointer,
    pub(crate) schema: Place<'a>,
    pub(crate) required: bool,
}

/// What a schema says, flat.
#[derive(Default)]
pub(crate) struct View<'a> {
    /// Where it is defined: what tells one type from another.
    pub(crate) at: Pointer,
    /// Every place passed on the way there, the first one first.
    pub(crate) chain: Vec<Pointer>,
    pub(crate) kind: Option<Kind>,
    pub(crate) format: Option<String>,
    pub(crate) nullable: bool,
    pub(crate) deprecated: bool,
    pub(crate) description: Option<&'a str>,
    pub(crate) example: Option<&'a Value>,
    pub(crate) values: Vec<Value>,
    pub(crate) items: Option<(Pointer, Place<'a>)>,
    pub(crate) properties: IndexMap<&'a str, Property<'a>>,
    /// Schema of the properties that have no name.
    pub(crate) others: Option<(Pointer, Place<'a>)>,
    /// Where it says that there may be such properties, of any kind.
    pub(crate) open: Option<Pointer>,
    /// `oneOf` or `anyOf`.
    pub(crate) cases: Vec<(Pointer, Place<'a>)>,
    pub(crate) minimum: Option<f64>,
    pub(crate) maximum: Option<f64>,
    pub(crate) max_length: Option<usize>,
    pub(crate) max_items: Option<usize>,
    pub(crate) min_items: Option<usize>,
    required: Vec<&'a str>,
}

impl<'a> View<'a> {
    /// Reads what stands at `at`.
    pub(crate) fn of(document: &'a Document, schema: impl Into<Place<'a>>, at: &Pointer) -> Self {
        let mut view = View::read(document, schema.into(), at, 0);
        for name in &view.required {
            if let Some(property) = view.properties.get_mut(name) {
                property.required = true;
            }
        }
        view
    }

    /// A schema that says nothing.
    pub(crate) fn silent(at: &Pointer, chain: Vec<Pointer>) -> Self {
        View {
            at: at.clone(),
            chain,
            ..View::default()
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

    fn read(document: &'a Document, schema: Place<'a>, at: &Pointer, depth: usize) -> Self {
        let found = match schema {
            Place::Plain(schema) => document.schema(schema, at),
            Place::Boxed(schema) => document.boxed_schema(schema, at),
        };
        let Some((target, schema)) = found.filter(|_| depth < DEEPEST) else {
            return View::silent(at, vec![at.clone()]);
        };
        let data = &schema.schema_data;
        let mut own = View {
            at: target.clone(),
            chain: vec![at.clone()],
            nullable: data.nullable,
            deprecated: data.deprecated,
            description: data.description.as_deref().or(data.title.as_deref()),
            example: data.example.as_ref(),
            ..View::default()
        };
        if target != *at {
            own.chain.push(target.clone());
        }
        let all_of = own.read_kind(&schema.schema_kind, &target);
        let branches: Vec<View<'a>> = all_of
            .iter()
            .enumerate()
            .map(|(i, branch)| {
                View::read(
                    document,
                    branch.into(),
                    &target.key("allOf").index(i),
                    depth + 1,
                )
            })
            .collect();
        own.merge(branches)
    }

    /// `allOf`: one branch that has a shape is the schema itself; of several, all properties count, the later of two with one name;
    /// of all else the first word counts.
    fn merge(mut self, branches: Vec<View<'a>>) -> Self {
        let shaped = branches
            .iter()
            .filter(|branch| branch.is_structural())
            .count();
        let alone = shaped == 1 && !self.is_structural();
        for branch in branches {
            if alone && branch.is_structural() {
                self.at = branch.at.clone();
                self.nullable |= branch.nullable;
            }
            self.absorb(branch);
        }
        self
    }

    fn absorb(&mut self, branch: View<'a>) {
        self.chain.extend(branch.chain);
        self.kind = self.kind.or(branch.kind);
        self.format = self.format.take().or(branch.format);
        self.deprecated |= branch.deprecated;
        self.description = self.description.or(branch.description);
        self.example = self.example.or(branch.example);
        if self.values.is_empty() {
            self.values = branch.values;
        }
        self.items = self.items.take().or(branch.items);
        self.properties.extend(branch.properties);
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
