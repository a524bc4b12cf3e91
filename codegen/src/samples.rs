//! Examples of a document with the generated types that must be able to read them.

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::document::{self, Document};
use crate::source::Source;
use crate::{emit, lower};

/// Examples of a document.
#[derive(Clone, Debug)]
pub struct Samples {
    /// The document, converted to OpenAPI 3.0.
    pub document: serde_json::Value,
    /// Examples of schemas for which the crate has a type.
    pub samples: Vec<Sample>,
}

/// An example and its type.
#[derive(Clone, Debug)]
pub struct Sample {
    /// JSON pointer to the example.
    pub at: String,
    /// JSON pointer to the schema of the example.
    pub schema: String,
    /// Rust type, with the names that are in scope in `types`: `Vec < types :: Pet >`.
    pub ty: String,
    /// The example.
    pub value: serde_json::Value,
}

/// Returns the examples of a document, or `None` if no crate can be generated from it.
pub fn samples(document: &Source, config: Option<&Source>) -> Option<Samples> {
    let mut diagnostics = Diagnostics::new();
    let settings = Config::read(config, &mut diagnostics);
    let tree = document::read_tree(document, &mut diagnostics)?;
    let document = Document::read(document, &mut diagnostics)?;
    let (samples, models) = lower::samples(&document, &settings);
    let sample = |sample: lower::Sample| Sample {
        at: sample.at.to_string(),
        schema: sample.schema.to_string(),
        ty: emit::path_of(&models, &sample.ty),
        value: sample.value,
    };
    Some(Samples {
        document: tree,
        samples: samples.into_iter().map(sample).collect(),
    })
}
