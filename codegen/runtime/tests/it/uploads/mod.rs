//! Streaming uploads.

mod failures;
mod retries;
mod sources;

use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::stream;

use crate::runtime::{Error, Upload};
use crate::support::content;
use crate::support::server::Received;

/// A file that is removed on drop.
struct Temporary(PathBuf);

impl Temporary {
    fn new(content: &[u8]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("upload-{}-{count}", std::process::id());
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::write(&path, content).unwrap();
        Self(path)
    }

    fn open(&self) -> File {
        File::open(&self.0).unwrap()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// A reader that fails after its content.
struct Failing(Cursor<Vec<u8>>);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            // The kind must not be confused with the timeout of the call.
            0 => Err(io::Error::new(
                io::ErrorKind::TimedOut,
                "the disk is on fire",
            )),
            size => Ok(size),
        }
    }
}

fn failing(size: usize) -> Failing {
    Failing(Cursor::new(content(size)))
}

/// Counts the bytes that are read.
struct Counted<R>(R, Arc<AtomicUsize>);

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.0.read(buffer)?;
        self.1.fetch_add(size, Ordering::Relaxed);
        Ok(size)
    }
}

/// Returns one byte at a time.
struct Bytewise<I>(I);

impl<I: Iterator<Item = u8>> Read for Bytewise<I> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(buffer
            .iter_mut()
            .zip(self.0.by_ref().take(1))
            .map(|(to, byte)| *to = byte)
            .count())
    }
}

fn stream_of(pieces: &[&'static str]) -> Upload {
    let pieces: Vec<io::Result<&'static str>> = pieces.iter().copied().map(Ok).collect();
    Upload::stream(stream::iter(pieces))
}

#[track_caller]
fn is_sized(request: &Received, size: Option<usize>) {
    let size = size.map(|size| size.to_string());
    assert_eq!(request.header("content-length"), size.as_deref());
    let chunked = size.is_none().then_some("chunked");
    assert_eq!(request.header("transfer-encoding"), chunked);
}

/// Checks an upload error.
#[track_caller]
fn upload_error(result: Result<(), Error>, text: &str) -> Error {
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Body(_)), "{error:?}");
    assert!(error.to_string().ends_with(text), "{error}");
    assert_eq!(error.attempts(), 1);
    assert!(!error.is_retryable());
    error
}
