//! TOML parser.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::{Number, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::event::{Event, Events};
use crate::diagnostic::{Diagnostic, Diagnostics, Position};
use crate::pointer::Pointer;

/// Parses a text.
pub(super) fn events(text: &str) -> Result<Events<'_>, Diagnostics> {
    let lines = Lines::of(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let mut diagnostics = Diagnostics::default();
        diagnostics.extend(errors.iter().map(|error| syntax_error(error, &lines)));
        return Err(diagnostics);
    }
    let mut walk = Walk {
        lines,
        events: Vec::new(),
    };
    walk.table(table.span(), table.get_ref());
    Ok(Box::new(walk.events.into_iter().map(Ok)))
}

struct Walk<'t> {
    lines: Lines<'t>,
    events: Vec<(Event<'static>, Position)>,
}

impl Walk<'_> {
    fn value(&mut self, value: &Spanned<DeValue<'_>>) {
        let value_at = value.span();
        let leaf = match value.get_ref() {
            DeValue::Table(table) => return self.table(value_at, table),
            DeValue::Array(items) => {
                self.push(Event::ListStart, &value_at);
                items.iter().for_each(|item| self.value(item));
                return self.push(Event::End, &value_at);
            }
            DeValue::String(text) => Value::String(text.to_string()),
            DeValue::Boolean(flag) => Value::Bool(*flag),
            DeValue::Integer(digits) => {
                let integer = i64::from_str_radix(digits.as_str(), digits.radix());
                integer.map_or_else(|_| Value::String(digits.to_string()), Value::from)
            }
            DeValue::Float(digits) => {
                let number = digits.as_str().parse().ok().and_then(Number::from_f64);
                number.map_or_else(|| Value::String(digits.as_str().to_owned()), Value::Number)
            }
            DeValue::Datetime(time) => Value::String(time.to_string()),
        };
        self.push(Event::Scalar(leaf), &value_at);
    }

    fn table(&mut self, at: Range<usize>, table: &DeTable<'_>) {
        self.push(Event::ObjectStart, &at);
        // A table may be split over several headers. Its keys are sorted by position.
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            self.push(
                Event::Key(Cow::Owned(key.get_ref().to_string())),
                &key.span(),
            );
            self.value(value);
        }
        self.push(Event::End, &at);
    }

    fn push(&mut self, event: Event<'static>, at: &Range<usize>) {
        self.events.push((event, self.lines.position(at.start)));
    }
}

/// Starts of the lines of a text.
struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let breaks = text.match_indices('\n').map(|(i, _)| i + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(breaks).collect(),
        }
    }

    fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line
            .checked_sub(1)
            .and_then(|line| self.starts.get(line))
            .copied()
            .unwrap_or_default();
        let column = self
            .text
            .get(start..offset)
            .map_or(0, |before| before.chars().count());
        Position {
            line,
            column: column + 1,
        }
    }
}

fn syntax_error(error: &Error, lines: &Lines<'_>) -> Diagnostic {
    let offset = error.span().map_or(0, |span| span.start);
    let text = format!("invalid TOML: {}", error.message());
    Diagnostic::error("syntax", &Pointer::root(), text)
        .at_position(lines.position(offset))
        .in_config()
}
