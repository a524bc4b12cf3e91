//! Faults of a document or a config as data. Every stage that reads one of them collects diagnostics. `entry` is one
//! diagnostic, `list` a collection. `report.rs` renders them.

mod entry;
mod list;
mod position;
mod recovery;

pub use entry::{Diagnostic, Origin, Severity};
pub use list::Diagnostics;
pub use position::Position;

pub(crate) use position::Anchor;
pub(crate) use recovery::{Recovery, TreeEdit};
