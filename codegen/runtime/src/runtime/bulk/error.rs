//! Errors of bulk calls.

use crate::runtime::error::Error;
use crate::runtime::error::progress::Progress;

impl Error {
    /// How far a call of `send_all` had come. `None` on any other call, and when an item was refused before sending.
    pub fn progress(&self) -> Option<&Progress> {
        match self.api() {
            Some(error) => error.0.progress.as_ref(),
            None => self.details()?.progress.as_ref(),
        }
    }

    /// The same, with how far the call had come.
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
