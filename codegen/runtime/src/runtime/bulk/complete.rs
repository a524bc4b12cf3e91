//! Results of bulk calls without failed items.

use std::ops::Deref;

/// The result of a bulk call without failed items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complete<T>(T);

impl<T> Complete<T> {
    #[doc(hidden)]
    pub fn new(result: T) -> Self {
        Self(result)
    }

    /// Returns the result.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Complete<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
