//! Validation of a document. Each fault has its own location.
//!
//! Input: the value tree. Output: diagnostics. `metaschema` checks keywords and types of values. The files of this folder
//! contain the rules that a table cannot express, by object of OpenAPI.

mod checker;
mod discriminator;
mod operation;
mod parameter;
mod path_template;
mod paths;
mod references;
mod schema;
mod security;
mod server;
mod target_error;
mod unsupported;

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Diagnostics, Origin, Severity};
use crate::metaschema::openapi::{
    DISCRIMINATOR, DOCUMENT, HEADER, OPERATION, PARAMETER, PATH_ITEM, PATHS, REQUEST_BODY,
    RESPONSE, RESPONSES, SCHEMA, SECURITY_SCHEME, SERVER,
};
use crate::metaschema::{ObjectSpec, TreeValidator, ValueKind, Visitor, coerced};
use crate::pointer::{Location, Pointer};
use checker::Checker;
pub(crate) use references::{MAX_REFERENCE_CHAIN, References, Target};
pub(crate) use unsupported::{Unsupported, VALIDATION};

/// Validates a document. Without an error, later stages can rely on everything that the specification describes.
/// `removed` lists the locations that earlier recoveries removed or replaced.
pub(crate) fn validate<'v>(
    root: &'v Value,
    removed: &'v HashSet<Pointer>,
    diagnostics: &mut Diagnostics,
) -> References<'v> {
    let mut validator = TreeValidator {
        origin: Origin::Document,
        unknown_keyword: Severity::Warning,
        visitor: Checker::new(root, removed),
        diagnostics,
    };
    validator.value(root, ValueKind::Object(&DOCUMENT), &Location::Root);
    while let Some((at, spec)) = validator.visitor.unspecified.pop() {
        if let Some(value) = at.get(root) {
            validator.value(value, ValueKind::Reference(spec), &Location::Pointer(&at));
        }
    }
    let Checker {
        references,
        composed,
        absent_properties,
        unsupported,
        ..
    } = validator.visitor;
    diagnostics.extend(unsupported.diagnostics());
    let absent_properties = absent_properties.into_iter();
    let absent_properties = absent_properties.filter(|(schema, _)| !composed.contains(schema));
    diagnostics.extend(absent_properties.map(|(_, diagnostic)| diagnostic));
    references
}

impl Visitor for Checker<'_> {
    fn object(
        &mut self,
        spec: &'static ObjectSpec,
        object: &Map<String, Value>,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        self.unsupported.collect(spec, object, at);
        match spec {
            spec if *spec == SCHEMA => {
                schema::schema(object, at, diagnostics);
                self.required_properties(object, at);
            }
            spec if *spec == DISCRIMINATOR => self.discriminator(object, at, diagnostics),
            spec if *spec == PARAMETER => parameter::parameter(object, at, diagnostics),
            spec if *spec == HEADER => parameter::header(object, at, diagnostics),
            spec if *spec == REQUEST_BODY || *spec == RESPONSE => {
                parameter::media_types(object, at, diagnostics);
            }
            spec if *spec == OPERATION => self.operation(object, at, diagnostics),
            spec if *spec == RESPONSES => operation::responses(object, at, diagnostics),
            spec if *spec == PATHS => self.paths(object, at, diagnostics),
            spec if *spec == PATH_ITEM => self.parameters(object, at, diagnostics),
            spec if *spec == SERVER => server::server(object, at, diagnostics),
            spec if *spec == SECURITY_SCHEME => security::scheme(object, at, diagnostics),
            spec if *spec == DOCUMENT => self.security_requirements(object, at, diagnostics),
            _ => {}
        }
    }

    fn reference(
        &mut self,
        text: &str,
        spec: &'static ObjectSpec,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let (target, is_first) = self.references.resolve(text, spec);
        if let (Ok(target), Location::Key(schema, _)) = (&target, at)
            && schema::is_composed(schema)
        {
            self.composed.insert(target.at.clone());
        }
        match target {
            Ok(target) if is_first && target.unspecified => {
                self.unspecified.push((target.at, spec));
            }
            Ok(_) => {}
            Err(error) => {
                let error = self.with_local_definition(error, text, at);
                let diagnostic =
                    Diagnostic::error(error.code, &at.pointer(), error.text).maybe_help(error.help);
                diagnostics.push(match error.replacement {
                    Some(target) => coerced(diagnostic, at, target.to_string().into()),
                    None => diagnostic,
                });
            }
        }
    }
}
