//! Calls of the blocking client.

use std::marker::PhantomData;
use std::sync::Arc;

use crate::runtime::blocking::Client;
use crate::runtime::blocking::driver::Driver;
use crate::runtime::call::Call;
#[cfg(feature = "part-optional")]
use crate::runtime::call::optional;
use crate::runtime::client::Client as AsyncClient;
use crate::runtime::error::Result;
use crate::runtime::operation::Operation;
use crate::runtime::response::typed::Response;

impl<O: Operation> Call<Client, O> {
    /// Sends the call and returns its result.
    pub fn send(self) -> Result<O::Output> {
        let (driver, call) = self.split();
        driver.run(call.send())
    }

    /// Sends the call and returns its result, or `None` if the API reports that the requested resource does
    /// not exist. Other missing resources, for example a missing parent, are errors.
    #[cfg(feature = "part-optional")]
    pub fn send_optional(self) -> Result<Option<O::Output>> {
        optional::<O>(self.send())
    }

    /// Sends the call and returns true, or false if the API reports that the requested resource does not exist.
    /// Other missing resources, for example a missing parent, are errors. The result is received, but discarded.
    #[cfg(feature = "part-optional")]
    pub fn exists(self) -> Result<bool> {
        Ok(self.send_optional()?.is_some())
    }

    /// Sends the call and returns its result with the status and headers of the response.
    pub fn send_with_response(self) -> Result<Response<O::Output>> {
        let (driver, call) = self.split();
        driver.run(call.send_with_response())
    }

    /// Returns the driver, and the call for the async client.
    pub(crate) fn split(self) -> (Arc<Driver>, Call<AsyncClient, O>) {
        let (client, driver) = self.client.into_parts();
        let call = Call {
            request: self.request,
            client,
            options: self.options,
            operation: PhantomData,
        };
        (driver, call)
    }
}
