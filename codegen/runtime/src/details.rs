//! What is known of a failure that is not the server's: which call it belongs to, what it is about, why it came.

use std::error::Error as StdError;
use std::fmt;

use super::operation::Meta;
use super::progress::Progress;
use super::retry::Cause;

/// What is known of a failure that is not the server's.
pub struct Details(pub(super) Box<Inner>);

#[derive(Default)]
pub(super) struct Inner {
    pub(super) origin: Option<Origin>,
    pub(super) text: String,
    /// The argument or the JSON path that it is about.
    pub(super) subject: Option<String>,
    /// What became of the attempt, if another one might do better.
    pub(super) cause: Option<Cause<'static>>,
    pub(super) source: Option<Box<dyn StdError + Send + Sync>>,
    pub(super) progress: Option<Progress>,
}

/// Which call a failure belongs to.
#[derive(Clone, Copy)]
pub(super) struct Origin {
    pub(super) meta: &'static Meta,
    pub(super) attempts: u32,
    /// Whether its content is used up, so that it cannot be sent again as it is.
    pub(super) spent: bool,
}

impl Origin {
    pub(super) fn new(meta: &'static Meta, attempts: u32) -> Self {
        Self {
            meta,
            attempts,
            spent: false,
        }
    }
}

impl Details {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            text: text.into(),
            ..Inner::default()
        }))
    }

    pub(super) fn of(mut self, origin: Origin) -> Self {
        self.0.origin = Some(origin);
        self
    }

    pub(super) fn about(mut self, subject: String) -> Self {
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
