//! Generates the files of a Rust client crate from an OpenAPI document, in memory.
//!
//! A [`Source`] is parsed into a [`Document`]. Document and [`Config`] are lowered to an intermediate representation,
//! which is emitted as files. Only parsing and lowering can fail. They collect [`Diagnostics`].
//!
//! A module uses only the modules listed below it.

mod samples;

mod emit;
mod format;

mod lower;

pub mod ir;

mod document;
mod validate;

mod config;
mod metaschema;

mod report;
mod source;

mod diagnostic;
mod media_type;
mod names;
mod suggest;

mod pointer;

pub use config::Config;
pub use diagnostic::{Diagnostic, Diagnostics, Origin, Position, Severity};
pub use document::Document;
pub use emit::File;
pub use pointer::Pointer;
pub use report::{Report, render};
pub use samples::{Sample, Samples, samples};
pub use source::Source;
pub use suggest::nearest;

/// A generated crate with its warnings.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Files of the crate, not yet formatted by rustfmt.
    pub files: Vec<File>,
    /// Number of operations.
    pub operations: usize,
    /// Number of types.
    pub models: usize,
    /// Differences between the crate and the document.
    pub warnings: Report,
}

/// Options of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Treats warnings as errors.
    pub strict: bool,
    /// Tags, groups and path prefixes of the operations to generate. An empty list selects all operations.
    pub only: Vec<String>,
    /// Shows every diagnostic, including similar ones.
    pub verbose: bool,
}

/// Generates a crate, or returns the errors that prevent it.
pub fn generate(
    document: &Source,
    config: Option<&Source>,
    options: &Options,
) -> Result<Generated, Report> {
    let mut diagnostics = Diagnostics::new();
    let settings = Config::read(config, &mut diagnostics);
    let filter = operation_filter(&options.only, &settings);
    let parsed = Document::read_filtered(document, filter.as_ref(), &mut diagnostics)
        .filter(|_| !diagnostics.has_errors());
    let api =
        parsed.map(|parsed| lower::lower(&parsed, &settings, &document.name, &mut diagnostics));
    require_operations(api.as_ref(), &mut diagnostics);
    if settings.strict || options.strict {
        diagnostics.make_strict();
    }
    let report = render(&diagnostics, document, config, options.verbose);
    match api {
        Some(api) if report.errors == 0 => Ok(generated(&api, report)),
        _ => Err(report),
    }
}

fn generated(api: &ir::Api, warnings: Report) -> Generated {
    Generated {
        files: emit::emit(api),
        operations: operation_count(api),
        models: api.models.len(),
        warnings,
    }
}

fn operation_filter<'a>(only: &'a [String], settings: &'a Config) -> Option<document::Filter<'a>> {
    let groups = settings.groups.iter();
    let groups = groups.map(|(name, group)| {
        let ids = group.methods.values().map(String::as_str);
        (name.as_str(), ids.collect())
    });
    (!only.is_empty()).then(|| document::Filter {
        only,
        groups: groups.collect(),
        group_of_tag: names::group,
    })
}

fn require_operations(api: Option<&ir::Api>, diagnostics: &mut Diagnostics) {
    if api.is_some_and(|api| operation_count(api) == 0 && api.webhooks.is_empty()) {
        let paths = Pointer::root().key("paths");
        let text = "the document has no operation that can be generated; no crate is written";
        let help = "describe an operation under `paths`, or correct the ones that are left out";
        diagnostics.push(
            Diagnostic::error("no-operations", &paths, text)
                .at_key()
                .help(help),
        );
    }
}

fn operation_count(api: &ir::Api) -> usize {
    api.groups.iter().map(|group| group.operations.len()).sum()
}
