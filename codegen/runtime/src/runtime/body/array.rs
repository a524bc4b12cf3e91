//! A JSON array that is serialized item by item, so that the items need not stay in memory.

use std::ops::Range;
use std::sync::Arc;
use std::{fmt, iter};

use bytes::Bytes;
use serde::Serialize;

use crate::runtime::body::upload::Upload;
use crate::runtime::error::validation::ValidationError;

/// A JSON array, or a selection of its items. Selections share the text.
///
/// The error of the first invalid item is stored. It fails the request.
#[derive(Clone)]
pub struct JsonArray {
    pub(crate) text: Bytes,
    /// End of each item in the text.
    pub(crate) item_ends: Arc<Vec<usize>>,
    /// Selected items, as ranges of indexes.
    pub(crate) runs: Vec<Range<usize>>,
    pub(crate) invalid: Option<ValidationError>,
    /// Number of items of the call that precede the array, if it is a part of a stream.
    #[cfg(feature = "part-bulk")]
    pub(crate) offset: usize,
}

impl JsonArray {
    /// Validates and serializes items.
    pub fn new<T: Serialize>(
        items: impl IntoIterator<Item = T>,
        check: impl Fn(&T) -> Result<(), ValidationError>,
    ) -> Self {
        let mut builder = ArrayBuilder::default();
        let mut invalid = None;
        for item in items {
            if let Err(reason) = builder.push(&item, &check) {
                invalid.get_or_insert_with(|| reason.within(&format!("[{}]", builder.len())));
                builder.push_text(b"null");
            }
        }
        Self {
            invalid,
            ..builder.finish()
        }
    }

    /// Validates and serializes strings.
    pub fn texts(
        items: impl IntoIterator<Item = impl Into<String>>,
        check: impl Fn(&String) -> Result<(), ValidationError>,
    ) -> Self {
        Self::new(items.into_iter().map(Into::into), check)
    }

    /// Serializes items without validation.
    pub fn unchecked<T: Serialize>(items: impl IntoIterator<Item = T>) -> Self {
        Self::new(items, |_| Ok(()))
    }

    /// Returns the number of selected items.
    pub fn len(&self) -> usize {
        self.runs.iter().map(ExactSizeIterator::len).sum()
    }

    /// Returns true if no item is selected.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the error of the first invalid item.
    pub fn check(&self) -> Result<(), ValidationError> {
        self.invalid.clone().map_or(Ok(()), Err)
    }

    /// Returns the array as upload content, without a copy of the items.
    pub(crate) fn to_upload(&self) -> Result<Upload, ValidationError> {
        self.check()?;
        Ok(self.content())
    }

    /// Returns the array as upload content.
    #[cfg(not(feature = "part-bulk"))]
    fn content(&self) -> Upload {
        self.text.clone().into()
    }

    /// Returns the array as JSON.
    #[cfg(not(feature = "part-bulk"))]
    pub(crate) fn to_json(&self) -> Vec<u8> {
        self.text.to_vec()
    }

    /// Returns the position of a range in the text.
    pub(crate) fn byte_range(&self, run: &Range<usize>) -> Range<usize> {
        // Skips the previous item, and the bracket or comma.
        let end = |count: usize| {
            count
                .checked_sub(1)
                .and_then(|last| self.item_ends.get(last).copied())
        };
        let start = end(run.start).unwrap_or_default() + 1;
        start..end(run.end).unwrap_or(start)
    }
}

/// Displays the size only.
impl fmt::Debug for JsonArray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size: usize = self.runs.iter().map(|run| self.byte_range(run).len()).sum();
        write!(f, "JsonArray({} in {size} bytes)", self.len())
    }
}

/// Builds a JSON array item by item.
pub(crate) struct ArrayBuilder {
    pub(crate) text: Vec<u8>,
    pub(crate) item_ends: Vec<usize>,
}

impl Default for ArrayBuilder {
    fn default() -> Self {
        Self {
            text: vec![b'['],
            item_ends: Vec::new(),
        }
    }
}

impl ArrayBuilder {
    /// Validates, serializes and appends an item. An invalid item is not appended.
    pub(crate) fn push<T: Serialize>(
        &mut self,
        item: &T,
        check: impl Fn(&T) -> Result<(), ValidationError>,
    ) -> Result<(), ValidationError> {
        check(item)?;
        let before = self.text.len();
        self.start_item();
        let written = serde_json::to_writer(&mut self.text, item);
        if let Err(error) = written {
            self.text.truncate(before);
            let reason = format!("cannot be serialized as JSON: {error}");
            return Err(ValidationError::new(reason));
        }
        self.item_ends.push(self.text.len());
        Ok(())
    }

    /// Appends the JSON text of an item.
    pub(crate) fn push_text(&mut self, text: &[u8]) {
        self.start_item();
        self.text.extend_from_slice(text);
        self.item_ends.push(self.text.len());
    }

    /// Returns the number of items.
    pub(crate) fn len(&self) -> usize {
        self.item_ends.len()
    }

    /// Returns the array.
    pub(crate) fn finish(mut self) -> JsonArray {
        self.text.push(b']');
        JsonArray {
            text: self.text.into(),
            runs: iter::once(0..self.item_ends.len()).collect(),
            item_ends: Arc::new(self.item_ends),
            invalid: None,
            #[cfg(feature = "part-bulk")]
            offset: 0,
        }
    }

    /// Writes the comma before an item, and reserves capacity for it. A long text grows by a sixteenth instead of
    /// doubling, to save memory.
    fn start_item(&mut self) {
        if !self.item_ends.is_empty() {
            self.text.push(b',');
        }
        let more = self.text.len() / 16;
        if self.text.len() > DOUBLING_LIMIT && self.text.capacity() - self.text.len() < more / 4 {
            self.text.reserve_exact(more);
        }
    }
}

/// Size in bytes up to which the capacity is doubled.
const DOUBLING_LIMIT: usize = 1 << 20;
