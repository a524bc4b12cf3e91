//! Description of an API and its operations.

#[cfg(feature = "part-credentials")]
use crate::runtime::api::auth_scheme::SecurityRequirements;

/// Facts about an operation that are known at compile time.
#[derive(Clone, Copy, Debug)]
pub struct Meta {
    /// Group and method, for example `users.get`.
    pub operation: &'static str,
    /// HTTP method.
    pub method: &'static str,
    /// Path template, for example `/users/{id}`.
    pub path: &'static str,
    /// Server URL of this operation, if it differs from the API's. A base URL that the caller sets takes precedence.
    pub base_url: Option<&'static str>,
    /// Value of the `Accept` header: the documented media types of the responses. Without one, any type is
    /// accepted.
    pub accept: Option<&'static str>,
    /// Index into [`Settings::security`].
    #[cfg(feature = "part-credentials")]
    pub security: usize,
    /// True if a POST or PATCH request may be retried. Other methods are always idempotent.
    pub idempotent: bool,
    /// Error codes that mean, together with status 404, that the requested resource does not exist.
    pub not_found_codes: &'static [i64],
    /// Format of the request body.
    pub body_format: BodyFormat,
    /// True if the request body is a form that is also sent without parts.
    #[cfg(any(feature = "part-multipart", feature = "part-url-encoded"))]
    pub sends_empty_form: bool,
    /// Properties that are required if any part of an optional body is set.
    #[cfg(feature = "part-required-if-body")]
    pub required_if_body: &'static [&'static str],
    /// Maximum size of the request body in bytes.
    #[cfg(feature = "part-max-body")]
    pub max_body: Option<u64>,
    /// Maximum size of a response body in bytes. It does not apply to downloads.
    pub max_response: u64,
}

/// Format of a request body, with its media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyFormat {
    /// JSON. The `Body` argument is the whole body. Without one, the body is an object of the `Property`
    /// arguments, if there are any.
    Json(&'static str),
    /// A JSON object of the `Property` arguments. It is also sent if it is empty.
    #[cfg(feature = "part-object-bodies")]
    Object(&'static str),
    /// The `Body` argument, unchanged.
    #[cfg(feature = "part-raw-bodies")]
    Raw(&'static str),
    /// `multipart/form-data`, if there is any part or [`Meta::sends_empty_form`]. A single file part is sent as the
    /// whole body if a media type is given here.
    #[cfg(feature = "part-multipart")]
    Form(Option<&'static str>),
    /// Another `multipart/…` media type, if there is any part or [`Meta::sends_empty_form`].
    #[cfg(feature = "part-multipart")]
    Multipart(&'static str),
    /// `application/x-www-form-urlencoded`, if there is any field or [`Meta::sends_empty_form`].
    #[cfg(feature = "part-url-encoded")]
    UrlEncoded,
}

impl Meta {
    /// Values that most operations share.
    pub const DEFAULT: Self = Self {
        operation: "",
        method: "GET",
        path: "/",
        base_url: None,
        accept: Some("application/json"),
        #[cfg(feature = "part-credentials")]
        security: 0,
        idempotent: false,
        not_found_codes: &[],
        body_format: BodyFormat::Json("application/json"),
        #[cfg(any(feature = "part-multipart", feature = "part-url-encoded"))]
        sends_empty_form: false,
        #[cfg(feature = "part-required-if-body")]
        required_if_body: &[],
        #[cfg(feature = "part-max-body")]
        max_body: None,
        max_response: 32 * 1024 * 1024,
    };

    /// Creates the description of an operation that is like most operations.
    pub const fn new(operation: &'static str) -> Self {
        Self {
            operation,
            ..Self::DEFAULT
        }
    }

    /// Sets the HTTP method and the path template.
    pub const fn route(self, method: &'static str, path: &'static str) -> Self {
        Self {
            method,
            path,
            ..self
        }
    }

    /// Sets the security requirements, by their position in [`Settings::security`].
    #[cfg(feature = "part-credentials")]
    pub const fn security(self, security: usize) -> Self {
        Self { security, ..self }
    }

    /// True if sending the request twice has the same effect as sending it once.
    pub(crate) fn is_idempotent(&self) -> bool {
        self.idempotent || !matches!(self.method, "POST" | "PATCH")
    }
}

/// Description of an API.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Default server URL.
    pub base_url: Option<&'static str>,
    /// Environment variable that can override the server URL.
    pub base_url_variable: Option<&'static str>,
    /// Value of the `User-Agent` header.
    pub user_agent: &'static str,
    /// Security requirements of the operations. [`Meta::security`] is an index into this list.
    #[cfg(feature = "part-credentials")]
    pub security: &'static [SecurityRequirements],
    /// Envelope around every JSON result.
    #[cfg(feature = "part-envelope")]
    pub envelope: Option<&'static Envelope>,
    /// Names of statuses that HTTP does not define.
    #[cfg(feature = "part-status-names")]
    pub status_names: &'static [(u16, &'static str)],
    /// Name of the response header that contains the request id.
    pub request_id_header: Option<&'static str>,
}

#[cfg(feature = "part-envelope")]
/// Property names of the object that wraps every JSON result.
#[derive(Clone, Copy, Debug)]
pub struct Envelope {
    /// Boolean: true if the call succeeded.
    pub success: &'static str,
    /// The result.
    pub result: &'static str,
    /// List of errors.
    pub errors: &'static str,
    /// List of messages.
    pub messages: &'static str,
    /// Paging information of a list.
    pub info: &'static str,
}
