//! A call of an operation with a client.

use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::pin::Pin;
use std::time::Duration;

#[cfg(feature = "part-optional")]
use reqwest::StatusCode;

use crate::runtime::client::Client;
use crate::runtime::client::execute::execute;
use crate::runtime::client::options::Options;
#[cfg(feature = "part-optional")]
use crate::runtime::error::Error;
use crate::runtime::error::Result;
use crate::runtime::error::validation::ValidationError;
use crate::runtime::http::header::parse_header;
use crate::runtime::http::query::push_query;
use crate::runtime::operation::Operation;
use crate::runtime::request::Request;
use crate::runtime::response::typed::Response;

/// A call that is ready to be sent with a client `C`.
///
/// Each operation `O` has a type alias in the module `api`. The page of the alias describes the operation: its
/// arguments, its setters, its result and its errors. This page lists the setters of all operations: read the page of
/// the operation instead. A call does nothing until [`send`](Call::send) or a similar method is called.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<C, O> {
    pub(crate) request: Request,
    pub(crate) client: C,
    pub(crate) options: Options,
    pub(crate) operation: PhantomData<fn() -> O>,
}

impl<C, O> Call<C, O> {
    /// Creates a call.
    #[doc(hidden)]
    pub fn new(client: &C, request: Request) -> Self
    where
        C: Clone,
    {
        Self {
            request,
            client: client.clone(),
            options: Options::default(),
            operation: PhantomData,
        }
    }

    /// Adds arguments. An argument replaces an earlier one at the same location.
    #[doc(hidden)]
    pub fn with(mut self, arguments: Request) -> Self {
        self.request = self.request.merge(arguments);
        self
    }

    /// Sets the timeout of an attempt of this call. The time to send the request body is part of it. The default is the
    /// timeout of the client.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Sets the maximum number of retries of this call. The default is the value of the client.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.options.max_retries = Some(retries);
        self
    }

    /// Sets the time in which the call must be complete, with all attempts and delays. A call has no deadline by default.
    /// Each page of a list has this time.
    ///
    /// A call that takes longer is [`Error::Timeout`](crate::runtime::error::Error::Timeout). Its source is the error of
    /// the last attempt, if there is one. The call does not wait for a retry that would be too late.
    pub fn deadline(mut self, time: Duration) -> Self {
        self.options.time = Some(time);
        self
    }

    /// Sets a header of this call. It replaces a default header with the same name.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<[u8]>) -> Self {
        match parse_header(name.as_ref(), value.as_ref()) {
            Ok(header) => self.options.headers.push(header),
            Err(reason) => {
                let invalid = ValidationError::new(reason)
                    .within(&format!("header {}", name.as_ref().escape_debug()));
                self.options.invalid.get_or_insert(invalid);
            }
        }
        self
    }

    /// Adds a query parameter to this call.
    pub fn query(mut self, name: impl AsRef<str>, value: impl Display) -> Self {
        push_query(&mut self.options.query, name.as_ref(), value);
        self
    }
}

impl<O: Operation> Call<Client, O> {
    /// Sends the call and returns its result.
    pub async fn send(self) -> Result<O::Output> {
        let (output, _) = execute::<O>(&self.client, &self.options, &self.request).await?;
        Ok(output)
    }

    /// Sends the call and returns its result, or `None` if the API reports that the requested resource does
    /// not exist. Other missing resources, for example a missing parent, are errors.
    #[cfg(feature = "part-optional")]
    pub async fn send_optional(self) -> Result<Option<O::Output>> {
        optional::<O>(self.send().await)
    }

    /// Sends the call and returns true, or false if the API reports that the requested resource does not exist.
    /// Other missing resources, for example a missing parent, are errors. The result is received, but discarded.
    #[cfg(feature = "part-optional")]
    pub async fn exists(self) -> Result<bool> {
        Ok(self.send_optional().await?.is_some())
    }

    /// Sends the call and returns its result with the status and headers of the response.
    pub async fn send_with_response(self) -> Result<Response<O::Output>> {
        let (output, response) = execute::<O>(&self.client, &self.options, &self.request).await?;
        Ok(Response::new(response.status, response.headers, output))
    }
}

/// `call.await` is the same as `call.send().await`.
impl<O: Operation> IntoFuture for Call<Client, O> {
    type Output = Result<O::Output>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// Converts the error of a missing resource to `None`.
#[cfg(feature = "part-optional")]
pub(crate) fn optional<O: Operation>(result: Result<O::Output>) -> Result<Option<O::Output>> {
    match result {
        Ok(output) => Ok(Some(output)),
        Err(error) if is_missing_resource(&error, O::META.not_found_codes) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(feature = "part-optional")]
fn is_missing_resource(error: &Error, codes: &[i64]) -> bool {
    error.status() == Some(StatusCode::NOT_FOUND)
        && error.code().is_some_and(|code| codes.contains(&code))
}

impl<C: Clone, O> Clone for Call<C, O> {
    fn clone(&self) -> Self {
        Self {
            request: self.request.clone(),
            client: self.client.clone(),
            options: self.options.clone(),
            operation: PhantomData,
        }
    }
}

/// Does not display arguments.
impl<C, O: Operation> fmt::Debug for Call<C, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("method", &O::META.method)
            .field("path", &O::META.path)
            .finish_non_exhaustive()
    }
}
