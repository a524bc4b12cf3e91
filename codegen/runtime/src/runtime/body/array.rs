//! A JSON array that is serialized item by item, so that the items need not stay in memory.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use std::{fmt, iter};

use bytes::Bytes;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::runtime::body::upload::Upload;
use crate::runtime::error::validation::ValidationError;

/// A JSON array, or a selection of its items. Selections share the text.
///
/// The error of the first invalid item is stored. It fails the request.
#[derive(Clone)]
pub struct JsonArray {
    text: Bytes,
    /// End of each item in the text.
    item_ends: Arc<Vec<usize>>,
    /// Selected items, as ranges of indexes.
    runs: Vec<Range<usize>>,
    invalid: Option<ValidationError>,
}

impl JsonArray {
    /// Validates and serializes items.
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

    /// Selects items. The indexes must be in ascending order. The text is shared.
    pub(crate) fn select(&self, indexes: impl IntoIterator<Item = usize>) -> Self {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for index in indexes {
            match runs.last_mut() {
                Some(run) if run.end == index => run.end += 1,
                _ => runs.push(index..index + 1),
            }
        }
        Self {
            runs,
            ..self.clone()
        }
    }

    /// Returns the indexes of the selected items.
    pub(crate) fn indexes(&self) -> impl Iterator<Item = usize> {
        self.runs.iter().cloned().flatten()
    }

    /// Returns the size of an item in bytes.
    pub(crate) fn size(&self, index: usize) -> usize {
        self.byte_range(&(index..index + 1)).len()
    }

    /// Returns the key of an item: a property, or the item itself.
    pub(crate) fn key(&self, index: usize, property: Option<&str>) -> Option<String> {
        let item = self.text_of(&(index..index + 1));
        let Some(property) = property else {
            return serde_json::from_slice(item).ok();
        };
        let object: BTreeMap<String, &RawValue> = serde_json::from_slice(item).ok()?;
        serde_json::from_str(object.get(property)?.get()).ok()
    }

    /// Returns the array as upload content, without a copy of the items.
    pub(crate) fn to_upload(&self) -> Result<Upload, ValidationError> {
        self.check()?;
        let mut chunks = self.chunks();
        Ok(if chunks.len() == 1 {
            chunks.remove(0).into()
        } else {
            Upload::parts(chunks.into_iter().map(Upload::from).collect())
        })
    }

    /// Returns the array as chunks. If all items are selected, it is one chunk.
    pub(crate) fn chunks(&self) -> Vec<Bytes> {
        if self.len() == self.item_ends.len() {
            return vec![self.text.clone()];
        }
        let mut chunks = vec![Bytes::from_static(b"[")];
        for run in &self.runs {
            if chunks.len() > 1 {
                chunks.push(Bytes::from_static(b","));
            }
            chunks.push(self.text.slice(self.byte_range(run)));
        }
        chunks.push(Bytes::from_static(b"]"));
        chunks
    }

    /// Returns the text of a range, with the commas between its items.
    fn text_of(&self, run: &Range<usize>) -> &[u8] {
        self.text.get(self.byte_range(run)).unwrap_or_default()
    }

    /// Returns the position of a range in the text.
    fn byte_range(&self, run: &Range<usize>) -> Range<usize> {
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

/// Size in bytes up to which the capacity is doubled.
const DOUBLING_LIMIT: usize = 1 << 20;

/// Reserves capacity for another item. A long text grows by a sixteenth instead of doubling, to save
/// memory.
fn reserve_item(text: &mut Vec<u8>) {
    let more = text.len() / 16;
    if text.len() > DOUBLING_LIMIT && text.capacity() - text.len() < more / 4 {
        text.reserve_exact(more);
    }
}
