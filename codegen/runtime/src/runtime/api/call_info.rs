//! Which call a response or a failure belongs to.

use crate::runtime::api::meta::Meta;

/// Which call a failure belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Origin {
    pub(crate) meta: &'static Meta,
    pub(crate) attempts: u32,
    /// Whether its content is used up, so that it cannot be sent again as it is.
    pub(crate) spent: bool,
}

impl Origin {
    pub(crate) fn new(meta: &'static Meta, attempts: u32) -> Self {
        Self {
            meta,
            attempts,
            spent: false,
        }
    }
}
