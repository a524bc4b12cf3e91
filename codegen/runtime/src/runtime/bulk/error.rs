//! Errors of bulk calls.

use std::sync::Arc;

use crate::runtime::bulk::Bulk;
use crate::runtime::call::Call;
use crate::runtime::error::context::ErrorContext;
use crate::runtime::error::progress::Progress;
use crate::runtime::error::{Error, Result};

impl Error {
    /// Returns the progress of a failed bulk call of several requests, for example of `send_all`. It is `None` for other
    /// calls, and if the call was invalid.
    pub fn progress(&self) -> Option<&Progress> {
        match self.api() {
            Some(error) => error.0.progress.as_ref(),
            None => self.details()?.progress.as_ref(),
        }
    }

    /// Returns a call that sends the items that a failed call left: those of [`Progress::rest`]. It has the same options.
    /// Its items share the memory of the failed call. Its result includes the results of the requests that succeeded
    /// before. If the failed call had a stream or an iterator, pass the rest of it to the returned call.
    ///
    /// Assign the call to the variable of the failed call, so that its type is known. Returns this error if
    /// it has no [`progress`](Self::progress), or if the failed call has a different type.
    pub fn resume<C, O>(mut self) -> Result<Call<C, O>>
    where
        C: Clone + Send + Sync + 'static,
        O: Bulk,
    {
        let call = self.progress().and_then(|progress| progress.call.clone());
        // The error shares the call. It gives up its share, so that the call is not copied.
        match call.and_then(|call| call.downcast::<Call<C, O>>().ok()) {
            None => Err(self),
            Some(call) => {
                self.take_progress();
                Ok(Arc::unwrap_or_clone(call))
            }
        }
    }

    /// Returns the keys of the items that the server reported as failed. The list is empty for all errors
    /// except [`Error::Incomplete`].
    pub fn failed_keys(&self) -> &[String] {
        self.details().map_or(&[], |details| &details.failed_keys)
    }

    /// Moves failed keys to an error. Succeeds if the list is empty.
    #[doc(hidden)]
    pub fn take_failed_keys(failed: Option<&mut Vec<String>>) -> Result<()> {
        let failed_keys = failed.map(std::mem::take).unwrap_or_default();
        if failed_keys.is_empty() {
            return Ok(());
        }
        let text = match failed_keys.len() {
            1 => "the server reported one item as failed".to_owned(),
            count => format!("the server reported {count} items as failed"),
        };
        let mut details = ErrorContext::new(text);
        details.0.failed_keys = failed_keys;
        Err(Self::Incomplete(details))
    }

    /// Adds the progress of a bulk call.
    pub(crate) fn with_progress(mut self, progress: Progress) -> Self {
        if let Some(slot) = self.progress_mut() {
            *slot = Some(progress);
        }
        self
    }

    fn take_progress(&mut self) {
        if let Some(slot) = self.progress_mut() {
            *slot = None;
        }
    }

    fn progress_mut(&mut self) -> Option<&mut Option<Progress>> {
        match self {
            Self::Api(error) => Some(&mut error.0.progress),
            other => Some(&mut other.details_mut()?.progress),
        }
    }
}
