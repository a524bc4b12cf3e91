//! Turns an OpenAPI document into the files of a Rust client crate, in memory.
//!
//! Each stage is a module that knows only those before it: a text becomes a tree of values ([`Source`]), the tree a
//! [`Document`], document and [`Config`] the crate as data, that data files. Only reading and lowering can fail, and
//! what they have to say is collected as [`Problems`].

// In reading order. Places and problems, which every stage speaks of:
mod pointer;
mod problem;

// texts as trees, and places found in them again;
mod source;

mod report;

// what may stand in a tree, and what is wrong with one;
mod grammar;

mod check;
mod similar;

// the document and the config, ready to be used;
mod document;

mod config;

// the crate as data;
pub mod ir;
mod names;

mod lower;

// and its files.
mod emit;
mod format;

pub use config::Config;
pub use document::Document;
pub use emit::File;
pub use pointer::Pointer;
pub use problem::{Mark, Origin, Problem, Problems, Severity};
pub use report::Report;
pub use source::Source;

/// A crate, and what is to be said about it.
#[derive(Clone, Debug)]
pub struct Generated {
    /// All files of the crate, not yet formatted by rustfmt.
    pub files: Vec<File>,
    /// How many operations it offers.
    pub operations: usize,
    /// How many types it defines.
    pub models: usize,
    /// What of the document is not in it as it stands there.
    pub warnings: Report,
}

/// Makes a crate of a document, or says why it cannot.
pub fn generate(document: &Source, config: Option<&Source>) -> Result<Generated, Report> {
    let mut problems = Problems::default();
    let settings = Config::read(config, &mut problems);
    let api = Document::read(document, &mut problems)
        .filter(|_| !problems.has_errors())
        .map(|document_read| {
            lower::lower(&document_read, &settings, &document.name, &mut problems)
        });
    if settings.strict {
        problems.strict();
    }
    let report = problems.report(document, config);
    match api {
        Some(api) if report.errors == 0 => Ok(Generated {
            files: emit::emit(&api),
            operations: api.groups.iter().map(|group| group.operations.len()).sum(),
            models: api.models.len(),
            warnings: report,
        }),
        _ => Err(report),
    }
}

/// The examples of a document.
#[derive(Clone, Debug)]
pub struct Samples {
    /// The document, brought down to OpenAPI 3.0.
    pub document: serde_json::Value,
    /// Every example of a schema for which the crate has a type.
    pub samples: Vec<Sample>,
}

/// An example, and the type that it is to be read as.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Where it stands: a JSON pointer.
    pub at: String,
    /// Where the schema stands that it is an example of: a JSON pointer.
    pub schema: String,
    /// Its type, as Rust writes it where `types` and what they name are in scope: `Vec < types :: Pet >`.
    pub ty: String,
    /// The example itself.
    pub value: serde_json::Value,
}

/// Finds the examples of a document that [`generate`] makes a crate of; none when it makes none.
pub fn samples(document: &Source, config: Option<&Source>) -> Option<Samples> {
    let mut problems = Problems::default();
    let settings = Config::read(config, &mut problems);
    let tree = document::tree(document, &mut problems)?;
    let document = Document::read(document, &mut problems)?;
    let samples = lower::samples(&document, &settings);
    let sample = |sample: lower::Sample| Sample {
        at: sample.at.to_string(),
        schema: sample.schema.to_string(),
        ty: emit::path_of(&sample.ty),
        value: sample.value,
    };
    Some(Samples {
        document: tree,
        samples: samples.into_iter().map(sample).collect(),
    })
}
