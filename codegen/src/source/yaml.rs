//! YAML -> steps. Aliases become the steps of what they stand for; scalars become values by the core schema of YAML 1.2.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Marker, Parser, ScalarStyle, ScanError, Tag};
use serde_json::{Number, Value};

use super::{DEPTH, Step, Steps};
use crate::diagnostic::{Diagnostic, Diagnostics, Position};
use crate::pointer::Pointer;

/// So many steps may come of aliases: a few lines of them can stand for more than any memory holds.
const COPIES: usize = 1_000_000;

pub(super) fn steps(text: &str) -> Result<Steps<'_>, Diagnostics> {
    let options =
        granit_parser::options! { flow_nesting_limit: DEPTH * 2, block_nesting_limit: DEPTH * 2 };
    let mut reader = Reader::default();
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, span)) => reader
                .take(event, mark(&span.start))
                .map_err(|error| *error)?,
            Err(error) => return Err(broken(&error).into()),
        }
    }
    Ok(Box::new(reader.steps.into_iter().map(Ok)))
}

#[derive(Default)]
struct Reader<'t> {
    steps: Vec<(Step<'t>, Position)>,
    open: Vec<Open>,
    /// The steps of each anchored value, by the anchor's number.
    anchors: HashMap<usize, Range<usize>>,
    copied: usize,
    documents: usize,
}

/// An object or list whose end is not reached.
struct Open {
    start: usize,
    anchor: usize,
    object: bool,
    /// Whether a key comes next.
    key: bool,
}

impl<'t> Reader<'t> {
    fn take(&mut self, event: Event<'t>, mark: Position) -> Result<(), Box<Diagnostic>> {
        match event {
            Event::DocumentStart(..) => self.document(mark),
            Event::Scalar(text, ScalarStyle::Plain, anchor, tag) => {
                self.plain(text, anchor, tag.as_deref(), mark)
            }
            Event::Scalar(text, _, anchor, tag) => self.quoted(text, anchor, tag.as_deref(), mark),
            Event::MappingStart(_, anchor, tag) => self.begin(true, anchor, tag.as_deref(), mark),
            Event::SequenceStart(_, anchor, tag) => self.begin(false, anchor, tag.as_deref(), mark),
            Event::MappingEnd | Event::SequenceEnd => {
                self.end(mark);
                Ok(())
            }
            Event::Alias(anchor) => self.alias(anchor, mark),
            _ => Ok(()),
        }
    }

    fn document(&mut self, mark: Position) -> Result<(), Box<Diagnostic>> {
        self.documents += 1;
        if self.documents > 1 {
            let diagnostic = diagnostic("a second YAML document begins here", mark);
            return Err(diagnostic.help("keep one document in the file").into());
        }
        Ok(())
    }

    fn plain(
        &mut self,
        text: Cow<'t, str>,
        anchor: usize,
        tag: Option<&Tag>,
        mark: Position,
    ) -> Result<(), Box<Diagnostic>> {
        if self.takes_key() || known(tag, mark)? == Some("str") {
            return self.quoted(text, anchor, tag, mark);
        }
        self.push(Step::Leaf(resolve(text)), anchor, mark);
        Ok(())
    }

    fn quoted(
        &mut self,
        text: Cow<'t, str>,
        anchor: usize,
        tag: Option<&Tag>,
        mark: Position,
    ) -> Result<(), Box<Diagnostic>> {
        known(tag, mark)?;
        let step = if self.takes_key() {
            Step::Key(text)
        } else {
            Step::Leaf(Value::String(text.into_owned()))
        };
        self.push(step, anchor, mark);
        Ok(())
    }

    fn push(&mut self, step: Step<'t>, anchor: usize, mark: Position) {
        let start = self.steps.len();
        self.steps.push((step, mark));
        self.done(anchor, start);
    }

    /// A key or a value has ended.
    fn done(&mut self, anchor: usize, start: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, start..self.steps.len());
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
        mark: Position,
    ) -> Result<(), Box<Diagnostic>> {
        known(tag, mark)?;
        if self.takes_key() {
            return Err(no_key(mark).into());
        }
        self.anchors.remove(&anchor);
        self.open.push(Open {
            start: self.steps.len(),
            anchor,
            object,
            key: object,
        });
        self.steps
            .push((if object { Step::Map } else { Step::List }, mark));
        Ok(())
    }

    fn end(&mut self, mark: Position) {
        self.steps.push((Step::End, mark));
        if let Some(open) = self.open.pop() {
            self.done(open.anchor, open.start);
        }
    }

    fn alias(&mut self, anchor: usize, mark: Position) -> Result<(), Box<Diagnostic>> {
        let Some(range) = self.anchors.get(&anchor).cloned() else {
            return Err(diagnostic("this alias stands inside of what it stands for", mark).into());
        };
        let mut copy = self.steps.get(range).unwrap_or_default().to_vec();
        self.copied += copy.len();
        if self.copied > COPIES {
            return Err(diagnostic(
                format!("the aliases up to here stand for more than {COPIES} values"),
                mark,
            )
            .into());
        }
        if let [(step @ Step::Key(_), _)] = copy.as_mut_slice()
            && let Step::Key(text) = step
        {
            *step = Step::Leaf(Value::String(text.to_string()));
        }
        if !self.takes_key() {
            let start = self.steps.len();
            self.steps.append(&mut copy);
            self.done(0, start);
            return Ok(());
        }
        let key = match copy.as_slice() {
            [(Step::Leaf(Value::String(text)), _)] => text.clone(),
            [(Step::Leaf(value), _)] => value.to_string(),
            _ => return Err(no_key(mark).into()),
        };
        self.push(Step::Key(Cow::Owned(key)), 0, mark);
        Ok(())
    }
}

/// A plain scalar by the core schema. A number with a leading zero stays text, as it is meant to be in `zip: 01234`.
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
    let whole = text
        .parse::<i64>()
        .map(Number::from)
        .or_else(|_| text.parse::<u64>().map(Number::from));
    whole.ok().or_else(|| Number::from_f64(text.parse().ok()?))
}

/// The core schema's name for a tag, if there is one.
fn known(tag: Option<&Tag>, mark: Position) -> Result<Option<&str>, Box<Diagnostic>> {
    let Some(tag) = tag else { return Ok(None) };
    match tag.core_suffix() {
        Some(core) => Ok(Some(core)),
        None => Err(diagnostic(
            format!(
                "the YAML tag `{}{}` means nothing here",
                tag.original_handle(),
                tag.suffix()
            ),
            mark,
        )
        .into()),
    }
}

fn diagnostic(text: impl Into<String>, mark: Position) -> Diagnostic {
    Diagnostic::error("syntax", &Pointer::root(), text).at_position(mark)
}

fn no_key(mark: Position) -> Diagnostic {
    diagnostic("a key must be a string, not a list or an object", mark)
}

fn broken(error: &ScanError) -> Diagnostic {
    let diagnostic = diagnostic(
        format!("broken YAML: {}", error.info()),
        mark(error.marker()),
    );
    match error.kind() {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation => diagnostic.help("indent with spaces"),
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::InvalidIndentation => {
            diagnostic.help("indent this line as far as those that it belongs with")
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

fn mark(marker: &Marker) -> Position {
    Position {
        line: marker.line(),
        column: marker.col() + 1,
    }
}
