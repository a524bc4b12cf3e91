//! Reads requests off a connection: bytes go in, out come the head and what followed it.

use std::io::{BufRead, Error, Read as _, Result};

/// A request that came whole.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    pub(crate) method: String,
    pub(crate) body: Vec<u8>,
    /// Whether it got a good answer.
    pub(crate) is_well: bool,
}

/// A request, of which the head has come.
#[derive(Default)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    length: Length,
}

/// Where a body ends.
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

    /// Reads the body. Only a request that came whole counts as one.
    pub(crate) fn finish(&self, reader: &mut impl BufRead, is_well: bool) -> Result<Taken> {
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
        Ok(Taken {
            method: self.method.clone(),
            body,
            is_well,
        })
    }
}

fn take(reader: &mut impl BufRead, size: u64, body: &mut Vec<u8>) -> Result<()> {
    let taken = reader.take(size).read_to_end(body)? as u64;
    if taken < size {
        return Err(Error::other("the request breaks off"));
    }
    Ok(())
}

/// A line without its end. It must have one, or the client has gone.
fn line(reader: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    match line.strip_suffix("\r\n") {
        Some(line) => Ok(line.to_owned()),
        None => Err(Error::other("the request breaks off")),
    }
}
