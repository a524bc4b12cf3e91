//! A long JSON array to send, written item by item as the items come, so that they need not be kept as well.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use std::{fmt, iter};

use bytes::Bytes;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::runtime::body::upload::Upload;
use crate::runtime::error::validation::ValidationError;

/// A JSON array, and which of its items are sent: all of them, or some that share the text with the rest.
///
/// The first item that is refused is remembered and refuses the request.
#[derive(Clone)]
pub struct JsonArray {
    text: Bytes,
    /// Where in the text each item ends.
    item_ends: Arc<Vec<usize>>,
    /// Which items are sent, by index, as runs of neighbours.
    runs: Vec<Range<usize>>,
    invalid: Option<ValidationError>,
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

    /// Those of these indexes, which must ascend. The text is shared.
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

    /// The indexes of what is sent.
    pub(crate) fn indexes(&self) -> impl Iterator<Item = usize> {
        self.runs.iter().cloned().flatten()
    }

    /// How many bytes an item has.
    pub(crate) fn size(&self, index: usize) -> usize {
        self.byte_range(&(index..index + 1)).len()
    }

    /// What names an item: this property of it, or else the item itself.
    pub(crate) fn key(&self, index: usize, property: Option<&str>) -> Option<String> {
        let item = self.text_of(&(index..index + 1));
        let Some(property) = property else {
            return serde_json::from_slice(item).ok();
        };
        let object: BTreeMap<String, &RawValue> = serde_json::from_slice(item).ok()?;
        serde_json::from_str(object.get(property)?.get()).ok()
    }

    /// The array, unless an item is refused. No copy is made of the items.
    pub(crate) fn to_upload(&self) -> Result<Upload, ValidationError> {
        self.check()?;
        let mut chunks = self.chunks();
        Ok(if chunks.len() == 1 {
            chunks.remove(0).into()
        } else {
            Upload::parts(chunks.into_iter().map(Upload::from).collect())
        })
    }

    /// The array of what is sent, in pieces: the whole text when that is all of it.
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

    /// The text of neighbours, with the commas between them.
    fn text_of(&self, run: &Range<usize>) -> &[u8] {
        self.text.get(self.byte_range(run)).unwrap_or_default()
    }

    /// Where in the text neighbours are.
    fn byte_range(&self, run: &Range<usize>) -> Range<usize> {
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
