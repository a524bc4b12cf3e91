//! What was found out of schemas: each is looked at once, however many places refer to it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::rc::Rc;

use openapiv3::Schema;

use super::subtypes::{Subtypes, base_of};
use super::{Place, Property, Said, View};
use crate::document::Document;
use crate::ir::Look;
use crate::lower::Lowering;
use crate::lower::union::{Cases, Scalar};
use crate::pointer::Pointer;

/// The schemas of a document.
pub(in crate::lower) struct Views<'a> {
    document: &'a Document,
    subtypes: Subtypes<'a>,
    said: Known<*const Schema, Rc<Said<'a>>>,
    /// The cases of unions.
    pub(in crate::lower) cases: Known<Pointer, Rc<Cases<'a>>>,
    /// What unions are that hold nothing but strings, numbers or booleans.
    pub(in crate::lower) scalars: Known<Pointer, Option<Rc<Scalar>>>,
    /// What objects look like.
    pub(in crate::lower) objects: Known<Pointer, Rc<Look>>,
}

/// Answers by what was asked.
pub(in crate::lower) struct Known<K, V>(RefCell<HashMap<K, V>>);

impl<K, V> Default for Known<K, V> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Known<K, V> {
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

impl<'a> Views<'a> {
    pub(in crate::lower) fn new(document: &'a Document) -> Self {
        Self {
            document,
            subtypes: Subtypes::of(document),
            said: Known::default(),
            cases: Known::default(),
            scalars: Known::default(),
            objects: Known::default(),
        }
    }

    /// What stands at `at`.
    pub(super) fn of(&self, schema: impl Into<Place<'a>>, at: &Pointer) -> View<'a> {
        let place = schema.into();
        let Some((target, schema)) = place.find(self.document, at) else {
            return View::silent(at, vec![at.clone()]);
        };
        let read = || match (place, base_of(&target)) {
            (Place::Base(_), Some(base)) => Rc::new(Said {
                at: target.clone(),
                chain: vec![target.clone()],
                title: Some("Base"),
                ..Said::of(self.document, schema, &base)
            }),
            _ => Rc::new(self.subtypes.applied(self.document, schema, &target)),
        };
        // Only what is referred to is asked for often.
        if target == *at {
            return View {
                from: None,
                said: read(),
            };
        }
        View {
            from: Some(at.clone()),
            said: self.said.get(&std::ptr::from_ref(schema), read),
        }
    }
}

impl View<'_> {
    /// Whether it is defined elsewhere than where it stands, so that it may stand in many places.
    pub(in crate::lower) fn is_referred_to(&self) -> bool {
        self.from.is_some() || self.chain.first() != Some(&self.at)
    }
}

impl<'a> Lowering<'a> {
    /// What stands at `at`.
    pub(in crate::lower) fn view_of(&self, schema: impl Into<Place<'a>>, at: &Pointer) -> View<'a> {
        self.views.of(schema, at)
    }

    /// All that is said of a property.
    pub(in crate::lower) fn view_of_property(&self, property: &Property<'a>) -> View<'a> {
        property.view(&self.views)
    }
}
