//! JSON parser.

use std::borrow::Cow;

use serde::de::IgnoredAny;
use serde_json::Value;

use super::event::{Event, Events};
use crate::diagnostic::{Diagnostic, Diagnostics, Position};
use crate::pointer::Pointer;

/// Parses a text. `serde_json` validates the syntax, so the scanner does not have to.
pub(super) fn events(text: &str) -> Result<Events<'_>, Diagnostics> {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        let position = Position {
            line: error.line().max(1),
            column: error.column().max(1),
        };
        return Err(syntax_error(&error, position).into());
    }
    Ok(Box::new(Scan {
        rest: text,
        position: Position { line: 1, column: 1 },
        open: Vec::new(),
        key: false,
    }))
}

struct Scan<'t> {
    rest: &'t str,
    position: Position,
    /// For each object or list that is not complete: true if it is an object.
    open: Vec<bool>,
    /// True if the next string is a key.
    key: bool,
}

impl<'t> Iterator for Scan<'t> {
    type Item = Result<(Event<'t>, Position), Box<Diagnostic>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.skip_space();
        let position = self.position;
        let event = match self.rest.bytes().next()? {
            b'{' => self.begin(Event::ObjectStart, true),
            b'[' => self.begin(Event::ListStart, false),
            b'}' | b']' => {
                self.advance(1);
                self.open.pop();
                Event::End
            }
            b'"' => {
                let token = self.advance(string_length(self.rest));
                let text = match unquote(token) {
                    Ok(text) => text,
                    Err(error) => return Some(Err(Box::new(syntax_error(&error, position)))),
                };
                if std::mem::take(&mut self.key) {
                    Event::Key(text)
                } else {
                    Event::Scalar(Value::String(text.into_owned()))
                }
            }
            _ => {
                let length = self
                    .rest
                    .find([',', '}', ']', ' ', '\t', '\r', '\n'])
                    .unwrap_or(self.rest.len());
                match serde_json::from_str(self.advance(length)) {
                    Ok(value) => Event::Scalar(value),
                    Err(error) => return Some(Err(Box::new(syntax_error(&error, position)))),
                }
            }
        };
        Some(Ok((event, position)))
    }
}

impl<'t> Scan<'t> {
    fn begin(&mut self, event: Event<'t>, object: bool) -> Event<'t> {
        self.advance(1);
        self.open.push(object);
        self.key = object;
        event
    }

    fn skip_space(&mut self) {
        let mut bytes = 0;
        for byte in self.rest.bytes() {
            match byte {
                b'\n' => {
                    self.position = Position {
                        line: self.position.line + 1,
                        column: 0,
                    }
                }
                b',' => self.key = self.open.last() == Some(&true),
                b' ' | b'\t' | b'\r' | b':' => {}
                _ => break,
            }
            self.position.column += 1;
            bytes += 1;
        }
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// Consumes a number of bytes without a line break.
    fn advance(&mut self, bytes: usize) -> &'t str {
        let (token, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        self.position.column += if token.is_ascii() {
            token.len()
        } else {
            token.chars().count()
        };
        token
    }
}

/// Length of the string at the start of the text in bytes, with its quotes.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (i, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return i + 1,
            _ => {}
        }
    }
    text.len()
}

fn unquote(token: &str) -> serde_json::Result<Cow<'_, str>> {
    if token.contains('\\') {
        return serde_json::from_str(token).map(Cow::Owned);
    }
    Ok(Cow::Borrowed(
        token
            .get(1..token.len().saturating_sub(1))
            .unwrap_or_default(),
    ))
}

fn syntax_error(error: &serde_json::Error, position: Position) -> Diagnostic {
    let text = error.to_string();
    let message = text
        .split_once(" at line ")
        .map_or(text.as_str(), |(message, _)| message);
    let diagnostic = Diagnostic::error(
        "syntax",
        &Pointer::root(),
        format!("invalid JSON: {message}"),
    )
    .at_position(position);
    match message {
        "key must be a string" | "trailing comma" => diagnostic
            .help("put keys in double quotes, and remove a comma before a closing bracket"),
        _ => diagnostic,
    }
}
