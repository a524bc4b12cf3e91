//! Recovery from a fault by its location: the smallest part that the crate can do without.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::diagnostic::{Recovery, TreeEdit};
use crate::metaschema::openapi::{
    COMPONENTS, DOCUMENT, MEDIA_TYPE, OPERATION, PARAMETER, PATH_ITEM, PATHS, RESPONSES, SCHEMA,
};
use crate::metaschema::{ObjectSpec, ValueKind, default_value};
use crate::pointer::Pointer;
use crate::validate::Target;

/// Description of the locations of a tree.
pub(super) struct Locations<'v> {
    root: &'v Value,
    /// Specs of `$ref` targets that the specification does not describe.
    unspecified: HashMap<&'v Pointer, &'static ObjectSpec>,
}

/// One step of the path to a location.
struct Step<'v> {
    /// Kind of the object or list that contains the value.
    container: ValueKind,
    segment: String,
    at: Pointer,
    kind: ValueKind,
    value: Option<&'v Value>,
}

impl<'v> Locations<'v> {
    pub(super) fn new(root: &'v Value, targets: &'v [(String, Target)]) -> Self {
        let unspecified = targets.iter().filter(|(_, target)| target.unspecified);
        Self {
            root,
            unspecified: unspecified
                .map(|(_, target)| (&target.at, target.spec))
                .collect(),
        }
    }

    /// Removes the innermost part around a location that the crate can do without.
    pub(super) fn recovery(&self, at: &Pointer) -> Option<Recovery> {
        self.steps(at).iter().rev().find_map(without)
    }

    /// Returns the steps from the root to a location.
    fn steps(&self, at: &Pointer) -> Vec<Step<'v>> {
        let mut steps: Vec<Step<'v>> = Vec::new();
        for segment in at.segments() {
            let (container, at, value) = match steps.last() {
                Some(step) => (step.kind, step.at.key(&segment), step.value),
                None => (
                    ValueKind::Object(&DOCUMENT),
                    Pointer::root().key(&segment),
                    Some(self.root),
                ),
            };
            let kind = match self.unspecified.get(&at) {
                Some(spec) => ValueKind::Reference(spec),
                None => container.child(&segment).unwrap_or(ValueKind::Any),
            };
            let value = value.and_then(|value| match value {
                Value::Array(items) => items.get(segment.parse::<usize>().ok()?),
                value => value.get(&segment),
            });
            steps.push(Step {
                container,
                segment,
                at,
                kind,
                value,
            });
        }
        steps
    }
}

/// Removes or replaces the value of a step. Returns `None` if its container needs the value.
fn without(step: &Step<'_>) -> Option<Recovery> {
    let remove = |fallback: &str| recovery(&step.at, TreeEdit::Remove, fallback);
    let empty = |fallback: &str| recovery(&step.at, TreeEdit::Set(json!({})), fallback);
    let recovery = match (step.kind, step.container) {
        _ if step.segment == "$ref" => return None,
        (ValueKind::Reference(spec) | ValueKind::BoolOrReference(spec), _) if *spec == SCHEMA => {
            empty("it is generated as free-form `Json`")
        }
        (ValueKind::Object(spec), _) if *spec == MEDIA_TYPE => {
            empty("its content is read as free-form `Json`")
        }
        (
            _,
            ValueKind::Object(spec) | ValueKind::Reference(spec) | ValueKind::BoolOrReference(spec),
        ) => {
            return without_keyword(spec, step);
        }
        (ValueKind::Reference(spec), ValueKind::List(_))
            if *spec == PARAMETER && is_required(step) =>
        {
            return None;
        }
        (ValueKind::Reference(spec), ValueKind::List(_)) if *spec == PARAMETER => {
            remove("the parameter is left out")
        }
        (_, ValueKind::List(_) | ValueKind::Map(_)) => remove("it is left out"),
        _ => return None,
    };
    Some(recovery)
}

/// True if an operation needs this parameter. A path parameter is not needed: it is declared again as a string.
fn is_required(parameter: &Step<'_>) -> bool {
    let has = |key: &str, value: Value| {
        let actual = parameter.value.and_then(|parameter| parameter.get(key));
        actual == Some(&value)
    };
    has("required", true.into()) && !has("in", "path".into())
}

/// Removes or replaces the value of a keyword.
fn without_keyword(spec: &ObjectSpec, step: &Step<'_>) -> Option<Recovery> {
    let key = step.segment.as_str();
    let remove = |fallback: &str| recovery(&step.at, TreeEdit::Remove, fallback);
    let is_keyword = || spec.keywords.iter().any(|(keyword, _)| *keyword == key);
    let recovery = match (spec, key) {
        (spec, "parameters") if *spec == OPERATION || *spec == PATH_ITEM => return None,
        (spec, "requestBody") if *spec == OPERATION && is_optional(step.value) => {
            remove("no body is sent")
        }
        (spec, "requestBody") if *spec == OPERATION => return None,
        (spec, "paths" | "openapi") if *spec == DOCUMENT => return None,
        (spec, _) if *spec == PATHS => remove("the path is left out"),
        (spec, _) if *spec == RESPONSES => remove("the response is left out"),
        (spec, _) if *spec == COMPONENTS => remove("all of them are left out"),
        _ if spec.required.contains(&key) => {
            let (value, fallback) = default_value(spec, key)?;
            recovery(&step.at, TreeEdit::Set(value), fallback)
        }
        _ if is_keyword()
            && matches!(step.kind, ValueKind::Object(inner) if *inner == OPERATION) =>
        {
            remove("the operation is left out")
        }
        _ => remove(&format!("`{key}` is ignored")),
    };
    Some(recovery)
}

/// True if an operation works without this body.
fn is_optional(body: Option<&Value>) -> bool {
    let body = body.and_then(Value::as_object);
    body.is_some_and(|body| {
        !body.contains_key("$ref") && body.get("required") != Some(&Value::Bool(true))
    })
}

fn recovery(at: &Pointer, edit: TreeEdit, fallback: &str) -> Recovery {
    Recovery {
        edits: vec![(at.clone(), edit)],
        fallback: fallback.to_owned(),
    }
}
