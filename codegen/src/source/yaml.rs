//! YAML parser. Aliases repeat the events of their anchors. Scalars are resolved by the core schema of YAML 1.2.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event as YamlEvent, Marker, Parser, ScalarStyle, ScanError, Tag};
use serde_json::{Number, Value};

use super::event::{Event, Events, MAX_DEPTH};
use crate::diagnostic::{Diagnostic, Diagnostics, Position};
use crate::pointer::Pointer;

/// Largest number of events that aliases repeat. A few lines of nested aliases can expand to more than memory holds.
const MAX_ALIAS_EVENTS: usize = 1_000_000;

pub(super) fn events(text: &str) -> Result<Events<'_>, Diagnostics> {
    let options = granit_parser::options! { flow_nesting_limit: MAX_DEPTH * 2, block_nesting_limit: MAX_DEPTH * 2 };
    let mut reader = Reader::default();
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((yaml_event, span)) => reader
                .take(yaml_event, position_of(&span.start))
                .map_err(|error| *error)?,
            Err(error) => return Err(syntax_error(&error).into()),
        }
    }
    Ok(Box::new(reader.events.into_iter().map(Ok)))
}

#[derive(Default)]
struct Reader<'t> {
    events: Vec<(Event<'t>, Position)>,
    open: Vec<Open>,
    /// Range of the events of each anchored value, by the anchor's number.
    anchors: HashMap<usize, Range<usize>>,
    copied: usize,
    documents: usize,
}

/// An object or list that is not complete.
struct Open {
    start: usize,
    anchor: usize,
    object: bool,
    /// True if the next scalar is a key.
    key: bool,
}

impl<'t> Reader<'t> {
    fn take(&mut self, event: YamlEvent<'t>, position: Position) -> Result<(), Box<Diagnostic>> {
        match event {
            YamlEvent::DocumentStart(..) => self.document(position),
            YamlEvent::Scalar(text, style, anchor, tag) => {
                self.scalar((text, style), anchor, tag.as_deref(), position)
            }
            YamlEvent::MappingStart(_, anchor, tag) => {
                self.begin(true, anchor, tag.as_deref(), position)
            }
            YamlEvent::SequenceStart(_, anchor, tag) => {
                self.begin(false, anchor, tag.as_deref(), position)
            }
            YamlEvent::MappingEnd | YamlEvent::SequenceEnd => {
                self.end(position);
                Ok(())
            }
            YamlEvent::Alias(anchor) => self.alias(anchor, position),
            _ => Ok(()),
        }
    }

    fn document(&mut self, position: Position) -> Result<(), Box<Diagnostic>> {
        self.documents += 1;
        if self.documents > 1 {
            let diagnostic = diagnostic("a second YAML document begins here", position);
            return Err(diagnostic.help("keep one document in the file").into());
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        (text, style): (Cow<'t, str>, ScalarStyle),
        anchor: usize,
        tag: Option<&Tag>,
        position: Position,
    ) -> Result<(), Box<Diagnostic>> {
        let tag = core_tag(tag, position)?;
        let event = if self.takes_key() {
            Event::Key(text)
        } else if style == ScalarStyle::Plain && tag != Some("str") {
            Event::Scalar(resolve(text))
        } else {
            Event::Scalar(Value::String(text.into_owned()))
        };
        self.push(event, anchor, position);
        Ok(())
    }

    fn push(&mut self, event: Event<'t>, anchor: usize, position: Position) {
        let start = self.events.len();
        self.events.push((event, position));
        self.done(anchor, start);
    }

    /// Ends a key or a value.
    fn done(&mut self, anchor: usize, start: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, start..self.events.len());
        }
        if let Some(open) = self.open.last_mut() {
            open.key = open.object && !open.key;
        }
    }

    fn takes_key(&self) -> bool {
        self.open.last().is_some_and(|open| open.key)
    }

    fn begin(
        &mut self,
        object: bool,
        anchor: usize,
        tag: Option<&Tag>,
        position: Position,
    ) -> Result<(), Box<Diagnostic>> {
        core_tag(tag, position)?;
        if self.takes_key() {
            return Err(invalid_key(position).into());
        }
        self.anchors.remove(&anchor);
        self.open.push(Open {
            start: self.events.len(),
            anchor,
            object,
            key: object,
        });
        self.events.push((
            if object {
                Event::ObjectStart
            } else {
                Event::ListStart
            },
            position,
        ));
        Ok(())
    }

