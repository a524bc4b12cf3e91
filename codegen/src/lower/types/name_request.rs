//! The names that models ask for. The naming pass decides who gets which.

use crate::ir::ModelId;
use crate::names;
use crate::pointer::Pointer;

/// The name that a model asks for.
#[derive(Clone, Debug)]
pub(in crate::lower) struct NameRequest {
    pub(in crate::lower) name: String,
    pub(in crate::lower) source: NameSource,
    /// Location of the schema.
    pub(in crate::lower) at: Pointer,
    /// Model in which the schema is inline. The requested name starts with the name that the parent requests.
    pub(in crate::lower) parent: Option<ModelId>,
}

/// Source of a requested name. Lesser sources take precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) enum NameSource {
    /// The config.
    Config,
    /// The name of a component schema, which has this index in the document.
    Component(usize),
    /// The location of an inline schema.
    Inline,
}

/// Adds a suffix to a name that generated code uses for something else.
pub(in crate::lower) fn not_reserved(name: String) -> String {
    if names::is_reserved_type(&name) {
        name + "Model"
    } else {
        name
    }
}
