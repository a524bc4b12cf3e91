//! Faults of a document -> a tree without them. Each costs the smallest thing around it that the crate can do without:
//! a keyword, a response, at most an operation or a path; what is emitted instead, the fault then says itself.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Recovery, Severity, TreeEdit};
use crate::metaschema::openapi::{
    COMPONENTS, DOCUMENT, MEDIA_TYPE, OPERATION, PARAMETER, PATH_ITEM, PATHS, RESPONSES, SCHEMA,
};
use crate::metaschema::{ObjectSpec, ValueKind};
use crate::pointer::Pointer;
use crate::validate::coerce::substitute;
use crate::validate::references::{Target, lookup};

/// Mends what it can: those faults become warnings. Returns the places that no longer say what they said.
pub(super) fn recover(
    root: &mut Value,
    targets: &[(String, Target)],
    diagnostics: &mut [Diagnostic],
) -> HashSet<Pointer> {
    let places = Places::new(root, targets);
    let mut edits = Vec::new();
    for diagnostic in diagnostics
        .iter_mut()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
    {
        let recovery = diagnostic.recovery.take().map(|recovery| *recovery);
        if let Some(recovery) = recovery.or_else(|| places.recovery(&diagnostic.at)) {
            diagnostic.severity = Severity::Warning;
            diagnostic.text = format!("{}; {}", diagnostic.text, recovery.fallback);
            edits.extend(recovery.edits);
        }
    }
    let changed = edits
        .iter()
        .filter(|(_, edit)| !matches!(edit, TreeEdit::Append(_)))
        .map(|(at, _)| at.clone())
        .collect();
    apply(root, edits);
    changed
}

/// What stands where, to find out what a fault costs.
struct Places<'v> {
    root: &'v Value,
    /// What `$ref`s make of places that the specification does not describe.
    uncharted: HashMap<&'v Pointer, &'static ObjectSpec>,
}

/// A step on the way to a place.
struct Step<'v> {
    /// What is around it.
    container: ValueKind,
    segment: String,
    at: Pointer,
    shape: ValueKind,
    value: Option<&'v Value>,
}

impl<'v> Places<'v> {
    fn new(root: &'v Value, targets: &'v [(String, Target)]) -> Self {
        let uncharted = targets.iter().filter(|(_, target)| target.uncharted);
        Self {
            root,
            uncharted: uncharted
                .map(|(_, target)| (&target.at, target.kind))
                .collect(),
        }
    }

    fn recovery(&self, at: &Pointer) -> Option<Recovery> {
        self.steps(at).iter().rev().find_map(cost)
    }

    /// The way from the root to a place.
    fn steps(&self, at: &Pointer) -> Vec<Step<'v>> {
        let mut steps: Vec<Step<'v>> = Vec::new();
        for segment in at.segments() {
            let (container, at, value) = match steps.last() {
                Some(step) => (step.shape, step.at.key(&segment), step.value),
                None => (
                    ValueKind::Object(&DOCUMENT),
                    Pointer::root().key(&segment),
                    Some(self.root),
                ),
            };
            let shape = match self.uncharted.get(&at) {
                Some(kind) => ValueKind::Reference(kind),
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
                shape,
                value,
            });
        }
        steps
    }
}

/// What it takes to do without the thing at the end of this step; none when what is around it cannot.
fn cost(step: &Step<'_>) -> Option<Recovery> {
    let remove = |fallback: &str| mended(&step.at, TreeEdit::Remove, fallback);
    let empty = |fallback: &str| mended(&step.at, TreeEdit::Set(json!({})), fallback);
    let recovery = match (step.shape, step.container) {
        _ if step.segment == "$ref" => return None,
        (ValueKind::Reference(kind) | ValueKind::BoolOrReference(kind), _) if *kind == SCHEMA => {
            empty("it is emitted as free-form `Json`")
        }
        (ValueKind::Object(kind), _) if *kind == MEDIA_TYPE => {
            empty("its content is taken for free-form `Json`")
        }
        (
            _,
            ValueKind::Object(kind) | ValueKind::Reference(kind) | ValueKind::BoolOrReference(kind),
        ) => {
            return keyword(kind, step);
        }
        (ValueKind::Reference(kind), ValueKind::List(_))
            if *kind == PARAMETER && is_needed(step) =>
        {
            return None;
        }
        (ValueKind::Reference(kind), ValueKind::List(_)) if *kind == PARAMETER => {
            remove("the parameter is left out")
        }
        (_, ValueKind::List(_) | ValueKind::Map(_)) => remove("it is left out"),
        _ => return None,
    };
    Some(recovery)
}

/// Whether an operation is of no use without a parameter. One of the path is declared again, as a string.
fn is_needed(parameter: &Step<'_>) -> bool {
    let says = |key: &str, value: Value| {
        let said = parameter.value.and_then(|it| it.get(key));
        said == Some(&value)
    };
    says("required", true.into()) && !says("in", "path".into())
}

