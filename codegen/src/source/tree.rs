//! Construction of a tree of values from a text.

use serde_json::{Map, Value};

use super::event::{Event, MAX_DEPTH};
use super::fast_yaml;
use super::positions::Positions;
use super::text::{Format, Source};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, Position};
use crate::pointer::Pointer;

/// Parses a text into a tree that keeps the order of keys. The first of duplicate keys counts. Returns `None`, with a
/// diagnostic, if the text has no usable value.
pub(crate) fn read(
    source: &Source,
    origin: Origin,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    if source.format(origin) == Format::Yaml
        && source.is_utf8()
        && let Some(tree) = fast_yaml::read(source.body())
    {
        return Some(tree);
    }
    let builder = build(source, origin, diagnostics)?;
    report_duplicates(&builder.duplicates, source, origin, diagnostics);
    match builder.root {
        None | Some(Value::Null) => {
            let diagnostic =
                Diagnostic::error("empty-document", &Pointer::root(), "the file is empty");
            diagnostics.push(diagnostic.help("check the path of the file"));
            None
        }
        root => root,
    }
}

fn build(source: &Source, origin: Origin, diagnostics: &mut Diagnostics) -> Option<Builder> {
    let events = match source.events(origin) {
        Ok(events) => events,
        Err(errors) => {
            diagnostics.extend(errors);
            return None;
        }
    };
    let mut builder = Builder::default();
    for event in events {
        match event {
            Ok((event, position)) => {
                if builder.is_too_deep(&event) {
                    diagnostics.push(too_deep(&builder.location(), position));
                }
                builder.take(event, position);
            }
            Err(diagnostic) => {
                diagnostics.push(*diagnostic);
                return None;
            }
        }
    }
    Some(builder)
}

fn too_deep(at: &Pointer, position: Position) -> Diagnostic {
    let text = format!(
        "the document has more than {MAX_DEPTH} nested levels; this value is read as empty"
    );
    Diagnostic::warning("nested-too-deep", at, text)
        .at_position(position)
        .help("move inner parts to `components` and refer to them")
}

fn report_duplicates(
    duplicates: &[(Pointer, Position)],
    source: &Source,
    origin: Origin,
    diagnostics: &mut Diagnostics,
) {
    if duplicates.is_empty() {
        return;
    }
    let first = Positions::find(source, origin, duplicates.iter().map(|(at, _)| at));
    diagnostics.extend(duplicates.iter().map(|(at, position)| {
        let text = format!("duplicate key `{}`; the first one is used", at.last());
        let line = first.key(at).line;
        Diagnostic::warning("duplicate-key", at, text)
            .at_position(*position)
            .help(format!(
                "the first one is in line {line}; remove or rename one of them"
            ))
    }));
}

/// Builds a tree from events.
#[derive(Default)]
struct Builder {
    root: Option<Value>,
    /// Objects and lists that are not complete, the innermost last.
    open: Vec<Open>,
    /// Number of incomplete objects and lists below the deepest level that is read.
    skipped: usize,
    duplicates: Vec<(Pointer, Position)>,
}

enum Open {
    /// An object, and the key of the next value.
    Map(Map<String, Value>, String),
    List(Vec<Value>),
    /// Value of a duplicate key, which is dropped.
    Dropped,
}

impl Builder {
    /// True if this event starts an object or a list below the deepest level.
    fn is_too_deep(&self, event: &Event<'_>) -> bool {
        self.skipped == 0
            && self.open.len() > MAX_DEPTH
            && matches!(event, Event::ObjectStart | Event::ListStart)
    }

    fn take(&mut self, event: Event<'_>, position: Position) {
        if self.skipped > 0 {
            match event {
                Event::ObjectStart | Event::ListStart => self.skipped += 1,
                Event::End => self.skipped -= 1,
                Event::Key(_) | Event::Scalar(_) => {}
            }
            return;
        }
        if self.is_too_deep(&event) {
            self.skipped = 1;
            self.put(match event {
                Event::ListStart => Value::Array(Vec::new()),
                _ => Value::Object(Map::new()),
            });
            return;
        }
        match event {
            Event::ObjectStart => self.open.push(Open::Map(Map::new(), String::new())),
            Event::ListStart => self.open.push(Open::List(Vec::new())),
            Event::Scalar(value) => self.put(value),
            Event::Key(key) => self.key(key.into_owned(), position),
            Event::End => match self.open.pop() {
                Some(Open::Map(map, _)) => self.put(Value::Object(map)),
                Some(Open::List(list)) => self.put(Value::Array(list)),
                Some(Open::Dropped) | None => {}
            },
        }
    }

    fn key(&mut self, key: String, position: Position) {
        let Some(Open::Map(map, next_key)) = self.open.last_mut() else {
            return;
        };
        let is_duplicate = map.contains_key(&key);
        *next_key = key;
        if is_duplicate {
            self.duplicates.push((self.location(), position));
            self.open.push(Open::Dropped);
        }
    }

    fn put(&mut self, value: Value) {
        match self.open.last_mut() {
            Some(Open::Map(map, next_key)) => {
                map.insert(std::mem::take(next_key), value);
            }
            Some(Open::List(list)) => list.push(value),
            Some(Open::Dropped) => {
                self.open.pop();
            }
            None => self.root = Some(value),
        }
    }

    fn location(&self) -> Pointer {
        self.open
            .iter()
            .fold(Pointer::root(), |at, open| match open {
                Open::Map(_, next_key) => at.key(next_key),
                Open::List(list) => at.index(list.len()),
                Open::Dropped => at,
            })
    }
}
