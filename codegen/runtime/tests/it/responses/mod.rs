//! Decoding of responses.

mod envelopes;
mod results;
mod without_envelope;

use crate::runtime::Error;

/// Returns the JSON path and the text of a decode error.
#[track_caller]
fn error<T: std::fmt::Debug>(result: Result<T, Error>) -> (String, String) {
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Decode { .. }), "{error:?}");
    assert!(!error.is_retryable());
    assert_eq!(error.attempts(), 1);
    (error.json_path().unwrap().to_owned(), error.to_string())
}