/// The same for what stands at a key of such an object.
fn keyword(kind: &ObjectSpec, step: &Step<'_>) -> Option<Recovery> {
    let key = step.segment.as_str();
    let remove = |fallback: &str| mended(&step.at, TreeEdit::Remove, fallback);
    let is_keyword = || kind.keywords.iter().any(|(word, _)| *word == key);
    let recovery = match (kind, key) {
        (kind, "parameters") if *kind == OPERATION || *kind == PATH_ITEM => return None,
        (kind, "requestBody") if *kind == OPERATION && is_optional(step.value) => {
            remove("no body is sent")
        }
        (kind, "requestBody") if *kind == OPERATION => return None,
        (kind, "paths" | "openapi") if *kind == DOCUMENT => return None,
        (kind, _) if *kind == PATHS => remove("the path is left out"),
        (kind, _) if *kind == RESPONSES => remove("the response is left out"),
        (kind, _) if *kind == COMPONENTS => remove("all of them are left out"),
        _ if kind.required.contains(&key) => {
            let (value, fallback) = substitute(kind, key)?;
            mended(&step.at, TreeEdit::Set(value), fallback)
        }
        _ if is_keyword()
            && matches!(step.shape, ValueKind::Object(inner) if *inner == OPERATION) =>
        {
            remove("the operation is left out")
        }
        _ => remove(&format!("`{key}` is ignored")),
    };
    Some(recovery)
}

/// Whether a body is there that an operation can do without.
fn is_optional(body: Option<&Value>) -> bool {
    let body = body.and_then(Value::as_object);
    body.is_some_and(|body| {
        !body.contains_key("$ref") && body.get("required") != Some(&Value::Bool(true))
    })
}

fn mended(at: &Pointer, edit: TreeEdit, fallback: &str) -> Recovery {
    Recovery {
        edits: vec![(at.clone(), edit)],
        fallback: fallback.to_owned(),
    }
}

/// Makes changes, the innermost first: so none moves the place of another.
fn apply(root: &mut Value, mut edits: Vec<(Pointer, TreeEdit)>) {
    edits.sort_by_cached_key(|(at, _)| std::cmp::Reverse(at.segments().count()));
    let mut gone: HashMap<Pointer, HashSet<String>> = HashMap::new();
    let mut depth = usize::MAX;
    for (at, edit) in edits {
        let level = at.segments().count();
        if level < depth {
            depth = level;
            remove(root, &mut gone);
        }
        match edit {
            TreeEdit::Remove => {
                let parent = at.parent().unwrap_or_default();
                gone.entry(parent).or_default().insert(at.last());
            }
            TreeEdit::Set(value) => set(root, &at, value),
            TreeEdit::Append(value) => {
                if lookup(root, &at).is_none_or(|list| !list.is_array()) {
                    set(root, &at, json!([]));
                }
                if let Some(Value::Array(list)) = place(root, &at) {
                    list.push(value);
                }
            }
        }
    }
    remove(root, &mut gone);
}

/// Takes entries out of their objects and lists, each of which is gone through once.
fn remove(root: &mut Value, gone: &mut HashMap<Pointer, HashSet<String>>) {
    for (parent, keys) in gone.drain() {
        // Lists of parameters keep their places, so that what is said of the others later is said of the right line.
        let keeps_places = parent.last() == "parameters";
        match place(root, &parent) {
            Some(Value::Object(object)) => object.retain(|key, _| !keys.contains(key)),
            Some(Value::Array(items)) if keeps_places => {
                for (i, item) in items.iter_mut().enumerate() {
                    if keys.contains(&i.to_string()) {
                        *item = Value::Null;
                    }
                }
            }
            Some(Value::Array(items)) => {
                let mut index = 0;
                items.retain(|_| {
                    index += 1;
                    !keys.contains(&(index - 1).to_string())
                });
            }
            _ => {}
        }
    }
}

fn set(root: &mut Value, at: &Pointer, value: Value) {
    let Some(parent) = at.parent() else {
        return;
    };
    let key = at.last();
    match place(root, &parent) {
        Some(Value::Object(object)) => {
            object.insert(key, value);
        }
        Some(Value::Array(items)) => {
            let index = key.parse().ok();
            if let Some(item) = index.and_then(|index: usize| items.get_mut(index)) {
                *item = value;
            }
        }
        _ => {}
    }
}

/// The value at a place, to be changed.
fn place<'v>(root: &'v mut Value, at: &Pointer) -> Option<&'v mut Value> {
    at.segments().try_fold(root, |value, segment| match value {
        Value::Object(object) => object.get_mut(&segment),
        Value::Array(items) => items.get_mut(segment.parse::<usize>().ok()?),
        _ => None,
    })
}