    fn end(&mut self, position: Position) {
        self.events.push((Event::End, position));
        if let Some(open) = self.open.pop() {
            self.done(open.anchor, open.start);
        }
    }

    fn alias(&mut self, anchor: usize, position: Position) -> Result<(), Box<Diagnostic>> {
        let Some(range) = self.anchors.get(&anchor).cloned() else {
            return Err(diagnostic("this alias is part of its own anchor", position).into());
        };
        let mut copy = self.events.get(range).unwrap_or_default().to_vec();
        self.copied += copy.len();
        if self.copied > MAX_ALIAS_EVENTS {
            return Err(diagnostic(
                format!("the aliases up to here repeat more than {MAX_ALIAS_EVENTS} values"),
                position,
            )
            .into());
        }
        if let [(event @ Event::Key(_), _)] = copy.as_mut_slice()
            && let Event::Key(text) = event
        {
            *event = Event::Scalar(Value::String(text.to_string()));
        }
        if !self.takes_key() {
            let start = self.events.len();
            self.events.append(&mut copy);
            self.done(0, start);
            return Ok(());
        }
        let key = match copy.as_slice() {
            [(Event::Scalar(Value::String(text)), _)] => text.clone(),
            [(Event::Scalar(value), _)] => value.to_string(),
            _ => return Err(invalid_key(position).into()),
        };
        self.push(Event::Key(Cow::Owned(key)), 0, position);
        Ok(())
    }
}

/// Resolves a plain scalar by the core schema. A number with a leading zero stays a string, as in `zip: 01234`.
fn resolve(text: Cow<'_, str>) -> Value {
    match text.as_ref() {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    number(&text).map_or_else(|| Value::String(text.into_owned()), Value::Number)
}

fn number(text: &str) -> Option<Number> {
    if let Some(digits) = text.strip_prefix("0x") {
        return u64::from_str_radix(digits, 16).ok().map(Number::from);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return u64::from_str_radix(digits, 8).ok().map(Number::from);
    }
    let digits = text.trim_start_matches(['-', '+']);
    let zero = digits
        .strip_prefix('0')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-');
    if zero
        || !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        || !digits.chars().all(numeric)
    {
        return None;
    }
    let integer = text
        .parse::<i64>()
        .map(Number::from)
        .or_else(|_| text.parse::<u64>().map(Number::from));
    integer
        .ok()
        .or_else(|| Number::from_f64(text.parse().ok()?))
}

/// Returns the core schema's name of a tag.
fn core_tag(tag: Option<&Tag>, position: Position) -> Result<Option<&str>, Box<Diagnostic>> {
    let Some(tag) = tag else { return Ok(None) };
    match tag.core_suffix() {
        Some(core) => Ok(Some(core)),
        None => Err(diagnostic(
            format!(
                "unknown YAML tag `{}{}`",
                tag.original_handle(),
                tag.suffix()
            ),
            position,
        )
        .into()),
    }
}

fn diagnostic(text: impl Into<String>, position: Position) -> Diagnostic {
    Diagnostic::error("syntax", &Pointer::root(), text).at_position(position)
}

fn invalid_key(position: Position) -> Diagnostic {
    diagnostic("a key must be a string, not a list or an object", position)
}

fn syntax_error(error: &ScanError) -> Diagnostic {
    let diagnostic = diagnostic(
        format!("invalid YAML: {}", error.info()),
        position_of(error.marker()),
    );
    match error.kind() {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation => diagnostic.help("indent with spaces"),
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::InvalidIndentation => {
            diagnostic.help("indent this line like the other entries of its list or object")
        }
        ErrorKind::MappingValueNotAllowed => {
            diagnostic.help("if this is a string with a colon in it, put it in quotes")
        }
        ErrorKind::UnexpectedCharacter { character } => diagnostic.help(format!(
            "put a string that begins with `{character}` in quotes"
        )),
        _ => diagnostic,
    }
}

fn position_of(marker: &Marker) -> Position {
    Position {
        line: marker.line(),
        column: marker.col() + 1,
    }
}
