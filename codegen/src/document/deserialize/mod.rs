//! Deserialization of a tree of values to the types of `openapiv3`, object by object.
//!
//! Serde reads each object without its inner objects, which are read separately. So a fault costs one object instead of
//! the document, the cost stays linear (the untagged enums of `openapiv3` would read a schema again at each level), and
//! the stack stays small.

mod containers;
mod content;
mod deserializer;
mod objects;
mod schema;

pub(super) use deserializer::Deserializer;
