//! Headers and query parameters of every request.

use reqwest::header::HeaderMap;

/// What goes out with every call that takes the same credentials.
pub(crate) struct RequestDefaults {
    pub(crate) headers: HeaderMap,
    pub(crate) query: String,
}
