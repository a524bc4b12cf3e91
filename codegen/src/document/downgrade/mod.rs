//! Conversion of OpenAPI 3.1 to 3.0 in the tree, before any other stage. A keyword is replaced at its own location, so
//! locations stay valid. Keywords that only validate values are removed.

mod anchors;
mod keywords;
mod pass;
mod schema;
#[cfg(test)]
mod tests;
mod types;

pub(crate) use pass::MUTUAL_TLS;
pub(super) use pass::downgrade;
