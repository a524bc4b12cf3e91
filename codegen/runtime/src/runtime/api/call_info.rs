//! Identifies the call of a response or an error.

use std::time::Duration;

use crate::runtime::api::meta::{Meta, Settings};

/// The call of a response or an error.
#[derive(Clone, Copy)]
pub(crate) struct CallInfo {
    pub(crate) settings: &'static Settings,
    pub(crate) meta: &'static Meta,
    pub(crate) attempts: u32,
    /// Timeout of the attempt, if the request was sent.
    pub(crate) timeout: Option<Duration>,
    /// True if the request body was read and cannot be sent again.
    #[cfg(feature = "part-uploads")]
    pub(crate) body_consumed: bool,
}

impl CallInfo {
    pub(crate) fn new(settings: &'static Settings, meta: &'static Meta, attempts: u32) -> Self {
        Self {
            settings,
            meta,
            attempts,
            timeout: None,
            #[cfg(feature = "part-uploads")]
            body_consumed: false,
        }
    }
}
