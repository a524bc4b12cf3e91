//! An error of the API: the HTTP status, the code and the text.

use std::fmt::Display;
use std::io;

use hyper::StatusCode;

#[derive(Debug)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    pub(crate) code: u32,
    pub(crate) message: String,
    /// The cause, as code and text.
    pub(crate) cause: Option<(u32, &'static str)>,
}

impl ApiError {
    /// Status 400 with code 10001, which replaces all unknown codes.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            status: StatusCode::BAD_REQUEST,
            code: 10_001,
            message,
            cause: None,
        }
    }

    /// The same for the operation `op`. The API puts its name before the text.
    pub(crate) fn of(op: &str, text: impl Display) -> Self {
        Self::new(format!("{op}: '{text}'"))
    }

    pub(crate) fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    pub(crate) fn code(self, code: u32) -> Self {
        Self { code, ..self }
    }

    pub(crate) fn unroutable(path: &str) -> Self {
        let why = "perhaps your object identifier is invalid?";
        let error = Self::new(format!("Could not route to {path}, {why}"));
        error.status(StatusCode::NOT_FOUND).code(7003)
    }

    pub(crate) fn namespace_not_found(op: &str) -> Self {
        Self::of(op, "namespace not found")
            .status(StatusCode::NOT_FOUND)
            .code(10_013)
    }

    pub(crate) fn key_not_found(op: &str) -> Self {
        Self::of(op, "key not found")
            .status(StatusCode::NOT_FOUND)
            .code(10_009)
    }

    /// The file of the data is not writable.
    pub(crate) fn storage(error: &io::Error) -> Self {
        let error = Self::new(format!("the store failed: {error}"));
        error.status(StatusCode::INTERNAL_SERVER_ERROR)
    }

    pub(crate) fn unauthenticated(status: StatusCode) -> Self {
        Self::new("Authentication error")
            .status(status)
            .code(10_000)
    }
}
