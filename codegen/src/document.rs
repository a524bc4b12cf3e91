//! A document's text -> openapiv3, all references looked up.

mod down;
mod lookup;
mod mend;
mod only;
mod typed;
mod untagged;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::{
    Example, Header, OpenAPI, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};
use serde_json::{Map, Value};

use crate::check;
use crate::check::references::{Target, lookup};
use crate::config::Config;
use crate::grammar::Object;
use crate::grammar::openapi::{
    EXAMPLE, HEADER, PARAMETER, PATH_ITEM, REQUEST_BODY, RESPONSE, SCHEMA, SECURITY_SCHEME,
};
use crate::pointer::{At, Pointer};
use crate::problem::{Origin, Problem, Problems, Severity};
use crate::source::{self, Source};
use only::Part;
use typed::Typed;
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
    elsewhere: Elsewhere,
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
    pub fn read(source: &Source, problems: &mut Problems) -> Option<Self> {
        Self::read_part(source, &[], &Config::default(), problems)
    }

    /// Reads a document of which only some operations are wanted, unless `only` is empty.
    pub(crate) fn read_part(
        source: &Source,
        only: &[String],
        config: &Config,
        problems: &mut Problems,
    ) -> Option<Self> {
        let mut root = tree(source, problems)?;
        let untagged = Untagged::of(&root);
        let part = (!only.is_empty())
            .then(|| Part::find(&root, only, &config.groups, &untagged, problems));
        let targets = sound(&mut root, problems);
        if let Some(part) = &part {
            problems.retain(|problem| part.concerns(problem));
        }
        if problems.has_errors() {
            return None;
        }
        let mut typed = Typed::new(problems);
        let mut elsewhere = Elsewhere::default();
        for (_, target) in &targets {
            elsewhere.keep(&root, target, &mut typed);
        }
        let Value::Object(mut root) = root else {
            return None;
        };
        let mut webhooks = typed.path_items(root.remove("webhooks"), &At::Root.key("webhooks"));
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
            elsewhere,
            untagged,
            partial: part.is_some(),
        })
    }
}

/// So many times a tree is mended at most; what is wrong then stays an error. What is mended may be missed elsewhere, and
/// is mended there the next time: along a row of `$ref`s, of which fewer than a hundred are followed, once for each.
const ROUNDS: usize = 200;

/// Checks a tree, and mends it until nothing is wrong with it but what no crate can come out of. Returns its `$ref`s.
fn sound(root: &mut Value, problems: &mut Problems) -> Vec<(String, Target)> {
    let mut left_out = HashSet::new();
    let mut round = 0;
    loop {
        let mut found = Problems::new();
        let targets: Vec<(String, Target)> = check::check(root, &left_out, &mut found)
            .targets()
            .collect();
        let mut found: Vec<Problem> = found.into_iter().collect();
        if round > 0 {
            // What else there is to say of the document itself is said already.
            found.retain(|problem| problem.severity == Severity::Error);
        }
        let errors = |found: &[Problem]| {
            let errors = found.iter();
            errors
                .filter(|problem| problem.severity == Severity::Error)
                .count()
        };
        let before = errors(&found);
        if before > 0 && round < ROUNDS {
            left_out.extend(mend::mend(root, &targets, &mut found));
        }
        let mended = errors(&found) < before;
        problems.extend(found);
        if !mended {
            return targets;
        }
        round += 1;
    }
}

/// A document as values, brought down to OpenAPI 3.0.
pub(crate) fn tree(source: &Source, problems: &mut Problems) -> Option<Value> {
    let mut root = source::read(source, Origin::Document, problems)?;
    match version(&root, problems)? {
        Version::V3_0 => {}
        Version::V3_1 => down::bring_down(&mut root, problems),
    }
    Some(root)
}

impl Elsewhere {
    /// Keeps what a `$ref` leads to, unless it is among the components.
    fn keep(&mut self, root: &Value, target: &Target, typed: &mut Typed<'_>) {
        let Some(value) = lookup(root, &target.at) else {
            return;
        };
        let mut keep = Keep {
            value,
            target,
            typed,
        };
        keep.kind(&SCHEMA, "schemas", &mut self.schemas, Typed::schema);
        keep.kind(
            &PARAMETER,
            "parameters",
            &mut self.parameters,
            Typed::parameter,
        );
        keep.kind(
            &REQUEST_BODY,
            "requestBodies",
            &mut self.request_bodies,
            Typed::request_body,
        );
        keep.kind(&RESPONSE, "responses", &mut self.responses, Typed::response);
        keep.kind(&HEADER, "headers", &mut self.headers, Typed::header);
        keep.kind(&EXAMPLE, "examples", &mut self.examples, Typed::example);
        keep.kind(
            &SECURITY_SCHEME,
            "securitySchemes",
            &mut self.security_schemes,
            Typed::security_scheme,
        );
        keep.kind(&PATH_ITEM, "", &mut self.path_items, Typed::path_item);
    }
}

struct Keep<'k, 'p> {
    value: &'k Value,
    target: &'k Target,
    typed: &'k mut Typed<'p>,
}

impl<'p> Keep<'_, 'p> {
    fn kind<T>(
        &mut self,
        kind: &Object,
        section: &str,
        places: &mut Places<T>,
        read: impl Fn(&mut Typed<'p>, Map<String, Value>, &At<'_>) -> Option<T>,
    ) {
        let at = &self.target.at;
        let among_components = at.parent() == Some(Pointer::root().key("components").key(section));
        if self.target.kind != kind || among_components || places.contains_key(at) {
            return;
        }
        let item = self
            .typed
            .or_reference(self.value.clone(), &At::Pointer(at), read);
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
fn version(root: &Value, problems: &mut Problems) -> Option<Version> {
    let at = Pointer::root();
    if !root.is_object() {
        let text = "an OpenAPI document is an object, with `openapi`, `info` and `paths`";
        let help = "begin it with its version, as in `openapi: 3.0.3`";
        problems.push(Problem::error(&at, text).help(help));
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
    let problem = match (text("openapi"), text("swagger")) {
        (Some(text), _) if is(&text, "3.0") => return Some(Version::V3_0),
        (Some(text), _) if is(&text, "3.1") => return Some(Version::V3_1),
        (Some(text), _) if is(&text, "3.2") => {
            let text = format!("OpenAPI {text} is read as 3.1, without what only 3.2 has");
            let help = "what is left out for that is told below, each at its place";
            problems.push(Problem::warning(&at.key("openapi"), text).help(help));
            return Some(Version::V3_1);
        }
        (Some(text), _) => {
            let problem = Problem::error(
                &at.key("openapi"),
                format!("OpenAPI {text} is not supported"),
            );
            problem.help("convert the document to OpenAPI 3.0, 3.1 or 3.2")
        }
        (None, Some(text)) => Problem::error(
            &at.key("swagger"),
            format!("Swagger {text} is not supported"),
        )
        .at_key()
        .help("convert the document to OpenAPI 3.0.3, for example with swagger2openapi"),
        // What else is missing is said together with this.
        (None, None) => return Some(Version::V3_0),
    };
    problems.push(problem);
    None
}
