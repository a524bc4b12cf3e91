//! What an API is, as data.

use crate::runtime::api::auth_scheme::SecurityRequirements;

/// What is known of an operation before it is called.
#[derive(Clone, Copy, Debug)]
pub struct Meta {
    /// The group and the method of it, as in `users.get`.
    pub operation: &'static str,
    /// HTTP method.
    pub method: &'static str,
    /// Path template, as in `/users/{id}`.
    pub path: &'static str,
    /// Where it is sent when the caller names no place at all, if that is not where the others are.
    pub base_url: Option<&'static str>,
    /// The media types that are asked for, where there is a choice.
    pub accept: Option<&'static str>,
    /// Which of the API's [`Settings::security`] it takes.
    pub security: usize,
    /// Whether a POST or PATCH may be sent twice; the other methods always may.
    pub idempotent: bool,
    /// Error codes that, with status 404, mean that the very thing asked for is not there.
    pub not_found_codes: &'static [i64],
    /// What the body is made of.
    pub body_format: BodyFormat,
    /// The names without which no part of the body is sent, where it need not be sent at all.
    pub required_if_body: &'static [&'static str],
    /// Bytes that a body may have at most.
    pub max_body: Option<u64>,
    /// Bytes that an answer may have at most, when it is received whole.
    pub max_response: u64,
}

/// What a body is made of, and its media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyFormat {
    /// JSON: the argument that is the whole body, else an object of those that are properties, if any is given.
    Json(&'static str),
    /// An object of JSON, also without any property.
    Object(&'static str),
    /// The argument that is the whole body, as it is.
    Raw(&'static str),
    /// `multipart/form-data`, if there is any part. Content that stands alone goes out as it is, if there is a media type
    /// for it.
    Form(Option<&'static str>),
    /// The same parts as `multipart/mixed`, `multipart/related` or the like, if there is any.
    Multipart(&'static str),
    /// `application/x-www-form-urlencoded`, if any of it is given.
    UrlEncoded,
}

impl Meta {
    /// What most operations have in common.
    pub const DEFAULT: Self = Self {
        operation: "",
        method: "GET",
        path: "/",
        base_url: None,
        accept: None,
        security: 0,
        idempotent: false,
        not_found_codes: &[],
        body_format: BodyFormat::Json("application/json"),
        required_if_body: &[],
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
    pub const fn security(self, security: usize) -> Self {
        Self { security, ..self }
    }

    /// Whether sending it twice does what sending it once does.
    pub(crate) fn is_retryable(&self) -> bool {
        self.idempotent || !matches!(self.method, "POST" | "PATCH")
    }
}

/// What an API's clients start from.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Where requests go when the caller names no other place.
    pub base_url: Option<&'static str>,
    /// The environment variable that may name another place.
    pub base_url_variable: Option<&'static str>,
    /// What the client calls itself.
    pub user_agent: &'static str,
    /// The credentials that operations take: most of them the first of these, the others say which.
    pub security: &'static [SecurityRequirements],
    /// The object around every result.
    pub envelope: Option<&'static Envelope>,
    /// The response header that holds the id under which the server knows a request.
    pub request_id_header: Option<&'static str>,
}

/// The names of the properties that every JSON answer has.
#[derive(Clone, Copy, Debug)]
pub struct Envelope {
    /// Boolean: whether the call did what it should.
    pub success: &'static str,
    /// The result proper.
    pub result: &'static str,
    /// What went wrong.
    pub errors: &'static str,
    /// What else there is to say.
    pub messages: &'static str,
    /// Where the result stands in a paged list.
    pub info: &'static str,
}
