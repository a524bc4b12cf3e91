//! A server with prepared responses. Its cost is small and the same for every client.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// Sizes of the small and the large value in bytes.
pub(crate) const SMALL: usize = 64;
pub(crate) const BIG: usize = 25 << 20;
/// The number of keys per page, and the number of pages.
pub(crate) const PAGE: usize = 1_000;
pub(crate) const PAGES: usize = 1_000;

struct Responses {
    small: Vec<u8>,
    big: Vec<u8>,
    /// Returns the keys of a page as a JSON array.
    keys: String,
}

pub(crate) fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("a bound socket");
    println!(
        "http://{address}/client/v4 token 023e105f4ecef8ad9ca31a8372d0c353 0f2ac74b498b48028cb68387c421e279"
    );
    let responses: &'static Responses = Box::leak(Box::new(Responses::new()));
    for stream in listener.incoming().flatten() {
        thread::spawn(move || connection(&stream, responses));
    }
}

impl Responses {
    fn new() -> Self {
        let keys = (0..PAGE).map(|n| {
            format!(
                r#"{{"name":"user:{n:06}","expiration":1893456000,"metadata":{{"n":{n},"tags":["a","b"]}}}}"#
            )
        });
        Self {
            small: vec![b'x'; SMALL],
            big: vec![b'x'; BIG],
            keys: keys.collect::<Vec<_>>().join(","),
        }
    }

    /// Returns a page by its number.
    fn page(&self, number: usize) -> Vec<u8> {
        let next = number + 1;
        let cursor = if next < PAGES {
            next.to_string()
        } else {
            String::new()
        };
        format!(
            r#"{{"success":true,"errors":[],"messages":[],"result":[{}],"result_info":{{"count":{PAGE},"cursor":"{cursor}"}}}}"#,
            self.keys
        )
        .into_bytes()
    }
}

fn connection(mut stream: &TcpStream, responses: &Responses) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::with_capacity(1 << 16, stream);
    loop {
        let (request, length) = head(&mut reader)?;
        match length {
            Some(length) => drop(io::copy(
                &mut reader.by_ref().take(length),
                &mut io::sink(),
            )?),
            None => chunks(&mut reader)?,
        }
        let built;
        let (kind, body) = if request.ends_with("/values/small") {
            ("application/octet-stream", &responses.small)
        } else if request.starts_with("GET") && request.ends_with("/values/big") {
            ("application/octet-stream", &responses.big)
        } else {
            built = if request.contains("/keys") {
                let number = request
                    .split_once("cursor=")
                    .map_or("0", |(_, number)| number);
                responses.page(number.parse().unwrap_or_default())
            } else {
                br#"{"success":true,"errors":[],"messages":[],"result":{"successful_key_count":10000,"unsuccessful_keys":[]}}"#.to_vec()
            };
            ("application/json", &built)
        };
        let mut head = String::from("HTTP/1.1 200 OK\r\n");
        let _ = write!(
            head,
            "content-type: {kind}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        if body.len() < 1 << 20 {
            stream.write_all(&[head.as_bytes(), body].concat())?;
        } else {
            stream.write_all(head.as_bytes())?;
            stream.write_all(body)?;
        }
    }
}

/// Reads the head of the next request: method, target, and the size of the body unless it is chunked.
fn head(reader: &mut impl BufRead) -> io::Result<(String, Option<u64>)> {
    let first = line(reader)?;
    let request = first.trim_end_matches(" HTTP/1.1").to_owned();
    let mut length = Some(0);
    loop {
        let line = line(reader)?.to_ascii_lowercase();
        match line.split_once(": ") {
            Some(("content-length", value)) => length = value.parse().ok(),
            Some(("transfer-encoding", _)) => length = None,
            Some(_) => (),
            None => return Ok((request, length)),
        }
    }
}

/// Reads a chunked body to its end.
fn chunks(reader: &mut impl BufRead) -> io::Result<()> {
    loop {
        let size = u64::from_str_radix(&line(reader)?, 16).map_err(io::Error::other)?;
        io::copy(&mut reader.by_ref().take(size), &mut io::sink())?;
        line(reader)?;
        if size == 0 {
            return Ok(());
        }
    }
}

fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    match reader.read_line(&mut line)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(line.trim_end().to_owned()),
    }
}
