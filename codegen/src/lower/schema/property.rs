//! The properties of an object, also those of which several branches of an `allOf` say something.

use indexmap::IndexMap;
use indexmap::map::Entry;
use serde_json::Value;

use crate::lower::schema::{JsonKind, ResolvedSchema, SchemaData, SchemaRef, SchemaResolver};
use crate::pointer::Pointer;

/// So many branches are looked at for one property; nobody writes more.
const MOST_PLACES: usize = 16;

/// A property and where its schema stands.
#[derive(Clone)]
pub(in crate::lower) struct Property<'a> {
    pub(in crate::lower) at: Pointer,
    pub(in crate::lower) schema: SchemaRef<'a>,
    pub(in crate::lower) required: bool,
    /// Where else it is described: all of these hold as well.
    related: Vec<(Pointer, SchemaRef<'a>)>,
}

impl<'a> Property<'a> {
    pub(in crate::lower) fn new(at: Pointer, schema: SchemaRef<'a>) -> Self {
        Self {
            at,
            schema,
            required: false,
            related: Vec::new(),
        }
    }

    /// All that is said of it. Where two branches contradict each other, the later one counts.
    pub(in crate::lower) fn resolve(&self, resolver: &SchemaResolver<'a>) -> ResolvedSchema<'a> {
        let view = resolver.resolve(self.schema, &self.at);
        if self.related.is_empty() {
            return view;
        }
        let chain: Vec<Pointer> = view.chain().cloned().collect();
        let mut said = (*view.said).clone();
        said.chain = chain;
        for (at, schema) in self.related.iter().rev() {
            let earlier = resolver.resolve(*schema, at);
            let chain = earlier.chain().cloned().collect();
            let mut earlier = (*earlier.said).clone();
            earlier.cases = said.still_open(earlier.cases, resolver);
            said = said.and(SchemaData { chain, ..earlier });
        }
        said.require();
        said.into()
    }

    /// Takes in what a later branch says of it.
    fn add(&mut self, later: Self) {
        let own = (std::mem::replace(&mut self.at, later.at), self.schema);
        self.schema = later.schema;
        self.required |= later.required;
        for place in std::iter::once(own).chain(later.related) {
            let is_known = self.related.iter().any(|(at, _)| *at == place.0);
            if !is_known && place.0 != self.at && self.related.len() < MOST_PLACES {
                self.related.push(place);
            }
        }
    }
}

/// Adds the properties of a later branch.
pub(in crate::lower) fn extend<'a>(
    properties: &mut IndexMap<&'a str, Property<'a>>,
    later: IndexMap<&'a str, Property<'a>>,
) {
    for (name, property) in later {
        match properties.entry(name) {
            Entry::Occupied(mut own) => own.get_mut().add(property),
            Entry::Vacant(place) => drop(place.insert(property)),
        }
    }
}

impl<'a> SchemaData<'a> {
    /// Which cases of another schema of the same value this one leaves open: those of its own kind, if they say more than
    /// that.
    fn still_open(
        &self,
        mut cases: Vec<(Pointer, SchemaRef<'a>)>,
        resolver: &SchemaResolver<'a>,
    ) -> Vec<(Pointer, SchemaRef<'a>)> {
        let Some(kind) = self.kind.filter(|_| self.cases.is_empty()) else {
            return cases;
        };
        let mut say_more = false;
        cases.retain(|(at, place)| {
            let case = resolver.resolve(*place, at);
            let fits = case
                .kind
                .is_none_or(|other| kind.or_narrower(other).is_some());
            say_more |= fits && case.is_more_than_a_kind(resolver);
            fits
        });
        if say_more { cases } else { Vec::new() }
    }

    fn is_more_than_a_kind(&self, resolver: &SchemaResolver<'a>) -> bool {
        let items = self.items.as_ref();
        self.is_type()
            || self.others.is_some()
            || items.is_some_and(|(at, items)| resolver.resolve(*items, at).is_structural())
    }

    /// What both of two schemas of one value say.
    fn and(mut self, mut earlier: Self) -> Self {
        let fits = match (self.kind, earlier.kind) {
            (Some(one), Some(other)) => one.or_narrower(other).is_some(),
            _ => true,
        };
        if !fits {
            return self;
        }
        match (self.is_type(), earlier.is_type()) {
            _ if self.at == earlier.at => {}
            // Neither of the two types is this one: it has a place, and with it a type, of its own.
            (true, true) => self.at = self.at.key("allOf").key(earlier.at.as_str()),
            (false, true) => self.move_to(&earlier),
            (_, false) => {}
        }
        if !self.cases.is_empty() {
            earlier.cases.clear();
        }
        self.nullable = match (self.is_structural(), earlier.is_structural()) {
            (true, true) => self.nullable && earlier.nullable,
            _ => self.nullable || earlier.nullable,
        };
        let own = std::mem::replace(
            &mut self.properties,
            std::mem::take(&mut earlier.properties),
        );
        extend(&mut self.properties, own);
        self.absorb(earlier);
        self
    }

    /// Whether a type of its own may be made of it.
    fn is_type(&self) -> bool {
        !(self.values.is_empty()
            && self.properties.is_empty()
            && self.cases.is_empty()
            && self.required.is_empty())
    }

    /// Takes the narrower of two kinds, and of two lists of values those in both.
    pub(in crate::lower) fn narrow(&mut self, kind: Option<JsonKind>, values: Vec<Value>) {
        self.kind = match (self.kind, kind) {
            (Some(one), Some(other)) => one.or_narrower(other).or(Some(one)),
            (one, other) => one.or(other),
        };
        if self.values.is_empty() {
            self.values = values;
        } else if self.values.iter().any(|value| values.contains(value)) {
            self.values.retain(|value| values.contains(value));
        }
    }
}

impl JsonKind {
    /// The kind of what is of this kind and the other.
    fn or_narrower(self, other: Self) -> Option<Self> {
        match (self, other) {
            (one, other) if one == other => Some(one),
            (Self::Integer, Self::Number) | (Self::Number, Self::Integer) => Some(Self::Integer),
            _ => None,
        }
    }
}
