//! A document's text -> openapiv3, all references looked up.

mod deserialize;
mod downgrade;
mod filter;
mod lookup;
mod recover;
mod untagged;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::{
    Example, Header, OpenAPI, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};
use serde_json::{Map, Value};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, Severity};
use crate::metaschema::ObjectSpec;
use crate::metaschema::openapi::{
    EXAMPLE, HEADER, PARAMETER, PATH_ITEM, REQUEST_BODY, RESPONSE, SCHEMA, SECURITY_SCHEME,
};
use crate::pointer::{Location, Pointer};
use crate::source::{self, Source};
use crate::validate;
use crate::validate::references::{Target, lookup};
use deserialize::Deserializer;
pub(crate) use downgrade::MUTUAL_TLS;
use filter::Selection;
pub(crate) use untagged::OTHERS;
use untagged::Untagged;

/// A document that every later stage can rely on.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// What the document says.
    pub api: OpenAPI,
    /// What the server calls by itself, by name.
    pub(crate) webhooks: IndexMap<String, ReferenceOr<PathItem>>,
    /// Where each `$ref` leads, by its text.
    targets: HashMap<String, Pointer>,
    related_locations: Elsewhere,
    pub(crate) untagged: Untagged,
    /// Whether operations were cut away on purpose.
    pub(crate) partial: bool,
}

/// What `$ref`s lead to that is not among the components.
#[derive(Clone, Debug, Default)]
struct Elsewhere {
    schemas: Places<Schema>,
    parameters: Places<Parameter>,
    request_bodies: Places<RequestBody>,
    responses: Places<Response>,
    headers: Places<Header>,
    examples: Places<Example>,
    security_schemes: Places<SecurityScheme>,
    path_items: Places<PathItem>,
}

type Places<T> = HashMap<Pointer, ReferenceOr<T>>;

impl Document {
    /// Reads a document and says everything that is wrong with it; none when nothing can come out of it.
    pub fn read(source: &Source, diagnostics: &mut Diagnostics) -> Option<Self> {
        Self::read_part(source, &[], &Config::default(), diagnostics)
    }

    /// Reads a document of which only some operations are wanted, unless `only` is empty.
    pub(crate) fn read_part(
        source: &Source,
        only: &[String],
        config: &Config,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let mut root = tree(source, diagnostics)?;
        let untagged = Untagged::of(&root);
        let part = (!only.is_empty())
            .then(|| Selection::find(&root, only, &config.groups, &untagged, diagnostics));
        let targets = sound(&mut root, diagnostics);
        if let Some(part) = &part {
            diagnostics.retain(|diagnostic| part.concerns(diagnostic));
        }
        if diagnostics.has_errors() {
            return None;
        }
        let mut typed = Deserializer::new(diagnostics);
        let mut related_locations = Elsewhere::default();
        for (_, target) in &targets {
            related_locations.keep(&root, target, &mut typed);
        }
        let Value::Object(mut root) = root else {
            return None;
        };
        let mut webhooks =
            typed.path_items(root.remove("webhooks"), &Location::Root.key("webhooks"));
        let mut api = typed.document(root)?;
        if let Some(part) = &part {
            part.keep(&mut api);
            webhooks.clear();
        }
        let targets = targets
            .into_iter()
            .map(|(text, target)| (text, target.at))
            .collect();
        typed.complete.then_some(Self {
            api,
            webhooks,
            targets,
            related_locations,
            untagged,
            partial: part.is_some(),
        })
    }
}

/// So many times a tree is mended at most; what is wrong then stays an error. What is mended may be missed elsewhere, and
/// is mended there the next time: along a row of `$ref`s, of which fewer than a hundred are followed, once for each.
const ROUNDS: usize = 200;

/// Checks a tree, and mends it until nothing is wrong with it but what no crate can come out of. Returns its `$ref`s.
fn sound(root: &mut Value, diagnostics: &mut Diagnostics) -> Vec<(String, Target)> {
    let mut left_out = HashSet::new();
    let mut round = 0;
    loop {
        let mut found = Diagnostics::new();
        let targets: Vec<(String, Target)> = validate::validate(root, &left_out, &mut found)
            .targets()
            .collect();
        let mut found: Vec<Diagnostic> = found.into_iter().collect();
        if round > 0 {
            // What else there is to say of the document itself is said already.
            found.retain(|diagnostic| diagnostic.severity == Severity::Error);
        }
        let errors = |found: &[Diagnostic]| {
            let errors = found.iter();
            errors
                .filter(|diagnostic| diagnostic.severity == Severity::Error)
                .count()
        };
        let before = errors(&found);
        if before > 0 && round < ROUNDS {
            left_out.extend(recover::recover(root, &targets, &mut found));
        }
        let mended = errors(&found) < before;
        diagnostics.extend(found);
        if !mended {
            return targets;
        }
        round += 1;
    }
}

