//! Cancels requests.

use web_sys::AbortController;

use crate::runtime::platform::wasm::error::TransportError;

/// Cancels a request when it is dropped. This has no effect on a complete one.
pub(crate) struct Abort(pub(crate) AbortController);

impl Abort {
    pub(crate) fn new() -> Result<Self, TransportError> {
        let controller = AbortController::new();
        controller
            .map(Self)
            .map_err(|exception| TransportError::exception(&exception))
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}
