//! Changes that make a faulty document usable.

use serde_json::Value;

use crate::pointer::Pointer;

/// Changes of the document's tree that remove a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recovery {
    pub(crate) edits: Vec<(Pointer, TreeEdit)>,
    /// Clause that describes what is generated instead.
    pub(crate) fallback: String,
}

/// Change at one location of a document's tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TreeEdit {
    Remove,
    Set(Value),
    /// Appends to the list at the location. An absent list is created.
    Append(Value),
}
