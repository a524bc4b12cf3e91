//! Progress of a bulk call that failed after some of its requests had succeeded.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// Keys of the items of a failed bulk call, by outcome.
///
/// [`Error::resume`](crate::runtime::error::Error::resume) returns a call for the items that are left.
#[derive(Clone)]
pub struct Progress {
    done: Vec<String>,
    rest: Vec<String>,
    /// The call for the items that are left. Its type depends on the client and the operation.
    pub(crate) call: Option<Arc<dyn Any + Send + Sync>>,
}

impl Progress {
    pub(crate) fn new(done: Vec<String>, rest: Vec<String>) -> Self {
        Self {
            done,
            rest,
            call: None,
        }
    }

    /// Returns the keys that the server confirmed, in the original order.
    pub fn done(&self) -> &[String] {
        &self.done
    }

    /// Returns all other keys, in the original order: failed items, items that were not sent, and all items
    /// of failed requests. The server may have processed some of them.
    pub fn rest(&self) -> &[String] {
        &self.rest
    }
}

/// Does not display keys.
impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.done.len() + self.rest.len();
        write!(f, "{} of {all} items were done", self.done.len())
    }
}

/// Does not display keys.
impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Progress({self})")
    }
}
