//! Uploads of files that tokio opened.

use std::fs::File;
use std::io::{self, Read};

use tokio::runtime::Handle;

use crate::runtime::body::upload::Upload;

/// Reads from the current position to the end. The content can be read once if the program has not waited for an earlier
/// operation on the file, for example `flush`.
impl From<tokio::fs::File> for Upload {
    fn from(file: tokio::fs::File) -> Self {
        match file.try_into_std() {
            Ok(file) => file.into(),
            Err(file) => Self::reader(PendingFile::Busy(Some(file))),
        }
    }
}

/// A file with an operation that is not completed. It is read on a thread that may block.
enum PendingFile {
    Busy(Option<tokio::fs::File>),
    Idle(File),
}

impl Read for PendingFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Self::Busy(file) = self
            && let Some(file) = file.take()
        {
            *self = Self::Idle(Handle::current().block_on(file.into_std()));
        }
        match self {
            Self::Idle(file) => file.read(buffer),
            Self::Busy(_) => Ok(0),
        }
    }
}
