//! Authenticates requests by a bearer token, or by a key with its e-mail address.

use hyper::header::{AUTHORIZATION, HeaderValue};
use hyper::{HeaderMap, StatusCode};

use crate::error::ApiError;

/// The accepted credentials.
pub(crate) struct Credentials {
    pub(crate) token: String,
    pub(crate) api_key: String,
    pub(crate) api_email: String,
    /// Accepts every token and every key in the right format.
    pub(crate) any: bool,
}

pub(crate) fn check(accepted: &Credentials, headers: &HeaderMap) -> Result<(), ApiError> {
    if header(headers, AUTHORIZATION.as_str()).is_some() {
        return check_bearer(accepted, headers);
    }
    let credentials = (
        header(headers, "x-auth-key"),
        header(headers, "x-auth-email"),
    );
    let (Some(key), Some(email)) = credentials else {
        let message = "Missing X-Auth-Key, X-Auth-Email or Authorization headers";
        return Err(ApiError::new(message).code(9106));
    };
    let known = key == accepted.api_key.as_bytes() && email == accepted.api_email.as_bytes();
    if !known && !accepted.any {
        let error = ApiError::new("Unknown X-Auth-Key or X-Auth-Email");
        return Err(error.status(StatusCode::FORBIDDEN).code(9103));
    }
    Ok(())
}

fn check_bearer(accepted: &Credentials, headers: &HeaderMap) -> Result<(), ApiError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    // Repeated headers are joined with a comma, which no token contains.
    let token = match (values.next(), values.next()) {
        (Some(value), None) => value.as_bytes().strip_prefix(b"Bearer "),
        _ => None,
    };
    match token.filter(|token| is_token(token)) {
        Some(token) if accepted.any || token == accepted.token.as_bytes() => Ok(()),
        Some(_) => Err(ApiError::unauthenticated(StatusCode::UNAUTHORIZED)),
        None => {
            let cause = Some((6111, "Invalid format for Authorization header"));
            Err(ApiError {
                cause,
                ..ApiError::new("Invalid request headers").code(6003)
            })
        }
    }
}

fn is_token(bytes: &[u8]) -> bool {
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.~+/=-".contains(byte);
    !bytes.is_empty() && bytes.iter().all(allowed)
}

/// An empty header is the same as a missing one.
fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a [u8]> {
    headers
        .get(name)
        .map(HeaderValue::as_bytes)
        .filter(|value| !value.is_empty())
}
