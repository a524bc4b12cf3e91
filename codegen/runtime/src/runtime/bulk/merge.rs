//! Merges the results of several requests into one result.

use std::collections::BTreeMap;

use crate::runtime::json::value::Json;

/// A result that can be merged with others.
pub trait Merge: Sized {
    /// Merges the result of a later request. By default, the first result is kept.
    ///
    /// The method is not called `merge`, because a model may have a setter with that name.
    fn absorb(&mut self, other: Self) {
        drop(other);
    }
}

impl Merge for () {}
impl Merge for bool {}
impl Merge for f64 {}
impl Merge for String {}
impl Merge for Json {}

/// Adds the numbers.
impl Merge for i64 {
    fn absorb(&mut self, other: Self) {
        *self = self.saturating_add(other);
    }
}

/// Adds the numbers.
impl Merge for u64 {
    fn absorb(&mut self, other: Self) {
        *self = self.saturating_add(other);
    }
}

/// Concatenates the lists.
impl<T> Merge for Vec<T> {
    fn absorb(&mut self, other: Self) {
        self.extend(other);
    }
}

/// Merges the maps. The later value of a key wins.
impl<T> Merge for BTreeMap<String, T> {
    fn absorb(&mut self, other: Self) {
        self.extend(other);
    }
}

/// Merges the values, if both are present.
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
