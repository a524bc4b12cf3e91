//! JSON -> steps.

use std::borrow::Cow;

use serde::de::IgnoredAny;
use serde_json::Value;

use super::{Step, Steps};
use crate::diagnostic::{Diagnostic, Diagnostics, Position};
use crate::pointer::Pointer;

/// `serde_json` says whether the text is JSON at all; so the scan below needs no care for its syntax.
pub(super) fn steps(text: &str) -> Result<Steps<'_>, Diagnostics> {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        let mark = Position {
            line: error.line().max(1),
            column: error.column().max(1),
        };
        return Err(broken(&error, mark).into());
    }
    Ok(Box::new(Scan {
        rest: text,
        mark: Position { line: 1, column: 1 },
        open: Vec::new(),
        key: false,
    }))
}

struct Scan<'t> {
    rest: &'t str,
    mark: Position,
    /// For each object and list around: whether it is an object.
    open: Vec<bool>,
    /// Whether a key comes next.
    key: bool,
}

impl<'t> Iterator for Scan<'t> {
    type Item = Result<(Step<'t>, Position), Box<Diagnostic>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.skip_space();
        let mark = self.mark;
        let step = match self.rest.bytes().next()? {
            b'{' => self.begin(Step::Map, true),
            b'[' => self.begin(Step::List, false),
            b'}' | b']' => {
                self.advance(1);
                self.open.pop();
                Step::End
            }
            b'"' => {
                let token = self.advance(string_length(self.rest));
                let text = match unquote(token) {
                    Ok(text) => text,
                    Err(error) => return Some(Err(Box::new(broken(&error, mark)))),
                };
                if std::mem::take(&mut self.key) {
                    Step::Key(text)
                } else {
                    Step::Leaf(Value::String(text.into_owned()))
                }
            }
            _ => {
                let length = self
                    .rest
                    .find([',', '}', ']', ' ', '\t', '\r', '\n'])
                    .unwrap_or(self.rest.len());
                match serde_json::from_str(self.advance(length)) {
                    Ok(value) => Step::Leaf(value),
                    Err(error) => return Some(Err(Box::new(broken(&error, mark)))),
                }
            }
        };
        Some(Ok((step, mark)))
    }
}

impl<'t> Scan<'t> {
    fn begin(&mut self, step: Step<'t>, object: bool) -> Step<'t> {
        self.advance(1);
        self.open.push(object);
        self.key = object;
        step
    }

    fn skip_space(&mut self) {
        let mut bytes = 0;
        for byte in self.rest.bytes() {
            match byte {
                b'\n' => {
                    self.mark = Position {
                        line: self.mark.line + 1,
                        column: 0,
                    }
                }
                b',' => self.key = self.open.last() == Some(&true),
                b' ' | b'\t' | b'\r' | b':' => {}
                _ => break,
            }
            self.mark.column += 1;
            bytes += 1;
        }
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// Takes so many bytes, which hold no line break.
    fn advance(&mut self, bytes: usize) -> &'t str {
        let (token, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        self.mark.column += if token.is_ascii() {
            token.len()
        } else {
            token.chars().count()
        };
        token
    }
}

/// Bytes of the string that the text begins with, quotes included.
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

fn broken(error: &serde_json::Error, mark: Position) -> Diagnostic {
    let text = error.to_string();
    let message = text
        .split_once(" at line ")
        .map_or(text.as_str(), |(message, _)| message);
    let diagnostic = Diagnostic::error(
        "syntax",
        &Pointer::root(),
        format!("broken JSON: {message}"),
    )
    .at_position(mark);
    match message {
        "key must be a string" | "trailing comma" => {
            diagnostic.help("keys stand in double quotes, and no comma before a closing bracket")
        }
        _ => diagnostic,
    }
}
