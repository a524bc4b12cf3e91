//! Bulk calls: splits a list into batches, sends them concurrently, retries failed items and merges the results.

mod array;
mod batch;
mod call;
pub(crate) mod complete;
mod error;
pub(crate) mod item;
pub(crate) mod merge;
mod meter;
mod queue;
mod request;
pub(crate) mod send_all;
mod state;
pub(crate) mod windows;

use serde::Serialize;

use crate::runtime::bulk::merge::Merge;
use crate::runtime::error::validation::ValidationError;
use crate::runtime::operation::Operation;
use crate::runtime::request::ParamLocation;

/// An operation whose list can be split.
pub trait Bulk: Operation<Output: Merge + Clone + Sync> + 'static {
    /// Type of an item.
    type Item: Serialize;
    /// Location of the list.
    const LIST: ParamLocation;
    /// Property that is the key of an item. `None` if an item is its own key.
    const KEY: Option<&'static str>;
    /// Minimum number of items per request.
    const MIN_ITEMS: usize = 0;
    /// Maximum number of items per request.
    const MAX_ITEMS: usize;
    /// Default number of items per request.
    const BATCH_ITEMS: usize = Self::MAX_ITEMS;
    /// Default size of a request body in bytes.
    const BATCH_BYTES: u64 = u64::MAX;
    /// Statuses after which a request is halved, in addition to 413. They report that a request took too long.
    const HALVE_ON: &'static [u16] = &[];

    /// Checks an item of a stream. The items of a list are checked when the list is created.
    fn check(item: &Self::Item) -> Result<(), ValidationError> {
        let _ = item;
        Ok(())
    }

    /// Returns the keys that the server reports as failed, if the API reports them.
    fn failed(output: &mut Self::Output) -> Option<&mut Vec<String>> {
        let _ = output;
        None
    }
}
