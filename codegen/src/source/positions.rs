//! Pointers -> lines and columns, looked up only when something is to be printed.

use std::collections::HashMap;

use super::{Source, Step};
use crate::diagnostic::{Origin, Position};
use crate::pointer::{Pointer, push_escaped};

/// Where some places of a text are, and all that they are in.
#[derive(Default)]
pub(crate) struct Positions(HashMap<String, Option<Place>>);

#[derive(Clone, Copy, Default)]
struct Place {
    key: Position,
    value: Position,
}

impl Positions {
    /// Walks the text once; a text that breaks off gives the places before that.
    pub(crate) fn find<'p>(
        source: &Source,
        origin: Origin,
        wanted: impl IntoIterator<Item = &'p Pointer>,
    ) -> Self {
        let mut places = HashMap::new();
        for at in wanted {
            let mut at = Some(at.clone());
            while let Some(place) = at.filter(|at| !places.contains_key(at.as_str())) {
                places.insert(place.as_str().to_owned(), None);
                at = place.parent();
            }
        }
        let mut walk = Walk {
            places,
            path: Pointer::root().as_str().to_owned(),
            open: Vec::new(),
            key: None,
        };
        let steps = source
            .steps(origin)
            .into_iter()
            .flatten()
            .map_while(Result::ok);
        steps.for_each(|(step, mark)| walk.take(&step, mark));
        Self(walk.places)
    }

    /// Where the key is that leads to a place; for an item of a list, where the item is.
    pub(crate) fn key(&self, at: &Pointer) -> Position {
        self.place(at).key
    }

    /// Where a value begins.
    pub(crate) fn value(&self, at: &Pointer) -> Position {
        self.place(at).value
    }

    #[cfg(test)]
    pub(super) fn has(&self, at: &Pointer) -> bool {
        matches!(self.0.get(at.as_str()), Some(Some(_)))
    }

    /// A place that is not in the text (something is missing there) is where the nearest thing around it is.
    fn place(&self, at: &Pointer) -> Place {
        let mut at = Some(at.clone());
        while let Some(pointer) = at {
            if let Some(Some(place)) = self.0.get(pointer.as_str()) {
                return *place;
            }
            at = pointer.parent();
        }
        let start = Position { line: 1, column: 1 };
        Place {
            key: start,
            value: start,
        }
    }
}

struct Walk {
    places: HashMap<String, Option<Place>>,
    /// Where the walk is; kept only as deep as something is wanted.
    path: String,
    open: Vec<Open>,
    key: Option<Position>,
}

struct Open {
    /// Length of the path here.
    path: usize,
    /// Index of the next item of a list.
    index: Option<usize>,
    /// Whether anything inside is wanted.
    wanted: bool,
}

impl Walk {
    fn take(&mut self, step: &Step<'_>, mark: Position) {
        match step {
            Step::Key(key) => {
                if let Some(open) = self.open.last().filter(|open| open.wanted) {
                    self.path.truncate(open.path);
                    push_escaped(&mut self.path, key);
                }
                self.key = Some(mark);
            }
            Step::End => {
                self.open.pop();
            }
            Step::Leaf(_) => {
                self.visit(mark);
            }
            Step::Map | Step::List => {
                let wanted = self.visit(mark);
                let index = matches!(step, Step::List).then_some(0);
                self.open.push(Open {
                    path: self.path.len(),
                    index,
                    wanted,
                });
            }
        }
    }

    /// Notes where a value begins, if that is wanted.
    fn visit(&mut self, mark: Position) -> bool {
        let key = self.key.take().unwrap_or(mark);
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
        let Some(place) = self.places.get_mut(&self.path) else {
            return false;
        };
        place.get_or_insert(Place { key, value: mark });
        true
    }
}
