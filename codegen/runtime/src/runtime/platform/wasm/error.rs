//! Errors of `fetch`.

use std::error::Error as StdError;
use std::fmt;

use wasm_bindgen::{JsCast as _, JsValue};

/// Error of a request.
#[derive(Debug)]
pub(crate) struct TransportError {
    text: String,
    is_timeout: bool,
}

impl TransportError {
    pub(crate) fn timeout() -> Self {
        Self {
            text: "the timeout of the request has passed".to_owned(),
            is_timeout: true,
        }
    }

    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_timeout: false,
        }
    }

    /// Converts a JavaScript exception.
    pub(crate) fn exception(exception: &JsValue) -> Self {
        let message = exception
            .dyn_ref::<js_sys::Error>()
            .map(|error| String::from(error.message()));
        // Some hosts put the URL into the message. It contains arguments.
        let message = message.filter(|message| !message.contains("://"));
        Self::new(message.unwrap_or_else(|| "`fetch` failed".to_owned()))
    }

    pub(crate) fn is_timeout(&self) -> bool {
        self.is_timeout
    }

    /// Returns false: `fetch` does not tell whether a connection was established.
    pub(crate) fn is_connect(&self) -> bool {
        false
    }

    /// Returns the error. It contains no URL.
    pub(crate) fn without_url(self) -> Self {
        self
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl StdError for TransportError {}
