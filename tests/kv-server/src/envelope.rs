//! Converts results and errors to HTTP responses in the envelope of the API.

use bytes::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};
use serde::Serialize;

use crate::error::ApiError;

/// A response with a complete body.
pub(crate) type HttpResponse = Response<Bytes>;

#[derive(Serialize)]
struct Envelope<T, I> {
    success: bool,
    errors: Vec<Problem>,
    messages: [(); 0],
    result: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    result_info: Option<I>,
}

#[derive(Serialize)]
struct Problem {
    code: u32,
    message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    error_chain: Vec<Problem>,
}

pub(crate) fn ok(result: impl Serialize) -> HttpResponse {
    success(result, None::<()>)
}

pub(crate) fn ok_with_info(result: impl Serialize, info: impl Serialize) -> HttpResponse {
    success(result, Some(info))
}

pub(crate) fn failure(error: ApiError) -> HttpResponse {
    let problem = |(code, message): (u32, &str)| Problem {
        code,
        message: message.to_owned(),
        error_chain: vec![],
    };
    let error_chain = error.cause.map(problem).into_iter().collect();
    let errors = vec![Problem {
        code: error.code,
        message: error.message,
        error_chain,
    }];
    json(
        error.status,
        &Envelope {
            success: false,
            errors,
            messages: [],
            result: (),
            result_info: None::<()>,
        },
    )
}

fn success(result: impl Serialize, result_info: Option<impl Serialize>) -> HttpResponse {
    json(
        StatusCode::OK,
        &Envelope {
            success: true,
            errors: vec![],
            messages: [],
            result,
            result_info,
        },
    )
}

pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> HttpResponse {
    let (status, body) = match serde_json::to_vec(body) {
        Ok(body) => (status, body),
        // Serializing strings, numbers and JSON text cannot fail.
        Err(error) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            error.to_string().into_bytes(),
        ),
    };
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
