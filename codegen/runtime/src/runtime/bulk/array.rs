//! Selections of JSON array items.

use std::collections::BTreeMap;
use std::mem;
use std::ops::Range;

use bytes::Bytes;
use serde_json::value::RawValue;

use crate::runtime::body::array::{ArrayBuilder, JsonArray};
use crate::runtime::body::upload::Upload;

impl ArrayBuilder {
    /// Appends the items of an array.
    pub(crate) fn append(&mut self, items: &JsonArray) {
        for index in items.indexes() {
            self.push_text(items.text_of(&(index..index + 1)));
        }
    }

    /// Removes all items except the last ones, and returns them.
    pub(crate) fn take_all_but(&mut self, last: usize) -> JsonArray {
        let count = self.len().saturating_sub(last);
        let end = count
            .checked_sub(1)
            .and_then(|index| self.item_ends.get(index));
        let end = end.copied().unwrap_or(1);
        let mut rest = Self::default();
        let mut start = end;
        for item_end in self.item_ends.iter().skip(count).copied() {
            // A comma precedes every item except the first.
            let comma = usize::from(start > 1);
            rest.push_text(self.text.get(start + comma..item_end).unwrap_or_default());
            start = item_end;
        }
        self.text.truncate(end);
        self.item_ends.truncate(count);
        mem::replace(self, rest).finish()
    }
}

impl JsonArray {
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

    /// Splits the selection after a number of items.
    pub(crate) fn split_at(&self, count: usize) -> (Self, Self) {
        let (mut first, mut second) = (self.clone(), self.clone());
        first.runs.clear();
        second.runs.clear();
        let mut missing = count;
        for run in self.runs.iter().cloned() {
            let middle = run.start + run.len().min(missing);
            missing -= middle - run.start;
            let (before, after) = (run.start..middle, middle..run.end);
            first
                .runs
                .extend(Some(before).filter(|run| !run.is_empty()));
            second
                .runs
                .extend(Some(after).filter(|run| !run.is_empty()));
        }
        (first, second)
    }

    /// Returns the indexes of all items, also of those that are not selected.
    pub(crate) fn all_indexes(&self) -> Range<usize> {
        0..self.item_ends.len()
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

    /// Returns the selected items as upload content, without a copy.
    pub(crate) fn content(&self) -> Upload {
        let mut chunks = self.chunks();
        if chunks.len() == 1 {
            chunks.remove(0).into()
        } else {
            Upload::parts(chunks.into_iter().map(Upload::from).collect())
        }
    }

    /// Returns the selected items as JSON.
    pub(crate) fn to_json(&self) -> Vec<u8> {
        self.chunks().concat()
    }

    /// Returns the array as chunks. If all items are selected, it is one chunk.
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

    /// Returns the text of a range, with the commas between its items.
    fn text_of(&self, run: &Range<usize>) -> &[u8] {
        self.text.get(self.byte_range(run)).unwrap_or_default()
    }
}
