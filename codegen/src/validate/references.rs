//! `$ref`s -> where they lead.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::Value;

use crate::metaschema::openapi::DOCUMENT;
use crate::metaschema::{ObjectSpec, ValueKind};
use crate::pointer::Pointer;
use crate::suggest::nearest_few;
use crate::suggest::or_list;

/// Every `$ref` of a document.
pub(crate) struct References<'v> {
    root: &'v Value,
    /// Places that no longer say what they said.
    left_out: &'v HashSet<Pointer>,
    /// By the text of the `$ref` and the name of the kind that is to be there.
    known: IndexMap<(String, &'static str), Result<Target, Fault>>,
    /// How many lead nowhere.
    faults: usize,
}

/// For so many `$ref`s that lead nowhere it is guessed what they mean: where there are more, something else is wrong.
const MOST_GUESSES: usize = 100;

/// As many `$ref`s in a row, or more, are not followed.
pub(crate) const LONGEST_CHAIN: usize = 100;

/// Where a `$ref` leads.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) at: Pointer,
    pub(crate) kind: &'static ObjectSpec,
    /// Whether the place is one that the specification does not describe, so that nothing there is checked yet.
    pub(crate) uncharted: bool,
}

/// What `$ref`s in a row come to.
enum Chain {
    Ends,
    Circle,
    TooLong,
}

/// Why a `$ref` leads nowhere.
#[derive(Clone)]
pub(crate) struct Fault {
    pub(crate) text: String,
    pub(crate) help: Option<String>,
    /// Where it leads without doubt all the same.
    pub(crate) meant: Option<Pointer>,
}

impl<'v> References<'v> {
    pub(crate) fn new(root: &'v Value, left_out: &'v HashSet<Pointer>) -> Self {
        Self {
            root,
            left_out,
            known: IndexMap::new(),
            faults: 0,
        }
    }

    /// Where a `$ref` leads, and whether this is the first one to lead there.
    pub(crate) fn resolve(
        &mut self,
        text: &str,
        kind: &'static ObjectSpec,
    ) -> (Result<Target, Fault>, bool) {
        let key = (text.to_owned(), kind.name);
        if let Some(known) = self.known.get(&key) {
            return (known.clone(), false);
        }
        let target = self.target(text, kind);
        self.faults += usize::from(target.is_err());
        self.known.insert(key, target.clone());
        (target, true)
    }

    /// The `$ref`s that lead somewhere, and where.
    pub(crate) fn targets(self) -> impl Iterator<Item = (String, Target)> {
        self.known
            .into_iter()
            .filter_map(|((text, _), target)| Some((text, target.ok()?)))
    }

