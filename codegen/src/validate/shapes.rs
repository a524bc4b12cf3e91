//! A tree of values against a grammar: what is missing, what is not known, and what has the wrong type.

use serde_json::{Map, Value, json};

use super::{coerce, hints};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, Severity, TreeEdit};
use crate::metaschema::{ObjectSpec, ValueKind};
use crate::pointer::Location;
use crate::suggest::nearest;

/// What else there is to check, called for every object and reference with the right shape around it.
pub(crate) trait Visitor {
    fn object(
        &mut self,
        kind: &'static ObjectSpec,
        object: &Map<String, Value>,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    );
    fn reference(
        &mut self,
        text: &str,
        kind: &'static ObjectSpec,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    );
}

/// Checks that a value is such an object, and all inside of it.
pub(crate) struct Shapes<'a, V> {
    pub(crate) origin: Origin,
    /// How bad a key is that nobody knows.
    pub(crate) unknown: Severity,
    pub(crate) visitor: V,
    pub(crate) diagnostics: &'a mut Diagnostics,
}

impl<V: Visitor> Shapes<'_, V> {
    pub(crate) fn value(&mut self, value: &Value, shape: ValueKind, at: &Location<'_>) {
        match (shape, value) {
            (ValueKind::Any, _)
            | (ValueKind::String, Value::String(_))
            | (ValueKind::Bool | ValueKind::BoolOrReference(_), Value::Bool(_))
            | (ValueKind::Number, Value::Number(_)) => {}
            (ValueKind::UInt, Value::Number(number)) if number.is_u64() => {}
            (ValueKind::Int, Value::Number(number)) if number.is_i64() => {}
            (ValueKind::Object(_) | ValueKind::Map(_), Value::Object(object))
                if misplaced(shape, object) =>
            {
                let text = format!("no `$ref` may stand in place of {}", shape.name());
                self.push(
                    Diagnostic::error("misplaced-reference", &at.key("$ref").pointer(), text)
                        .at_key()
                        .help("write the object out here"),
                );
            }
            (ValueKind::OneOf(words), Value::String(word)) => self.word(word, words, at),
            (ValueKind::List(inner), Value::Array(items)) => {
                for (i, item) in items.iter().enumerate() {
                    match (item, inner) {
                        (Value::Null, ValueKind::Reference(_)) => self.null(&at.index(i)),
                        _ => self.value(item, *inner, &at.index(i)),
                    }
                }
            }
            (ValueKind::Map(inner), Value::Object(entries)) => {
                for (key, value) in entries {
                    self.value(value, *inner, &at.key(key));
                }
            }
            (ValueKind::Object(kind), Value::Object(object)) => self.object(kind, object, at),
            (
                ValueKind::Reference(kind) | ValueKind::BoolOrReference(kind),
                Value::Object(object),
            ) => match object.get("$ref") {
                Some(Value::String(text)) => self.reference(text, kind, object, at),
                Some(other) => self.wrong(other, ValueKind::String, &at.key("$ref")),
                None => self.object(kind, object, at),
            },
            _ => self.wrong(value, shape, at),
        }
    }

    fn object(
        &mut self,
        kind: &'static ObjectSpec,
        object: &Map<String, Value>,
        at: &Location<'_>,
    ) {
        for (key, value) in object {
            match kind.value_kind(key) {
                Some(ValueKind::Any) => {}
                Some(_) if value.is_null() => self.null(&at.key(key)),
                Some(shape) => self.value(value, shape, &at.key(key)),
                None => self.unknown(kind, key, object, at),
            }
        }
        for keyword in kind.required {
            if object.get(*keyword).is_none_or(Value::is_null) {
                let text = format!("{} needs `{keyword}`", kind.name);
                let diagnostic = Diagnostic::error("missing-keyword", &at.pointer(), text).at_key();
                let diagnostic = match coerce::substitute(kind, keyword) {
                    Some((value, fallback)) => {
                        let edit = (at.key(keyword).pointer(), TreeEdit::Set(value));
                        diagnostic.fallback([edit], fallback)
                    }
                    None => diagnostic,
                };
                self.push(diagnostic.help(hints::missing(kind, keyword)));
            }
        }
        self.visitor.object(kind, object, at, self.diagnostics);
    }

    fn reference(
        &mut self,
        text: &str,
        kind: &'static ObjectSpec,
        object: &Map<String, Value>,
        at: &Location<'_>,
    ) {
        let siblings = object
            .keys()
            .filter(|key| *key != "$ref" && !key.starts_with("x-"));
        let meant = coerce::or_null_beside(kind, object);
        let sibling = match &meant {
            Some(_) => Some("nullable"),
            None => siblings.map(String::as_str).next(),
        };
        if let Some(sibling) = sibling {
            let text = format!("`{sibling}` beside a `$ref` has no effect");
            let mut diagnostic =
                Diagnostic::warning("reference-sibling", &at.key(sibling).pointer(), text).at_key();
            if let Some(meant) = meant {
                diagnostic.severity = Severity::Error;
                let edit = (at.pointer(), TreeEdit::Set(meant));
                diagnostic = diagnostic.fallback([edit], "null is taken all the same");
            }
            self.push(diagnostic.help(hints::sibling(kind, sibling)));
        }
        self.visitor
            .reference(text, kind, &at.key("$ref"), self.diagnostics);
    }

    fn null(&mut self, at: &Location<'_>) {
        let text = format!("{} has no value and counts as absent", hints::subject(at));
        self.push(
            Diagnostic::warning("missing-value", &at.pointer(), text)
                .help("give it a value, or remove it"),
        );
    }

    fn word(&mut self, word: &str, words: &'static [&'static str], at: &Location<'_>) {
        if words.contains(&word) {
            return;
        }
        let text = format!(
            "{} must be {}, not `{word}`",
            hints::subject(at),
            ValueKind::OneOf(words).name()
        );
        let meant =
            nearest(word, words.iter().copied()).map(|meant| format!("did you mean `{meant}`?"));
        let diagnostic = Diagnostic::error("invalid-value", &at.pointer(), text);
        let diagnostic = match (coerce::word(word, words), at) {
            (Some(meant), _) => taken_for(diagnostic, at, meant),
            (None, Location::Key(schema, "type"))
                if word == "null" && words.contains(&"string") =>
            {
                let edits = [
                    (at.pointer(), TreeEdit::Remove),
                    (schema.key("nullable").pointer(), TreeEdit::Set(true.into())),
                    (schema.key("enum").pointer(), TreeEdit::Set(json!([null]))),
                ];
                diagnostic.fallback(edits, "it is taken for null alone")
            }
            (None, Location::Key(schema, "type"))
                if word == "file" && words.contains(&"string") =>
            {
                let format = (
                    schema.key("format").pointer(),
                    TreeEdit::Set("binary".into()),
                );
                let kind = (at.pointer(), TreeEdit::Set("string".into()));
                diagnostic.fallback([kind, format], "it is taken for bytes")
            }
            _ => diagnostic,
        };
        self.push_with(diagnostic, hints::word(word).or(meant));
    }

    fn wrong(&mut self, value: &Value, shape: ValueKind, at: &Location<'_>) {
        let text = format!(
            "{} must be {}, not {}",
            hints::subject(at),
            shape.name(),
            hints::found(value)
        );
        let diagnostic = Diagnostic::error("wrong-type", &at.pointer(), text);
        let diagnostic = match (at, coerce::value(value, shape), coerce::or_null(value)) {
            (_, Some(meant), _) => taken_for(diagnostic, at, meant),
            (Location::Key(schema, "type"), _, Some(kind)) => {
                let fallback = format!("it is taken for `{kind}` or null");
                let nullable = (schema.key("nullable").pointer(), TreeEdit::Set(true.into()));
                diagnostic.fallback(
                    [(at.pointer(), TreeEdit::Set(kind.into())), nullable],
                    fallback,
                )
            }
            _ => diagnostic,
        };
        self.push_with(diagnostic, hints::wrong(value, shape, at));
    }

    fn unknown(
        &mut self,
        kind: &'static ObjectSpec,
        key: &str,
        object: &Map<String, Value>,
        at: &Location<'_>,
    ) {
        let text = format!("unknown keyword `{key}` in {}", kind.name);
        let place = at.key(key).pointer();
        let mut diagnostic = Diagnostic::error("unknown-keyword", &place, text).at_key();
        match (coerce::keyword(kind, key, object), self.unknown) {
            (Some((known, value)), _) => {
                let edits = [
                    (place, TreeEdit::Remove),
                    (at.key(known).pointer(), TreeEdit::Set(value)),
                ];
                diagnostic =
                    diagnostic.fallback(edits, format!("it is taken for an `{known}` of one"));
            }
            (None, Severity::Warning) => {
                diagnostic.severity = Severity::Warning;
                diagnostic.text += "; it is ignored";
            }
            (None, Severity::Error) => {}
        }
        let absent = kind
            .keywords
            .iter()
            .map(|(keyword, _)| *keyword)
            .filter(|keyword| !object.contains_key(*keyword));
        let meant = nearest(key, absent).map(|meant| format!("did you mean `{meant}`?"));
        let meant = meant.or_else(|| hints::unknown(kind, key, object));
        self.push_with(diagnostic, meant);
    }

    fn push_with(&mut self, diagnostic: Diagnostic, help: Option<String>) {
        self.push(match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    }

    fn push(&mut self, mut diagnostic: Diagnostic) {
        diagnostic.origin = self.origin;
        self.diagnostics.push(diagnostic);
    }
}

/// The problem of a value that leaves no doubt what is meant, which is put in its place.
pub(super) fn taken_for(diagnostic: Diagnostic, at: &Location<'_>, meant: Value) -> Diagnostic {
    let fallback = match &meant {
        Value::String(text) => format!("it is taken for `{text}`"),
        Value::Object(_) => "it is taken for a `$ref`".to_owned(),
        Value::Array(_) => "it is taken for the only item of one".to_owned(),
        other => format!("it is taken for `{other}`"),
    };
    diagnostic.fallback([(at.pointer(), TreeEdit::Set(meant))], fallback)
}

/// Whether an object is a `$ref` that is not looked for here.
fn misplaced(shape: ValueKind, object: &Map<String, Value>) -> bool {
    let free = matches!(shape, ValueKind::Map(ValueKind::Any | ValueKind::String));
    !free && object.get("$ref").is_some_and(Value::is_string)
}
