//! The result of an operation: a response, and changes of the namespace.

use crate::envelope::HttpResponse;
use crate::error::ApiError;
use crate::store::Change;

pub(crate) struct Effect {
    pub(crate) response: HttpResponse,
    /// The response is sent after these changes are stored.
    pub(crate) changes: Vec<Change>,
}

pub(crate) type Outcome = Result<Effect, ApiError>;

impl Effect {
    pub(crate) fn new(response: HttpResponse, changes: impl IntoIterator<Item = Change>) -> Self {
        let changes = changes.into_iter().collect();
        Self { response, changes }
    }
}

impl From<HttpResponse> for Effect {
    /// A response without changes.
    fn from(response: HttpResponse) -> Self {
        Self::new(response, [])
    }
}
