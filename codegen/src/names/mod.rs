//! Rust names for what a document describes: letter case, reserved names and uniqueness.

mod convert;
mod reserved;
mod scope;
mod split;
mod symbols;
#[cfg(test)]
mod tests;

pub(crate) use convert::{
    group, is_identifier, is_reserved_type, module, not_self, operation_words, package, pascal,
    shouty, snake, variant,
};
pub(crate) use reserved::{
    RESERVED_FEATURES, RESERVED_FIELDS, RESERVED_GROUPS, RESERVED_HEADERS, RESERVED_METHODS,
    RESERVED_SETTERS, RUNTIME,
};
pub(crate) use scope::Scope;
