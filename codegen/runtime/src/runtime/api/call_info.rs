//! Which call a response or a failure belongs to.

use crate::runtime::api::meta::Meta;

/// Which call a failure belongs to.
#[derive(Clone, Copy)]
pub(crate) struct CallInfo {
    pub(crate) meta: &'static Meta,
    pub(crate) attempts: u32,
    /// Whether its content is used up, so that it cannot be sent again as it is.
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
