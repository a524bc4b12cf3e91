//! A long JSON array to send, written item by item as the items come, so that they need not be kept as well.

use std::fmt;

use bytes::Bytes;
use serde::Serialize;

use super::refusal::Refusal;
use super::upload::Upload;

/// A JSON array and where its items end. The first item that is refused is remembered and refuses the request.
#[derive(Clone)]
pub struct Items {
    text: Bytes,
    ends: Vec<usize>,
    refusal: Option<Refusal>,
}

impl Items {
    /// Writes items and checks each.
    pub fn new<T: Serialize>(
        items: impl IntoIterator<Item = T>,
        check: impl Fn(&T) -> Result<(), Refusal>,
    ) -> Self {
        let mut text = vec![b'['];
        let mut ends = Vec::new();
        let mut refusal = None;
        for item in items {
            if !ends.is_empty() {
                text.push(b',');
            }
            let start = text.len();
            let written = check(&item).and_then(|()| {
                serde_json::to_writer(&mut text, &item)
                    .map_err(|error| Refusal::new(format!("is no JSON: {error}")))
            });
            if let Err(reason) = written {
                refusal.get_or_insert_with(|| reason.within(&format!("[{}]", ends.len())));
                text.truncate(start);
                text.extend_from_slice(b"null");
            }
            ends.push(text.len());
        }
        text.push(b']');
        Self {
            text: text.into(),
            ends,
            refusal,
        }
    }

    /// Writes items that no rule applies to.
    pub fn unchecked<T: Serialize>(items: impl IntoIterator<Item = T>) -> Self {
        Self::new(items, |_| Ok(()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The array, unless an item is refused.
    pub(super) fn body(&self) -> Result<Upload, Refusal> {
        match &self.refusal {
            Some(refusal) => Err(refusal.clone()),
            None => Ok(self.text.clone().into()),
        }
    }
}

/// Shows the size only.
impl fmt::Debug for Items {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Items({} in {} bytes)", self.len(), self.text.len())
    }
}
