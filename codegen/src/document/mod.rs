//! Parsing of an OpenAPI document: version 3.1 is converted to 3.0, faults are removed from the tree, the wanted
//! operations are selected, and the tree is deserialized to the types of `openapiv3`.

mod deserialize;
mod downgrade;
mod filter;
mod lookup;
mod model;
mod operations;
mod read;
mod recover;
mod referenced;
mod untagged;
mod version;

pub(crate) use downgrade::MUTUAL_TLS;
pub(crate) use filter::Filter;
pub use model::Document;
pub(crate) use read::read_tree;
pub(crate) use untagged::SHARED_GROUP;
