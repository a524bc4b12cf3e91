//! What is known of a failure that is not the server's: which call it belongs to, what it is about, why it came.

use std::error::Error as StdError;
use std::fmt;

use crate::runtime::api::call_info::Origin;
use crate::runtime::error::progress::Progress;
use crate::runtime::http::retry::Cause;

/// What is known of a failure that is not the server's.
pub struct Details(pub(crate) Box<Inner>);

#[derive(Default)]
pub(crate) struct Inner {
    pub(crate) origin: Option<Origin>,
    pub(crate) text: String,
    /// The argument or the JSON path that it is about.
    pub(crate) subject: Option<String>,
    /// What became of the attempt, if another one might do better.
    pub(crate) cause: Option<Cause<'static>>,
    pub(crate) source: Option<Box<dyn StdError + Send + Sync>>,
    pub(crate) progress: Option<Progress>,
}

impl Details {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            text: text.into(),
            ..Inner::default()
        }))
    }

    pub(crate) fn of(mut self, origin: Origin) -> Self {
        self.0.origin = Some(origin);
        self
    }

    pub(crate) fn about(mut self, subject: String) -> Self {
        self.0.subject = Some(subject);
        self
    }
}

impl fmt::Debug for Details {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct("Details");
        if let Some(origin) = self.0.origin {
            fields
                .field("method", &origin.meta.method)
                .field("path", &origin.meta.path)
                .field("attempts", &origin.attempts);
        }
        fields.field("text", &self.0.text);
        if let Some(source) = &self.0.source {
            fields.field("source", source);
        }
        if let Some(progress) = &self.0.progress {
            fields.field("progress", progress);
        }
        fields.finish()
    }
}
