//! Resolves the schemas of a document and caches the results.

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

/// Read-only access to the schemas of a document.
pub(in crate::lower) struct SchemaResolver<'a> {
    pub(in crate::lower) document: &'a Document,
    subtypes: Subtypes<'a>,
    data: Cache<*const Schema, Rc<SchemaData<'a>>>,
    /// Variants of unions.
    pub(in crate::lower) union_variants: Cache<Pointer, Rc<UnionVariants<'a>>>,
    /// Unions that allow only one kind of scalar.
    pub(in crate::lower) scalars: Cache<Pointer, Option<Rc<Scalar>>>,
    /// Matchers of objects.
    pub(in crate::lower) objects: Cache<Pointer, Rc<VariantMatcher>>,
}

/// A cache with interior mutability.
pub(in crate::lower) struct Cache<K, V>(RefCell<HashMap<K, V>>);

impl<K, V> Default for Cache<K, V> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Cache<K, V> {
    /// Returns the cached value, or computes and stores it.
    pub(in crate::lower) fn get(&self, key: &K, find: impl FnOnce() -> V) -> V {
        // The cache is not borrowed during the computation, which may use it.
        let cached = self.0.borrow().get(key).cloned();
        cached.unwrap_or_else(|| {
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
            data: Cache::default(),
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
        let schema_ref = schema.into();
        let Some((target, schema)) = schema_ref.find(self.document, at) else {
            return ResolvedSchema::empty(at, vec![at.clone()]);
        };
        let read = || match (schema_ref, base_of(&target)) {
            (SchemaRef::Base(_), Some(base)) => Rc::new(SchemaData {
                at: target.clone(),
                ref_chain: vec![target.clone()],
                title: Some("Base"),
                ..SchemaData::of(self.document, schema, &base)
            }),
            _ => Rc::new(self.subtypes.resolve(self.document, schema, &target)),
        };
        // Only schemas behind references are resolved repeatedly.
        if target == *at {
            return ResolvedSchema {
                from: None,
                data: read(),
            };
        }
        ResolvedSchema {
            from: Some(at.clone()),
            data: self.data.get(&std::ptr::from_ref(schema), read),
        }
    }

    /// Returns the position of a component schema in the document.
    pub(in crate::lower) fn component_index(&self, name: &str) -> usize {
        let components = self.document.api.components.as_ref();
        let index = components.and_then(|components| components.schemas.get_index_of(name));
        index.unwrap_or(usize::MAX)
    }

    /// Resolves the schema of a property, with all `allOf` branches that describe it.
    pub(in crate::lower) fn resolve_property(&self, property: &Property<'a>) -> ResolvedSchema<'a> {
        property.resolve(self)
    }
}

impl ResolvedSchema<'_> {
    /// True if the schema is behind a reference, so that several locations may share it.
    pub(in crate::lower) fn is_shared(&self) -> bool {
        self.from.is_some() || self.ref_chain.first() != Some(&self.at)
    }
}
