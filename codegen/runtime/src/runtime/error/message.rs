//! Errors and messages in the envelope of a failure.

use std::fmt;

use serde_json::Value;

use crate::runtime::api::meta::Envelope;
use crate::runtime::decode::integer::Integer;
use crate::runtime::error::printable::Printable;

/// An error or message from the server.
///
/// `Display` shows the text, the code and the causes, for example `invalid header (code 1): invalid token (code 2)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// Error code.
    pub code: Option<i64>,
    /// Text of the message.
    pub message: String,
    /// URL of the documentation.
    pub documentation_url: Option<String>,
    /// Cause of the error in the request.
    pub source: Option<Source>,
    error_chain: Vec<Self>,
}

impl Message {
    /// Returns the causes of this error. They are often more specific than the error itself.
    pub fn error_chain(&self) -> &[Self] {
        &self.error_chain
    }
}

/// The part of a request that a message refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Source {
    /// JSON pointer into the request.
    pub pointer: Option<String>,
}

/// Errors and messages of an envelope.
pub(crate) struct Messages {
    pub(crate) errors: Vec<Message>,
    pub(crate) messages: Vec<Message>,
}

impl Messages {
    /// Returns the errors and messages of a body, if the body is an envelope.
    pub(crate) fn read(envelope: Option<&Envelope>, body: &[u8]) -> Option<Self> {
        let envelope = envelope?;
        let mut body: Value = serde_json::from_slice(body).ok()?;
        let mut take = |name| body.get_mut(name).map(Value::take);
        let (success, errors) = (take(envelope.success), take(envelope.errors));
        if success.is_none() && errors.is_none() {
            return None;
        }
        let messages = take(envelope.messages);
        Some(Self {
            errors: list(errors.as_ref()),
            messages: list(messages.as_ref()),
        })
    }
}

fn list(value: Option<&Value>) -> Vec<Message> {
    match value {
        Some(Value::Array(items)) => items.iter().map(Message::read).collect(),
        None | Some(Value::Null) => Vec::new(),
        Some(one) => vec![Message::read(one)],
    }
}

/// Displays the errors. Without errors, it displays the messages.
impl fmt::Display for Messages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = if self.errors.is_empty() {
            &self.messages
        } else {
            &self.errors
        };
        if shown.is_empty() {
            return f.write_str(" without a reason");
        }
        f.write_str(": ")?;
        write_list(f, shown, "; ")
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.message.as_str(), self.code) {
            ("", None) => f.write_str("no text")?,
            ("", Some(code)) => write!(f, "code {code}")?,
            (text, None) => write!(f, "{}", Printable(text))?,
            (text, Some(code)) => write!(f, "{} (code {code})", Printable(text))?,
        }
        if !self.error_chain.is_empty() {
            f.write_str(": ")?;
        }
        write_list(f, &self.error_chain, ", ")
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, messages: &[Message], separator: &str) -> fmt::Result {
    for (index, message) in messages.iter().enumerate() {
        if index > 0 {
            f.write_str(separator)?;
        }
        write!(f, "{message}")?;
    }
    Ok(())
}

impl Message {
    /// Reads a message in any of the common forms: an object, a string or another value.
    fn read(value: &Value) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let Value::Object(object) = value else {
            let message = text(value).unwrap_or_else(|| value.to_string());
            return Self {
                message,
                ..Self::default()
            };
        };
        let get = |name: &str| object.get(name);
        let pointer = get("source").and_then(|source| source.get("pointer"));
        Self {
            code: get("code").and_then(code),
            message: get("message").and_then(text).unwrap_or_default(),
            documentation_url: get("documentation_url").and_then(text),
            source: get("source").map(|_| Source {
                pointer: pointer.and_then(text),
            }),
            error_chain: list(get("error_chain")),
        }
    }
}

/// Reads a code. It may be a string or have a fraction of zero.
fn code(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.parse().ok(),
        _ => serde_json::from_value::<Integer<i64>>(value.clone())
            .ok()
            .map(|number| number.0),
    }
}
