//! Errors of bulk calls.

use crate::runtime::error::Error;
use crate::runtime::error::progress::Progress;

impl Error {
    /// Returns the progress of a failed `send_all` call. It is `None` for other calls, and if an item was
    /// invalid.
    pub fn progress(&self) -> Option<&Progress> {
        match self.api() {
            Some(error) => error.0.progress.as_ref(),
            None => self.details()?.progress.as_ref(),
        }
    }

    /// Adds the progress of a bulk call.
    pub(crate) fn with_progress(mut self, progress: Progress) -> Self {
        match &mut self {
            Self::Api(error) => error.0.progress = Some(progress),
            other => {
                if let Some(details) = other.details_mut() {
                    details.progress = Some(progress);
                }
            }
        }
        self
    }
}
