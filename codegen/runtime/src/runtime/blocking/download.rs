//! Downloads of the blocking client.

use std::future::poll_fn;
use std::io::{self, Read};

use crate::runtime::blocking::Client;
use crate::runtime::call::Call;
use crate::runtime::download::{Download, Downloadable, open};
use crate::runtime::error::Result;

impl<O: Downloadable> Call<Client, O> {
    /// Sends the call and returns the content as a stream, as soon as the response headers are received.
    ///
    /// The call is not retried after that. The timeout applies to the complete download: increase it for large content.
    pub fn download(self) -> Result<Download<Client, O>> {
        let client = self.client.clone();
        let (driver, call) = self.split();
        let pending = driver.run(open(&call.client, &call.options, O::META, &call.request))?;
        Ok(Download::new(client, pending))
    }
}

/// An error wraps an error of this crate. Its kind is `TimedOut` or `UnexpectedEof`. Later reads fail
/// with the same kind.
impl<O> Read for Download<Client, O> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let state = &mut self.read_state;
        if !state.is_ready() {
            let stream = &mut self.stream;
            let fill = poll_fn(|cx| state.poll_fill(stream, cx));
            self.client.driver().run(fill)?;
        }
        state.take(buffer.len())?.as_ref().read(buffer)
    }
}
