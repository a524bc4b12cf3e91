//! Downloads of the blocking client.

use std::future::poll_fn;
use std::io::{self, Read};

use crate::runtime::blocking::Client;
use crate::runtime::call::Call;
use crate::runtime::download::{Download, Downloadable, ReadState, open};
use crate::runtime::error::{Error, Result};

impl<O: Downloadable> Call<Client, O> {
    /// Sends the call and gives the content as it comes, once the head of the answer is there.
    ///
    /// The call is repeated up to then, but not after it. The timeout goes on to the last byte of the content: raise it
    /// where that is to be taken slowly.
    pub fn download(self) -> Result<Download<Client, O>> {
        let client = self.client.clone();
        let (driver, call) = self.split();
        let pending = driver.run(open(&call.client, &call.options, O::META, &call.request))?;
        Ok(Download::new(client, pending))
    }
}

/// An error holds one of the crate's own, and has the kind `TimedOut` or `UnexpectedEof`. ReadState on after it fails in the
/// same way.
impl<O> Read for Download<Client, O> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let ReadState { rest, failed } = &mut self.read_state;
        if let Some(kind) = *failed {
            return Err(kind.into());
        }
        if rest.is_empty() {
            let stream = &mut self.stream;
            let next = poll_fn(|cx| stream.poll_next(cx));
            match self.client.driver().run(next) {
                Some(Ok(chunk)) => *rest = chunk,
                Some(Err(error)) => {
                    let kind = match error {
                        Error::Timeout(_) => io::ErrorKind::TimedOut,
                        _ => io::ErrorKind::UnexpectedEof,
                    };
                    *failed = Some(kind);
                    return Err(io::Error::new(kind, error));
                }
                None => return Ok(0),
            }
        }
        let size = rest.len().min(buffer.len());
        rest.split_to(size).as_ref().read(buffer)
    }
}
