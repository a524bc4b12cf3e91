//! Puts the results of several requests together, as if one request had given them all.

use std::collections::BTreeMap;

use crate::runtime::json::value::Json;

/// A result of which several make one.
pub trait Merge: Sized {
    /// Takes in the result of a later batch. What has no sum stays as it was in the first.
    fn absorb(&mut self, other: Self) {
        drop(other);
    }
}

impl Merge for () {}
impl Merge for bool {}
impl Merge for f64 {}
impl Merge for String {}
impl Merge for Json {}

/// They add up.
impl Merge for i64 {
    fn absorb(&mut self, other: Self) {
        *self = self.saturating_add(other);
    }
}

/// They add up.
impl Merge for u64 {
    fn absorb(&mut self, other: Self) {
        *self = self.saturating_add(other);
    }
}

/// The items of both, one list after the other.
impl<T> Merge for Vec<T> {
    fn absorb(&mut self, other: Self) {
        self.extend(other);
    }
}

/// The entries of both; of one key the later value.
impl<T> Merge for BTreeMap<String, T> {
    fn absorb(&mut self, other: Self) {
        self.extend(other);
    }
}

/// Either, or both merged.
impl<T: Merge> Merge for Option<T> {
    fn absorb(&mut self, other: Self) {
        match (self.as_mut(), other) {
            (Some(one), Some(other)) => one.absorb(other),
            (None, other) => *self = other,
            (Some(_), None) => (),
        }
    }
}

impl<T: Merge> Merge for Box<T> {
    fn absorb(&mut self, other: Self) {
        T::absorb(self, *other);
    }
}
