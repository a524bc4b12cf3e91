//! A long JSON array to send, written item by item as the items come, so that they need not be kept as well.

use std::ops::Range;
use std::sync::Arc;
use std::{fmt, iter};

use bytes::Bytes;
use serde::Serialize;

use crate::runtime::body::upload::Upload;
use crate::runtime::error::validation::ValidationError;

/// A JSON array, and which of its items are sent: all of them, or some that share the text with the rest.
///
/// The first item that is refused is remembered and refuses the request.
#[derive(Clone)]
pub struct JsonArray {
    pub(crate) text: Bytes,
    /// Where in the text each item ends.
    pub(crate) item_ends: Arc<Vec<usize>>,
    /// Which items are sent, by index, as runs of neighbours.
    pub(crate) runs: Vec<Range<usize>>,
    pub(crate) invalid: Option<ValidationError>,
}

impl JsonArray {
    /// Writes items and checks each.
    pub fn new<T: Serialize>(
        items: impl IntoIterator<Item = T>,
        check: impl Fn(&T) -> Result<(), ValidationError>,
    ) -> Self {
        let mut text = vec![b'['];
        let mut item_ends = Vec::new();
        let mut invalid = None;
        for item in items {
            if !item_ends.is_empty() {
                text.push(b',');
            }
            reserve_item(&mut text);
            let start = text.len();
            let written = check(&item).and_then(|()| {
                serde_json::to_writer(&mut text, &item)
                    .map_err(|error| ValidationError::new(format!("is no JSON: {error}")))
            });
            if let Err(reason) = written {
                invalid.get_or_insert_with(|| reason.within(&format!("[{}]", item_ends.len())));
                text.truncate(start);
                text.extend_from_slice(b"null");
            }
            item_ends.push(text.len());
        }
        text.push(b']');
        Self {
            text: text.into(),
            runs: iter::once(0..item_ends.len()).collect(),
            item_ends: Arc::new(item_ends),
            invalid,
        }
    }

    /// Writes texts and checks each.
    pub fn texts(
        items: impl IntoIterator<Item = impl Into<String>>,
        check: impl Fn(&String) -> Result<(), ValidationError>,
    ) -> Self {
        Self::new(items.into_iter().map(Into::into), check)
    }

    /// Writes items that no rule applies to.
    pub fn unchecked<T: Serialize>(items: impl IntoIterator<Item = T>) -> Self {
        Self::new(items, |_| Ok(()))
    }

    /// How many are sent.
    pub fn len(&self) -> usize {
        self.runs.iter().map(ExactSizeIterator::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether all items passed when they came in.
    pub fn check(&self) -> Result<(), ValidationError> {
        self.invalid.clone().map_or(Ok(()), Err)
    }

    /// The array, unless an item is refused. No copy is made of the items.
    pub(crate) fn to_upload(&self) -> Result<Upload, ValidationError> {
        self.check()?;
        Ok(self.content())
    }

    /// The array of what is sent.
    #[cfg(not(feature = "part-bulk"))]
    fn content(&self) -> Upload {
        self.text.clone().into()
    }

    /// The array of what is sent, as JSON.
    #[cfg(not(feature = "part-bulk"))]
    pub(crate) fn to_json(&self) -> Vec<u8> {
        self.text.to_vec()
    }

    /// Where in the text neighbours are.
    pub(crate) fn byte_range(&self, run: &Range<usize>) -> Range<usize> {
        // Behind the item before, and behind the bracket or comma.
        let end = |count: usize| {
            count
                .checked_sub(1)
                .and_then(|last| self.item_ends.get(last).copied())
        };
        let start = end(run.start).unwrap_or_default() + 1;
        start..end(run.end).unwrap_or(start)
    }
}

/// Shows the size only.
impl fmt::Debug for JsonArray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size: usize = self.runs.iter().map(|run| self.byte_range(run).len()).sum();
        write!(f, "JsonArray({} in {size} bytes)", self.len())
    }
}

/// Up to so many bytes a text doubles when it is full.
const DOUBLING_LIMIT: usize = 1 << 20;

/// Makes room for another item, unless it is a very long one. A long text grows by a sixteenth, for doubling would leave
/// room for as much again.
fn reserve_item(text: &mut Vec<u8>) {
    let more = text.len() / 16;
    if text.len() > DOUBLING_LIMIT && text.capacity() - text.len() < more / 4 {
        text.reserve_exact(more);
    }
}