    /// The object at a place, past any `$ref` there.
    pub(crate) fn follow(&self, mut value: &'v Value) -> Option<&'v Value> {
        for _ in 0..LONGEST_CHAIN {
            let Some(Value::String(text)) = value.get("$ref") else {
                return Some(value);
            };
            value = lookup(self.root, &Pointer::parse(text)?)?;
        }
        None
    }

    /// Whether a place no longer says what it said.
    pub(crate) fn is_left_out(&self, at: &Pointer) -> bool {
        self.left_out.contains(at)
    }

    fn target(&self, text: &str, kind: &'static ObjectSpec) -> Result<Target, Fault> {
        if !text.starts_with('#') {
            return Err(self.outside(text, kind));
        }
        let Some(at) = Pointer::parse(text) else {
            return Err(self.anchor(text, kind));
        };
        let value = lookup(self.root, &at).filter(|value| !value.is_null());
        let Some(value) = value else {
            if at.ancestors().any(|at| self.is_left_out(&at)) {
                return Err(Fault {
                    text: format!("`{text}` leads to what is left out"),
                    help: None,
                    meant: None,
                });
            }
            return Err(Fault {
                text: format!("`{text}` leads nowhere"),
                help: self.nearby(&at),
                meant: None,
            });
        };
        let uncharted = match shape(&at) {
            Some(
                ValueKind::Object(found)
                | ValueKind::Reference(found)
                | ValueKind::BoolOrReference(found),
            ) if found == kind => {
                if !value.is_object() {
                    return Err(fault(
                        format!("`{text}` does not lead to {}", kind.name),
                        "correct what stands there",
                    ));
                }
                false
            }
            Some(ValueKind::Any) => true,
            Some(ValueKind::Object(found) | ValueKind::Reference(found)) => {
                let near = self.of_kind(&at.last(), kind);
                let help = if near.is_empty() {
                    format!("name {} here", kind.name)
                } else {
                    format!("did you mean {}?", or_list(&near))
                };
                return Err(fault(
                    format!("`{text}` leads to {}, not to {}", found.name, kind.name),
                    &help,
                ));
            }
            _ => {
                return Err(fault(
                    format!("`{text}` does not lead to {}", kind.name),
                    "correct the pointer",
                ));
            }
        };
        match self.chain(value) {
            Chain::Ends => {}
            Chain::Circle => {
                return Err(fault(
                    format!("`{text}` leads in a circle of `$ref`s"),
                    "write out one of them",
                ));
            }
            Chain::TooLong => {
                return Err(fault(
                    format!("`{text}` leads on through too many `$ref`s"),
                    "write out one of them",
                ));
            }
        }
        Ok(Target {
            at,
            kind,
            uncharted,
        })
    }

    /// What becomes of a `$ref` that leads to this value.
    fn chain(&self, mut value: &'v Value) -> Chain {
        let mut seen = HashSet::new();
        while let Some(Value::String(text)) = value.get("$ref") {
            if !seen.insert(text) {
                return Chain::Circle;
            }
            // One more leads here.
            if seen.len() + 1 >= LONGEST_CHAIN {
                return Chain::TooLong;
            }
            match Pointer::parse(text).and_then(|at| lookup(self.root, &at)) {
                Some(next) => value = next,
                None => return Chain::Ends,
            }
        }
        Chain::Ends
    }

    /// A `$ref` to the name of a schema rather than to its place.
    fn anchor(&self, text: &str, kind: &ObjectSpec) -> Fault {
        let name = text.trim_start_matches('#');
        let what =
            format!("`{text}` asks for the schema whose `$anchor` is `{name}`, and there is none");
        match self.component(name, kind) {
            Some(at) => Fault {
                meant: Some(at.clone()),
                ..fault(what, &format!("write `{at}`"))
            },
            None => fault(
                what,
                "write the place that is meant, as in `#/components/schemas/Name`",
            ),
        }
    }

    /// A `$ref` into another file, or a bare name.
    fn outside(&self, text: &str, kind: &ObjectSpec) -> Fault {
        match self.component(text, kind) {
            Some(at) => Fault {
                meant: Some(at.clone()),
                ..fault(
                    format!("`{text}` is no JSON pointer"),
                    &format!("write `{at}`"),
                )
            },
            None => fault(
                format!("`{text}` leads out of this document"),
                "put all of it into one file first, with a bundler for OpenAPI documents",
            ),
        }
    }

    /// The component of this kind and name.
    fn component(&self, name: &str, kind: &ObjectSpec) -> Option<Pointer> {
        let sections = self
            .root
            .get("components")
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        let mut places = sections
            .filter(|(_, section)| section.get(name).is_some())
            .map(|(section, _)| Pointer::root().key("components").key(section).key(name));
        places.find(|at| matches!(shape(at), Some(ValueKind::Reference(found)) if found == kind))
    }

    /// Components of a kind with a name like this.
    fn of_kind(&self, name: &str, kind: &ObjectSpec) -> Vec<String> {
        if self.faults >= MOST_GUESSES {
            return Vec::new();
        }
        let components = Pointer::root().key("components");
        let sections = self.root.get("components").and_then(Value::as_object);
        let fitting = sections.into_iter().flatten().filter_map(|(key, section)| {
            let at = components.key(key);
            let fits =
                matches!(shape(&at.key(name)), Some(ValueKind::Reference(found)) if found == kind);
            fits.then_some((at, section.as_object()?))
        });
        fitting
            .flat_map(|(at, section)| {
                let near = nearest_few(name, section.keys().map(String::as_str), 3);
                let places = near.into_iter().map(|key| at.key(key).to_string());
                places.collect::<Vec<_>>()
            })
            .collect()
    }

    /// What the last thing on the way to a place has instead.
    fn nearby(&self, at: &Pointer) -> Option<String> {
        if self.faults >= MOST_GUESSES {
            return None;
        }
        let parent = at.parent()?;
        let Some(around) = lookup(self.root, &parent) else {
            return Some(format!(
                "there is no `{parent}`; add it, or correct the pointer"
            ));
        };
        let keys = around
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, _)| key.as_str());
        let last = at.last();
        let near: Vec<String> = nearest_few(&last, keys, 3)
            .iter()
            .map(|key| parent.key(key).to_string())
            .collect();
        Some(if near.is_empty() {
            "describe it there, or correct the pointer".to_owned()
        } else {
            format!("did you mean {}?", or_list(&near))
        })
    }
}

fn fault(text: String, help: &str) -> Fault {
    Fault {
        text,
        help: Some(help.to_owned()),
        meant: None,
    }
}

/// The value at a place.
pub(crate) fn lookup<'v>(root: &'v Value, at: &Pointer) -> Option<&'v Value> {
    at.segments().try_fold(root, |value, segment| match value {
        Value::Object(object) => object.get(&segment),
        Value::Array(items) => items.get(segment.parse::<usize>().ok()?),
        _ => None,
    })
}

/// What the specification says may stand at a place.
fn shape(at: &Pointer) -> Option<ValueKind> {
    at.segments()
        .try_fold(ValueKind::Object(&DOCUMENT), |shape, segment| {
            shape.child(&segment)
        })
}
