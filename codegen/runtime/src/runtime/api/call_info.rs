//! Identifies the call of a response or an error.

use crate::runtime::api::meta::Meta;

/// The call of a response or an error.
#[derive(Clone, Copy)]
pub(crate) struct CallInfo {
    pub(crate) meta: &'static Meta,
    pub(crate) attempts: u32,
    /// True if the request body was read and cannot be sent again.
    pub(crate) body_consumed: bool,
}

impl CallInfo {
    pub(crate) fn new(meta: &'static Meta, attempts: u32) -> Self {
        Self {
            meta,
            attempts,
            body_consumed: false,
        }
    }
}
