//! Headers and query parameters of every request.

use reqwest::header::HeaderMap;

/// Headers and query that are sent with every call of the same security requirements.
pub(crate) struct RequestDefaults {
    pub(crate) headers: HeaderMap,
    pub(crate) query: String,
    /// True if a token provider authenticates the calls.
    #[cfg(feature = "part-tokens")]
    pub(crate) uses_token: bool,
}
