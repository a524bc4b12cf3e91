//! A document as a tree of values -> everything that is wrong with it, each at its own place, and where its `$ref`s lead.

pub(crate) mod coerce;
mod hints;
mod operation;
mod parameter;
mod paths;
pub(crate) mod references;
mod schema;
mod security;
pub(crate) mod shapes;
pub(crate) mod unsupported;

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Diagnostics, Origin, Severity};
use crate::metaschema::openapi::{
    DISCRIMINATOR, DOCUMENT, HEADER, OPERATION, PARAMETER, PATH_ITEM, PATHS, REQUEST_BODY,
    RESPONSE, RESPONSES, SCHEMA, SECURITY_SCHEME, SERVER,
};
use crate::metaschema::{ObjectSpec, ValueKind};
use crate::pointer::{Location, Pointer};
use references::{Fault, References};
use shapes::{Shapes, Visitor, taken_for};
use unsupported::Unsupported;

/// Checks a whole document. What stands where it may is sound for every later stage when this finds no error. What was
/// left out of it before is told from what never was there.
pub(crate) fn validate<'v>(
    root: &'v Value,
    left_out: &'v HashSet<Pointer>,
    diagnostics: &mut Diagnostics,
) -> References<'v> {
    let visitor = Checks {
        root,
        references: References::new(root, left_out),
        operations: HashMap::new(),
        parts: HashSet::new(),
        absent: Vec::new(),
        uncharted: Vec::new(),
        unused: Unsupported::default(),
    };
    let mut shapes = Shapes {
        origin: Origin::Document,
        unknown: Severity::Warning,
        visitor,
        diagnostics,
    };
    shapes.value(root, ValueKind::Object(&DOCUMENT), &Location::Root);
    while let Some((at, kind)) = shapes.visitor.uncharted.pop() {
        if let Some(value) = references::lookup(root, &at) {
            shapes.value(value, ValueKind::Reference(kind), &Location::Pointer(&at));
        }
    }
    let Checks {
        references,
        parts,
        absent,
        unused,
        ..
    } = shapes.visitor;
    diagnostics.extend(unused.diagnostics());
    diagnostics.extend(
        absent
            .into_iter()
            .filter(|(schema, _)| !parts.contains(schema))
            .map(|(_, diagnostic)| diagnostic),
    );
    references
}

/// The checks that a grammar cannot say.
struct Checks<'v> {
    root: &'v Value,
    references: References<'v>,
    /// By operationId, where it was first used.
    operations: HashMap<String, Pointer>,
    /// Schemas that are parts of others.
    parts: HashSet<Pointer>,
    /// What is wrong with schemas unless they are parts of others.
    absent: Vec<(Pointer, Diagnostic)>,
    /// Places that only a `$ref` makes a schema or the like, and that nothing has checked yet.
    uncharted: Vec<(Pointer, &'static ObjectSpec)>,
    unused: Unsupported,
}

impl Visitor for Checks<'_> {
    fn object(
        &mut self,
        kind: &'static ObjectSpec,
        object: &Map<String, Value>,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        self.unused.collect(kind, object, at);
        match kind {
            kind if *kind == SCHEMA => {
                schema::schema(object, at, diagnostics);
                self.required(object, at);
            }
            kind if *kind == DISCRIMINATOR => self.discriminator(object, at, diagnostics),
            kind if *kind == PARAMETER => parameter::parameter(object, at, diagnostics),
            kind if *kind == HEADER => parameter::header(object, at, diagnostics),
            kind if *kind == REQUEST_BODY || *kind == RESPONSE => {
                parameter::content(object, at, diagnostics);
            }
            kind if *kind == OPERATION => self.operation(object, at, diagnostics),
            kind if *kind == RESPONSES => operation::responses(object, at, diagnostics),
            kind if *kind == PATHS => self.paths(object, at, diagnostics),
            kind if *kind == PATH_ITEM => self.parameters(object, at, diagnostics),
            kind if *kind == SERVER => paths::server(object, at, diagnostics),
            kind if *kind == SECURITY_SCHEME => security::scheme(object, at, diagnostics),
            kind if *kind == DOCUMENT => self.security(object, at, diagnostics),
            _ => {}
        }
    }

    fn reference(
        &mut self,
        text: &str,
        kind: &'static ObjectSpec,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let (target, first) = self.references.resolve(text, kind);
        if let (Ok(target), Location::Key(place, _)) = (&target, at)
            && schema::is_part(place)
        {
            self.parts.insert(target.at.clone());
        }
        match target {
            Ok(target) if first && target.uncharted => self.uncharted.push((target.at, kind)),
            Ok(_) => {}
            Err(fault) => {
                let fault = self.around(fault, text, at);
                let mut diagnostic =
                    Diagnostic::error("unresolved-reference", &at.pointer(), fault.text);
                diagnostic.help = fault.help;
                diagnostics.push(match fault.meant {
                    Some(meant) => taken_for(diagnostic, at, meant.to_string().into()),
                    None => diagnostic,
                });
            }
        }
    }
}

impl Checks<'_> {
    /// What a reference that leads nowhere means if it counts from a schema around it, as if that were a document of its own.
    fn around(&self, mut fault: Fault, text: &str, at: &Location<'_>) -> Fault {
        let way = text.strip_prefix('#').unwrap_or_default();
        let mut lists = ["/$defs/", "/definitions/"].iter();
        if fault.meant.is_none() && lists.any(|list| way.starts_with(list)) {
            let here = at.pointer();
            let places = here.ancestors();
            let mut places = places.filter_map(|place| Pointer::parse(&format!("{place}{way}")));
            let is_object = |place: &Pointer| references::lookup(self.root, place)?.as_object();
            fault.meant = places.find(|place| is_object(place).is_some());
            if let Some(meant) = &fault.meant {
                fault.help = Some(format!("a pointer begins at the root: write `{meant}`"));
            }
        }
        fault
    }
}
