//! Faulty responses, as data.

use std::sync::Arc;

use super::http2::Http2End;
use super::successful::SuccessfulResponse;

/// A faulty response.
#[derive(Clone)]
pub(crate) struct FaultyResponse {
    /// The part of the request that is read before the response.
    pub(crate) read: RequestRead,
    /// Creates the response from the successful one.
    pub(crate) reply: Arc<dyn Fn(&SuccessfulResponse) -> Reply + Send + Sync>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum RequestRead {
    /// Only the first byte.
    Nothing,
    /// The head. The body is read after the response if the connection is still open.
    Head,
    Whole,
}

/// A complete or incomplete response.
pub(crate) struct Reply {
    pub(crate) bytes: Vec<u8>,
    /// The number of additional bytes.
    pub(crate) filler: u64,
    /// The number of pieces that are sent, with a pause after each.
    pub(crate) pieces: usize,
    pub(crate) end: End,
    /// The end of a stream, if the connection uses HTTP/2. The other fields have no effect then.
    pub(crate) http2: Option<Http2End>,
}

/// The state of the connection after the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Open for another request.
    Keep,
    /// Closed.
    Close,
    /// Reset.
    Reset,
    /// Open, but no more bytes follow.
    Stall,
}
