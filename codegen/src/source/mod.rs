//! Texts of documents and configs, their parsers, and the positions of their values.
//!
//! `serde_yaml` reads valid YAML. Everything else uses parser events, which have positions.

mod event;
mod fast_yaml;
mod json;
mod positions;
#[cfg(test)]
mod tests;
mod text;
mod toml;
mod tree;
mod yaml;

pub(crate) use positions::Positions;
pub use text::Source;
pub(crate) use tree::read;
