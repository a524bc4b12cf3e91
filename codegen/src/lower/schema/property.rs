//! Properties of an object. Several branches of an `allOf` may describe the same property.

use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::lower::schema::schema_ref::SchemaRef;
use crate::pointer::Pointer;

/// Maximum number of further schemas per property.
const MAX_BRANCHES: usize = 16;

/// A property and its schema.
#[derive(Clone)]
pub(in crate::lower) struct Property<'a> {
    pub(in crate::lower) at: Pointer,
    pub(in crate::lower) schema: SchemaRef<'a>,
    pub(in crate::lower) required: bool,
    /// Further schemas of the property, from other branches. A value must match all of them.
    pub(super) related: Vec<(Pointer, SchemaRef<'a>)>,
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

    /// Adds what a later branch specifies.
    fn add(&mut self, later: Self) {
        let own = (std::mem::replace(&mut self.at, later.at), self.schema);
        self.schema = later.schema;
        self.required |= later.required;
        for related in std::iter::once(own).chain(later.related) {
            let is_known = self.related.iter().any(|(at, _)| *at == related.0);
            if !is_known && related.0 != self.at && self.related.len() < MAX_BRANCHES {
                self.related.push(related);
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
            Entry::Vacant(entry) => drop(entry.insert(property)),
        }
    }
}