/// A document as values, brought down to OpenAPI 3.0.
pub(crate) fn tree(source: &Source, diagnostics: &mut Diagnostics) -> Option<Value> {
    let mut root = source::read(source, Origin::Document, diagnostics)?;
    match version(&root, diagnostics)? {
        Version::V3_0 => {}
        Version::V3_1 => downgrade::downgrade(&mut root, diagnostics),
    }
    Some(root)
}

impl Elsewhere {
    /// Keeps what a `$ref` leads to, unless it is among the components.
    fn keep(&mut self, root: &Value, target: &Target, typed: &mut Deserializer<'_>) {
        let Some(value) = lookup(root, &target.at) else {
            return;
        };
        let mut keep = Keep {
            value,
            target,
            typed,
        };
        keep.kind(&SCHEMA, "schemas", &mut self.schemas, Deserializer::schema);
        keep.kind(
            &PARAMETER,
            "parameters",
            &mut self.parameters,
            Deserializer::parameter,
        );
        keep.kind(
            &REQUEST_BODY,
            "requestBodies",
            &mut self.request_bodies,
            Deserializer::request_body,
        );
        keep.kind(
            &RESPONSE,
            "responses",
            &mut self.responses,
            Deserializer::response,
        );
        keep.kind(&HEADER, "headers", &mut self.headers, Deserializer::header);
        keep.kind(
            &EXAMPLE,
            "examples",
            &mut self.examples,
            Deserializer::example,
        );
        keep.kind(
            &SECURITY_SCHEME,
            "securitySchemes",
            &mut self.security_schemes,
            Deserializer::security_scheme,
        );
        keep.kind(
            &PATH_ITEM,
            "",
            &mut self.path_items,
            Deserializer::path_item,
        );
    }
}

struct Keep<'k, 'p> {
    value: &'k Value,
    target: &'k Target,
    typed: &'k mut Deserializer<'p>,
}

impl<'p> Keep<'_, 'p> {
    fn kind<T>(
        &mut self,
        kind: &ObjectSpec,
        section: &str,
        places: &mut Places<T>,
        read: impl Fn(&mut Deserializer<'p>, Map<String, Value>, &Location<'_>) -> Option<T>,
    ) {
        let at = &self.target.at;
        let among_components = at.parent() == Some(Pointer::root().key("components").key(section));
        if self.target.kind != kind || among_components || places.contains_key(at) {
            return;
        }
        let item = self
            .typed
            .or_reference(self.value.clone(), &Location::Pointer(at), read);
        places.extend(item.map(|item| (at.clone(), item)));
    }
}

/// The versions of OpenAPI that documents may be written in.
#[derive(Clone, Copy)]
enum Version {
    V3_0,
    V3_1,
}

/// The version that the document is written in, if it is one of them.
fn version(root: &Value, diagnostics: &mut Diagnostics) -> Option<Version> {
    let at = Pointer::root();
    if !root.is_object() {
        let text = "an OpenAPI document is an object, with `openapi`, `info` and `paths`";
        let help = "begin it with its version, as in `openapi: 3.0.3`";
        diagnostics.push(Diagnostic::error("not-an-openapi-document", &at, text).help(help));
        return None;
    }
    let text = |key| {
        root.get(key).map(|version| {
            version
                .as_str()
                .map_or_else(|| version.to_string(), str::to_owned)
        })
    };
    let is = |text: &str, version: &str| {
        let rest = text.strip_prefix(version);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let diagnostic = match (text("openapi"), text("swagger")) {
        (Some(text), _) if is(&text, "3.0") => return Some(Version::V3_0),
        (Some(text), _) if is(&text, "3.1") => return Some(Version::V3_1),
        (Some(text), _) if is(&text, "3.2") => {
            let text = format!("OpenAPI {text} is read as 3.1, without what only 3.2 has");
            let help = "what is left out for that is told below, each at its place";
            diagnostics
                .push(Diagnostic::warning("newer-version", &at.key("openapi"), text).help(help));
            return Some(Version::V3_1);
        }
        (Some(text), _) => {
            let diagnostic = Diagnostic::error(
                "unsupported-version",
                &at.key("openapi"),
                format!("OpenAPI {text} is not supported"),
            );
            diagnostic.help("convert the document to OpenAPI 3.0, 3.1 or 3.2")
        }
        (None, Some(text)) => Diagnostic::error(
            "unsupported-version",
            &at.key("swagger"),
            format!("Swagger {text} is not supported"),
        )
        .at_key()
        .help("convert the document to OpenAPI 3.0.3, for example with swagger2openapi"),
        // What else is missing is said together with this.
        (None, None) => return Some(Version::V3_0),
    };
    diagnostics.push(diagnostic);
    None
}
