//! Calls of the blocking client.

use std::marker::PhantomData;
use std::sync::Arc;

use crate::runtime::blocking::Client;
use crate::runtime::blocking::driver::Driver;
use crate::runtime::call::{Call, optional};
use crate::runtime::client::Client as AsyncClient;
use crate::runtime::error::Result;
use crate::runtime::operation::Operation;
use crate::runtime::response::typed::Response;

impl<O: Operation> Call<Client, O> {
    /// Sends the call and gives its result.
    pub fn send(self) -> Result<O::Output> {
        let (driver, call) = self.split();
        driver.run(call.send())
    }

    /// Sends the call and gives its result, or `None` when the API says that the very thing asked for is not there.
    /// Anything else that is missing on the way to it is an error.
    pub fn send_optional(self) -> Result<Option<O::Output>> {
        optional::<O>(self.send())
    }

    /// Sends the call and gives its result together with the status and the headers of the answer.
    pub fn send_with_response(self) -> Result<Response<O::Output>> {
        let (driver, call) = self.split();
        driver.run(call.send_with_response())
    }

    /// The call as the async client makes it, and what drives it.
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
