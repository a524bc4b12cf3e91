//! What was found out of schemas: each is looked at once, however many places refer to it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::rc::Rc;

use openapiv3::Schema;

use crate::document::Document;
use crate::ir::VariantMatcher;
use crate::lower::schema::subtypes::{Subtypes, base_of};
use crate::lower::schema::{
    Property, ResolvedSchema, Scalar, SchemaData, SchemaRef, UnionVariants,
};
use crate::pointer::Pointer;

/// The schemas of a document.
pub(in crate::lower) struct SchemaResolver<'a> {
    pub(in crate::lower) document: &'a Document,
    subtypes: Subtypes<'a>,
    said: Cache<*const Schema, Rc<SchemaData<'a>>>,
    /// The cases of unions.
    pub(in crate::lower) union_variants: Cache<Pointer, Rc<UnionVariants<'a>>>,
    /// What unions are that hold nothing but strings, numbers or booleans.
    pub(in crate::lower) scalars: Cache<Pointer, Option<Rc<Scalar>>>,
    /// What objects look like.
    pub(in crate::lower) objects: Cache<Pointer, Rc<VariantMatcher>>,
}

/// Answers by what was asked.
pub(in crate::lower) struct Cache<K, V>(RefCell<HashMap<K, V>>);

impl<K, V> Default for Cache<K, V> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Cache<K, V> {
    /// The answer, found if nobody has asked before.
    pub(in crate::lower) fn get(&self, key: &K, find: impl FnOnce() -> V) -> V {
        // Not borrowed while it is being found: that may lead to other questions.
        let known = self.0.borrow().get(key).cloned();
        known.unwrap_or_else(|| {
            let found = find();
            self.0.borrow_mut().insert(key.clone(), found.clone());
            found
        })
    }
}

impl<'a> SchemaResolver<'a> {
    pub(in crate::lower) fn new(document: &'a Document) -> Self {
        Self {
            document,
            subtypes: Subtypes::of(document),
            said: Cache::default(),
            union_variants: Cache::default(),
            scalars: Cache::default(),
            objects: Cache::default(),
        }
    }

    /// Resolves the schema at `at`.
    pub(in crate::lower) fn resolve(
        &self,
        schema: impl Into<SchemaRef<'a>>,
        at: &Pointer,
    ) -> ResolvedSchema<'a> {
        let place = schema.into();
        let Some((target, schema)) = place.find(self.document, at) else {
            return ResolvedSchema::silent(at, vec![at.clone()]);
        };
        let read = || match (place, base_of(&target)) {
            (SchemaRef::Base(_), Some(base)) => Rc::new(SchemaData {
                at: target.clone(),
                chain: vec![target.clone()],
                title: Some("Base"),
                ..SchemaData::of(self.document, schema, &base)
            }),
            _ => Rc::new(self.subtypes.applied(self.document, schema, &target)),
        };
        // Only what is referred to is asked for often.
        if target == *at {
            return ResolvedSchema {
                from: None,
                said: read(),
            };
        }
        ResolvedSchema {
            from: Some(at.clone()),
            said: self.said.get(&std::ptr::from_ref(schema), read),
        }
    }

    /// Resolves the schema of a property, with all `allOf` branches that describe it.
    pub(in crate::lower) fn resolve_property(&self, property: &Property<'a>) -> ResolvedSchema<'a> {
        property.resolve(self)
    }
}

impl ResolvedSchema<'_> {
    /// Whether it is defined elsewhere than where it stands, so that it may stand in many places.
    pub(in crate::lower) fn is_referred_to(&self) -> bool {
        self.from.is_some() || self.chain.first() != Some(&self.at)
    }
}
