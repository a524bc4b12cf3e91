//! Progress of a bulk call that failed after some of its requests had succeeded.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// Keys of the items of a failed bulk call, by outcome.
///
/// For a call with a stream or an iterator, these are the keys of the items that were taken last. The server confirmed
/// the items before, or the result of the resumed call lists them as failed.
///
/// [`Error::resume`](crate::runtime::error::Error::resume) returns a call for the items that are left.
#[derive(Clone)]
pub struct Progress {
    done: Vec<String>,
    rest: Vec<String>,
    items_done: usize,
    items_total: usize,
    /// The call for the items that are left. Its type depends on the client and the operation.
    pub(crate) call: Option<Arc<dyn Any + Send + Sync>>,
}

impl Progress {
    pub(crate) fn new(
        done: Vec<String>,
        rest: Vec<String>,
        items_done: usize,
        items_total: usize,
    ) -> Self {
        Self {
            done,
            rest,
            items_done,
            items_total,
            call: None,
        }
    }

    /// Returns the number of items that the server confirmed. It includes the items of the calls that were resumed, and
    /// all items of a stream.
    pub fn items_done(&self) -> usize {
        self.items_done
    }

    /// Returns the keys that the server confirmed, in the original order. They include those of the calls that were
    /// resumed.
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
        let Self {
            items_done,
            items_total,
            ..
        } = self;
        write!(f, "{items_done} of {items_total} items were done")
    }
}

/// Does not display keys.
impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Progress({self})")
    }
}
