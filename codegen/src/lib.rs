//! Turns an OpenAPI document into the files of a Rust client crate, in memory.
//!
//! Each stage is a module that knows only those before it: a text becomes a tree of values ([`Source`]), the tree a
//! [`Document`], document and [`Config`] the crate as data, that data files. Only reading and lowering can fail, and
//! what they have to say is collected as [`Diagnostics`].

mod format;

mod emit;
mod lower;

pub mod ir;

mod document;
mod validate;

mod config;
mod metaschema;

mod diagnostic;
mod media_type;
mod names;
mod source;
mod suggest;

mod pointer;

pub use config::Config;
pub use diagnostic::render::Report;
pub use diagnostic::{Diagnostic, Diagnostics, Origin, Position, Severity};
pub use document::Document;
pub use emit::File;
pub use pointer::Pointer;
pub use source::Source;
pub use suggest::nearest;

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

/// How a document is to be read, this time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether every warning is an error.
    pub strict: bool,
    /// Tags, groups and beginnings of paths, of which an operation has one; without any, all operations are wanted.
    pub only: Vec<String>,
    /// Whether every problem is told, also those that are like others.
    pub verbose: bool,
}

/// Makes a crate of a document, or says why it cannot.
pub fn generate(
    document: &Source,
    config: Option<&Source>,
    options: &Options,
) -> Result<Generated, Report> {
    let mut diagnostics = Diagnostics::default();
    let settings = Config::read(config, &mut diagnostics);
    let read = Document::read_part(document, &options.only, &settings, &mut diagnostics);
    let api = read.filter(|_| !diagnostics.has_errors()).map(|read| {
        let api = lower::lower(&read, &settings, &document.name, &mut diagnostics);
        if operations(&api) == 0 && api.webhooks.is_empty() {
            let text = "there is no operation to emit, so there is no crate to write";
            let help = "describe one under `paths`, or correct why those there are left out";
            let diagnostic =
                Diagnostic::error("no-operations", &Pointer::root().key("paths"), text);
            diagnostics.push(diagnostic.at_key().help(help));
        }
        api
    });
    if settings.strict || options.strict {
        diagnostics.strict();
    }
    let report = diagnostics.report(document, config, options.verbose);
    match api {
        Some(api) if report.errors == 0 => Ok(Generated {
            files: emit::emit(&api),
            operations: operations(&api),
            models: api.models.len(),
            warnings: report,
        }),
        _ => Err(report),
    }
}

fn operations(api: &ir::Api) -> usize {
    api.groups.iter().map(|group| group.operations.len()).sum()
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
    let mut diagnostics = Diagnostics::default();
    let settings = Config::read(config, &mut diagnostics);
    let tree = document::tree(document, &mut diagnostics)?;
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
