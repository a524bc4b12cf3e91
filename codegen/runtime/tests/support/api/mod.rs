//! A small API as it would be generated, with one operation of each kind.

mod bulk;
mod client;
mod lists;
mod shelf;
mod types;
mod values;

pub use bulk::{BulkDelete, BulkGet, BulkTouch, BulkUpdate};
pub use client::SETTINGS;
pub use lists::{List, Pages};
pub use shelf::Shelf;
pub use types::{Found, Outcome, Pair, StoredValue, Thing};
pub use values::{Create, Delete, Metadata, Rename, Update, Value};

/// Types that name the operations.
pub mod operation {
    pub enum List {}
    pub enum Pages {}
    pub enum Create {}
    pub enum Rename {}
    pub enum Delete {}
    pub enum Metadata {}
    pub enum Value {}
    pub enum Update {}
    pub enum BulkUpdate {}
    pub enum BulkDelete {}
    pub enum BulkGet {}
    pub enum BulkTouch {}
}
