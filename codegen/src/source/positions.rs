//! Positions of pointers, looked up only for printed diagnostics.

use std::collections::HashMap;

use super::event::Event;
use super::text::Source;
use crate::diagnostic::{Origin, Position};
use crate::pointer::{Pointer, push_escaped};

/// Positions of some pointers of a text and of their parents.
#[derive(Default)]
pub(crate) struct Positions(HashMap<String, Option<Entry>>);

#[derive(Clone, Copy, Default)]
struct Entry {
    key: Position,
    value: Position,
}

impl Positions {
    /// Finds positions in one pass. A text with a syntax error gives the positions before the error.
    pub(crate) fn find<'p>(
        source: &Source,
        origin: Origin,
        wanted: impl IntoIterator<Item = &'p Pointer>,
    ) -> Self {
        let mut entries = HashMap::new();
        for at in wanted {
            let mut at = Some(at.clone());
            while let Some(entry) = at.filter(|at| !entries.contains_key(at.as_str())) {
                entries.insert(entry.as_str().to_owned(), None);
                at = entry.parent();
            }
        }
        let mut walk = Walk {
            entries,
            path: Pointer::root().as_str().to_owned(),
            open: Vec::new(),
            key: None,
        };
        let events = source
            .events(origin)
            .into_iter()
            .flatten()
            .map_while(Result::ok);
        events.for_each(|(event, position)| walk.take(&event, position));
        Self(walk.entries)
    }

    /// Position of the key of a value. For an item of a list, this is the position of the item.
    pub(crate) fn key(&self, at: &Pointer) -> Position {
        self.entry(at).key
    }

    /// Position of a value.
    pub(crate) fn value(&self, at: &Pointer) -> Position {
        self.entry(at).value
    }

    #[cfg(test)]
    pub(super) fn has(&self, at: &Pointer) -> bool {
        matches!(self.0.get(at.as_str()), Some(Some(_)))
    }

    /// Returns the entry of a pointer, or of its nearest parent if the value is missing.
    fn entry(&self, at: &Pointer) -> Entry {
        let mut at = Some(at.clone());
        while let Some(pointer) = at {
            if let Some(Some(entry)) = self.0.get(pointer.as_str()) {
                return *entry;
            }
            at = pointer.parent();
        }
        let start = Position { line: 1, column: 1 };
        Entry {
            key: start,
            value: start,
        }
    }
}

struct Walk {
    entries: HashMap<String, Option<Entry>>,
    /// Current location, tracked only as deep as pointers are wanted.
    path: String,
    open: Vec<Open>,
    key: Option<Position>,
}

struct Open {
    /// Length of the path to this object or list.
    path: usize,
    /// Index of the next item, for a list.
    index: Option<usize>,
    /// True if a pointer into this object or list is wanted.
    wanted: bool,
}

impl Walk {
    fn take(&mut self, event: &Event<'_>, position: Position) {
        match event {
            Event::Key(key) => {
                if let Some(open) = self.open.last().filter(|open| open.wanted) {
                    self.path.truncate(open.path);
                    push_escaped(&mut self.path, key);
                }
                self.key = Some(position);
            }
            Event::End => {
                self.open.pop();
            }
            Event::Scalar(_) => {
                self.visit(position);
            }
            Event::ObjectStart | Event::ListStart => {
                let wanted = self.visit(position);
                let index = matches!(event, Event::ListStart).then_some(0);
                self.open.push(Open {
                    path: self.path.len(),
                    index,
                    wanted,
                });
            }
        }
    }

    /// Records the position of a value if it is wanted. Returns true if it is.
    fn visit(&mut self, position: Position) -> bool {
        let key = self.key.take().unwrap_or(position);
        if let Some(open) = self.open.last_mut() {
            if !open.wanted {
                return false;
            }
            if let Some(index) = &mut open.index {
                self.path.truncate(open.path);
                push_escaped(&mut self.path, &index.to_string());
                *index += 1;
            }
        }
        let Some(entry) = self.entries.get_mut(&self.path) else {
            return false;
        };
        entry.get_or_insert(Entry {
            key,
            value: position,
        });
        true
    }
}
