//! Replaces the file of the data without the feature `store`.

use std::convert::Infallible;
use std::io;

use super::Change;

/// A file, which cannot be opened.
pub(super) struct Disk(Infallible);

impl Disk {
    pub(super) fn write(&self, _: &str, _: &str, _: &[Change]) -> io::Result<()> {
        match self.0 {}
    }
}
