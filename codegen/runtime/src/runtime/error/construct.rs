//! How errors are made.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::runtime::api::call_info::Origin;
use crate::runtime::decode::path::read;
use crate::runtime::error::api::ApiError;
use crate::runtime::error::context::Details;
use crate::runtime::error::upload::Unreadable;
use crate::runtime::error::validation::Refusal;
use crate::runtime::error::{Error, Result};
use crate::runtime::http::retry::Cause;

impl ApiError {
    /// The body read as JSON of this type, or [`Error::Decode`] when it is none or not of this type. The docs of a method
    /// name the types that the API documents for its failures.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T> {
        read(PhantomData::<T>, &self.0.body)
            .map_err(|error| Error::decode(Some(self.0.origin), error.path, &error.text))
    }
}

impl Error {
    pub(crate) fn config(text: impl Into<String>) -> Self {
        Self::Config(Details::new(text))
    }

    pub(crate) fn refused(origin: Origin, refusal: Refusal) -> Self {
        let text = format!("`{}` {}", refusal.parameter, refusal.reason);
        Self::InvalidRequest(Details::new(text).about(refusal.parameter).of(origin))
    }

    pub(crate) fn decode(origin: Option<Origin>, path: String, text: &str) -> Self {
        let what = origin.map_or("the JSON", |_| "the answer");
        let place = if path.is_empty() { "" } else { " at " };
        let text = format!("{what} does not fit{place}{path}: {text}");
        let mut details = Details::new(text).about(path);
        details.0.origin = origin;
        Self::Decode(details)
    }

    /// The answer as a whole is not as it should be.
    pub(crate) fn unfit(origin: Origin, text: String) -> Self {
        Self::Decode(Details::new(text).about(String::new()).of(origin))
    }

    /// The content to send is not as it should be; it would be no better another time.
    pub(crate) fn unreadable(origin: Origin, content: Unreadable) -> Self {
        let mut details = Details::new(content.to_string()).of(origin);
        details.0.source = content.fault;
        Self::Body(details)
    }

    /// The client has not what the call takes.
    pub(crate) fn unequipped(origin: Origin, text: String) -> Self {
        Self::Config(Details::new(text).of(origin))
    }

    pub(crate) fn redirected(origin: Origin) -> Self {
        let text = "the HTTP client that was given followed a redirect: build it with redirect::Policy::none()";
        Self::Config(Details::new(text).of(origin))
    }

    /// Why an attempt failed, from what the HTTP client says; its URL is left out, as it holds arguments.
    pub(crate) fn transport(origin: Origin, error: reqwest::Error, answered: bool) -> Self {
        let error = error.without_url();
        let lost = Some(Cause::Lost);
        let (kind, cause, text): (fn(Details) -> Self, _, _) = if error.is_timeout() {
            let text = "no whole answer came within the timeout";
            (Self::Timeout, lost, text.to_owned())
        } else if answered {
            (Self::Body, lost, "the answer broke off".to_owned())
        } else if error.is_connect() {
            let text = "there is no connection to the server";
            (Self::Connect, Some(Cause::Unsent), text.to_owned())
        } else {
            let text = "the connection broke before an answer came";
            (Self::Connect, lost, text.to_owned())
        };
        let mut details = Details::new(text).of(origin);
        details.0.cause = cause;
        details.0.source = Some(Box::new(error));
        kind(details)
    }
}
