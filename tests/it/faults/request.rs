//! Reads HTTP requests from a connection.

use std::io::{BufRead, Error, Read as _, Result};

/// A complete request.
#[derive(Clone, Debug)]
pub(crate) struct ReceivedRequest {
    pub(crate) method: String,
    pub(crate) body: Vec<u8>,
    /// True if the response was successful.
    pub(crate) is_successful: bool,
}

/// A request with a complete head.
#[derive(Default)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    length: Length,
}

/// The end of a body.
enum Length {
    Known(u64),
    Chunked,
}

impl Default for Length {
    fn default() -> Self {
        Self::Known(0)
    }
}

impl Request {
    pub(crate) fn head(reader: &mut impl BufRead) -> Result<Self> {
        let first = line(reader)?;
        let mut words = first.split(' ').map(str::to_owned);
        let mut request = Self {
            method: words.next().unwrap_or_default(),
            target: words.next().unwrap_or_default(),
            length: Length::default(),
        };
        loop {
            let line = line(reader)?;
            match line.split_once(": ") {
                Some(("content-length", value)) => {
                    request.length = Length::Known(value.parse().unwrap_or(0));
                }
                Some(("transfer-encoding", "chunked")) => request.length = Length::Chunked,
                Some(_) => (),
                None => return Ok(request),
            }
        }
    }

    /// Reads the body. Returns an error if it is incomplete.
    pub(crate) fn finish(
        &self,
        reader: &mut impl BufRead,
        is_successful: bool,
    ) -> Result<ReceivedRequest> {
        let mut body = Vec::new();
        match self.length {
            Length::Known(size) => take(reader, size, &mut body)?,
            Length::Chunked => loop {
                let size = line(reader)?;
                let size = u64::from_str_radix(&size, 16).map_err(Error::other)?;
                take(reader, size, &mut body)?;
                line(reader)?;
                if size == 0 {
                    break;
                }
            },
        }
        Ok(ReceivedRequest {
            method: self.method.clone(),
            body,
            is_successful,
        })
    }
}

fn take(reader: &mut impl BufRead, size: u64, body: &mut Vec<u8>) -> Result<()> {
    let received = reader.take(size).read_to_end(body)? as u64;
    if received < size {
        return Err(Error::other("the request is incomplete"));
    }
    Ok(())
}

/// Reads a line without its line break. Returns an error if the line break is missing.
fn line(reader: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    match line.strip_suffix("\r\n") {
        Some(line) => Ok(line.to_owned()),
        None => Err(Error::other("the request is incomplete")),
    }
}
