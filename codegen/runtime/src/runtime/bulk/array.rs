//! Selections of the items of a JSON array.

use std::collections::BTreeMap;
use std::ops::Range;

use bytes::Bytes;
use serde_json::value::RawValue;

use crate::runtime::body::array::JsonArray;
use crate::runtime::body::upload::Upload;

impl JsonArray {
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

    /// The array of what is sent. No copy is made of the items.
    pub(crate) fn content(&self) -> Upload {
        let mut chunks = self.chunks();
        if chunks.len() == 1 {
            chunks.remove(0).into()
        } else {
            Upload::parts(chunks.into_iter().map(Upload::from).collect())
        }
    }

    /// The array of what is sent, as JSON.
    pub(crate) fn to_json(&self) -> Vec<u8> {
        self.chunks().concat()
    }

    /// The array of what is sent, in pieces: the whole text when that is all of it.
    fn chunks(&self) -> Vec<Bytes> {
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
}
