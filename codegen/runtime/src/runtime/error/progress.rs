//! How far a call had come that failed after some of its requests had succeeded.

use std::fmt;

/// What had become of the items of a bulk call when it failed, by their keys.
#[derive(Clone)]
pub struct Progress {
    done: Vec<String>,
    rest: Vec<String>,
}

impl Progress {
    pub(crate) fn new(done: Vec<String>, rest: Vec<String>) -> Self {
        Self { done, rest }
    }

    /// The keys that the server has confirmed, in the order given.
    pub fn done(&self) -> &[String] {
        &self.done
    }

    /// All other keys, in the order given: those that failed, those that were not sent, and all of a request that failed
    /// as a whole, though the server may have acted on some of them.
    pub fn rest(&self) -> &[String] {
        &self.rest
    }
}

/// Shows no keys.
impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.done.len() + self.rest.len();
        write!(f, "{} of {all} items were done", self.done.len())
    }
}

/// Shows no keys.
impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Progress({self})")
    }
}
