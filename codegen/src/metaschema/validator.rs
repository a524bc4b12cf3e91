//! Validation of a tree of values against a spec: missing keywords, unknown keywords, and values of the wrong type.

use serde_json::{Map, Value, json};

use super::coerce::{self, coerced};
use super::defaults::default_value;
use super::hints::{self, describe, subject};
use super::spec::{ObjectSpec, ValueKind};
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, Severity, TreeEdit};
use crate::pointer::Location;
use crate::suggest::nearest;

/// Further checks, which a spec cannot express. They run for every object and `$ref`.
pub(crate) trait Visitor {
    fn object(
        &mut self,
        spec: &'static ObjectSpec,
        object: &Map<String, Value>,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    );
    fn reference(
        &mut self,
        text: &str,
        spec: &'static ObjectSpec,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    );
}

/// Validates a value and everything inside it.
pub(crate) struct TreeValidator<'a, V> {
    pub(crate) origin: Origin,
    /// Severity of unknown keywords.
    pub(crate) unknown_keyword: Severity,
    pub(crate) visitor: V,
    pub(crate) diagnostics: &'a mut Diagnostics,
}

impl<V: Visitor> TreeValidator<'_, V> {
    pub(crate) fn value(&mut self, value: &Value, kind: ValueKind, at: &Location<'_>) {
        match (kind, value) {
            (ValueKind::Any, _)
            | (ValueKind::String, Value::String(_))
            | (ValueKind::Bool | ValueKind::BoolOrReference(_), Value::Bool(_))
            | (ValueKind::Number, Value::Number(_)) => {}
            (ValueKind::UInt, Value::Number(number)) if number.is_u64() => {}
            (ValueKind::Int, Value::Number(number)) if number.is_i64() => {}
            (ValueKind::Object(_) | ValueKind::Map(_), Value::Object(object))
                if is_misplaced_reference(kind, object) =>
            {
                self.misplaced_reference(kind, at);
            }
            (ValueKind::OneOf(allowed), Value::String(text)) => self.one_of(text, allowed, at),
            (ValueKind::List(inner), Value::Array(items)) => self.list(*inner, items, at),
            (ValueKind::Map(inner), Value::Object(entries)) => {
                for (key, value) in entries {
                    self.value(value, *inner, &at.key(key));
                }
            }
            (ValueKind::Object(spec), Value::Object(object)) => self.object(spec, object, at),
            (
                ValueKind::Reference(spec) | ValueKind::BoolOrReference(spec),
                Value::Object(object),
            ) => self.object_or_reference(spec, object, at),
            _ => self.wrong_type(value, kind, at),
        }
    }

    fn list(&mut self, inner: ValueKind, items: &[Value], at: &Location<'_>) {
        for (i, item) in items.iter().enumerate() {
            match (item, inner) {
                (Value::Null, ValueKind::Reference(_)) => self.null(&at.index(i)),
                _ => self.value(item, inner, &at.index(i)),
            }
        }
    }

    fn object(
        &mut self,
        spec: &'static ObjectSpec,
        object: &Map<String, Value>,
        at: &Location<'_>,
    ) {
        for (key, value) in object {
            match spec.value_kind(key) {
                Some(ValueKind::Any) => {}
                Some(_) if value.is_null() => self.null(&at.key(key)),
                Some(kind) => self.value(value, kind, &at.key(key)),
                None => self.unknown_keyword(spec, key, object, at),
            }
        }
        for keyword in spec.required {
            if object.get(*keyword).is_none_or(Value::is_null) {
                self.missing_keyword(spec, keyword, at);
            }
        }
        self.visitor.object(spec, object, at, self.diagnostics);
    }

    fn object_or_reference(
        &mut self,
        spec: &'static ObjectSpec,
        object: &Map<String, Value>,
        at: &Location<'_>,
    ) {
        match object.get("$ref") {
            Some(Value::String(text)) => self.reference(text, spec, object, at),
            Some(other) => self.wrong_type(other, ValueKind::String, &at.key("$ref")),
            None => self.object(spec, object, at),
        }
    }

    fn reference(
        &mut self,
        text: &str,
        spec: &'static ObjectSpec,
        object: &Map<String, Value>,
        at: &Location<'_>,
    ) {
        let is_sibling = |key: &&String| *key != "$ref" && !key.starts_with("x-");
        if let Some(nullable) = coerce::nullable_reference(spec, object) {
            let text = "`nullable` next to a `$ref` has no effect";
            let edit = (at.pointer(), TreeEdit::Set(nullable));
            let target = at.key("nullable").pointer();
            let diagnostic = Diagnostic::error("nullable-next-to-reference", &target, text)
                .at_key()
                .fallback([edit], "null is allowed anyway");
            self.push(diagnostic.help(hints::reference_sibling(spec, "nullable")));
        } else if let Some(sibling) = object.keys().find(is_sibling) {
            let text = format!("`{sibling}` next to a `$ref` has no effect");
            let target = at.key(sibling).pointer();
            let diagnostic = Diagnostic::warning("reference-sibling", &target, text).at_key();
            self.push(diagnostic.help(hints::reference_sibling(spec, sibling)));
        }
        self.visitor
            .reference(text, spec, &at.key("$ref"), self.diagnostics);
    }

    fn misplaced_reference(&mut self, kind: ValueKind, at: &Location<'_>) {
        let text = format!("`$ref` is not allowed in place of {}", kind.name());
        let at = at.key("$ref").pointer();
        let diagnostic = Diagnostic::error("misplaced-reference", &at, text).at_key();
        self.push(diagnostic.help("write the object itself"));
    }

    fn null(&mut self, at: &Location<'_>) {
        let text = format!("{} has no value and counts as absent", subject(at));
        let diagnostic = Diagnostic::warning("missing-value", &at.pointer(), text);
        self.push(diagnostic.help("add a value, or remove it"));
    }

    fn missing_keyword(&mut self, spec: &'static ObjectSpec, keyword: &str, at: &Location<'_>) {
        let text = format!("{} needs `{keyword}`", spec.name);
        let diagnostic = Diagnostic::error("missing-keyword", &at.pointer(), text).at_key();
        let diagnostic = match default_value(spec, keyword) {
            Some((value, fallback)) => {
                let edit = (at.key(keyword).pointer(), TreeEdit::Set(value));
                diagnostic.fallback([edit], fallback)
            }
            None => diagnostic,
        };
        self.push(diagnostic.help(hints::missing_keyword(spec, keyword)));
    }

    fn unknown_keyword(
        &mut self,
        spec: &'static ObjectSpec,
        key: &str,
        object: &Map<String, Value>,
        at: &Location<'_>,
    ) {
        let text = format!("unknown keyword `{key}` in {}", spec.name);
        let target = at.key(key).pointer();
        let mut diagnostic = Diagnostic::error("unknown-keyword", &target, text).at_key();
        match (coerce::keyword(spec, key, object), self.unknown_keyword) {
            (Some((known, value)), _) => {
                let edits = [
                    (target, TreeEdit::Remove),
                    (at.key(known).pointer(), TreeEdit::Set(value)),
                ];
                let fallback = format!("it is read as an `{known}` with one value");
                diagnostic = diagnostic.fallback(edits, fallback);
            }
            (None, Severity::Warning) => {
                diagnostic.severity = Severity::Warning;
                diagnostic.text += "; it is ignored";
            }
            (None, Severity::Error) => {}
        }
        let keywords = spec.keywords.iter().map(|(keyword, _)| *keyword);
        let absent = keywords.filter(|keyword| !object.contains_key(*keyword));
        let suggestion = nearest(key, absent).map(|nearest| format!("did you mean `{nearest}`?"));
        let help = suggestion.or_else(|| hints::unknown_keyword(spec, key, object));
        self.push(diagnostic.maybe_help(help));
    }

    fn wrong_type(&mut self, value: &Value, kind: ValueKind, at: &Location<'_>) {
        let text = format!(
            "{} must be {}, not {}",
            subject(at),
            kind.name(),
            describe(value)
        );
        let help = hints::wrong_type(value, kind, at);
        let replacement = coerce::value(value, kind);
        let code = match (&replacement, kind) {
            (Some(_), _) => "coerced-type",
            (None, ValueKind::OneOf(_)) => "invalid-value",
            (None, ValueKind::List(_)) => "not-a-list",
            (None, ValueKind::Map(_) | ValueKind::Object(_) | ValueKind::Reference(_)) => {
                "not-an-object"
            }
            (None, _) => "wrong-type",
        };
        let diagnostic = Diagnostic::error(code, &at.pointer(), text);
        let diagnostic = match (replacement, at, coerce::nullable_type(value)) {
            (Some(replacement), ..) => coerced(diagnostic, at, replacement),
            (None, Location::Key(schema, "type"), Some(name)) => {
                let edits = [
                    (at.pointer(), TreeEdit::Set(name.into())),
                    (schema.key("nullable").pointer(), TreeEdit::Set(true.into())),
                ];
                diagnostic.fallback(edits, format!("it is read as `{name}` or null"))
            }
            _ => diagnostic,
        };
        self.push(diagnostic.maybe_help(help));
    }

    fn one_of(&mut self, value: &str, allowed: &'static [&'static str], at: &Location<'_>) {
        if allowed.contains(&value) {
            return;
        }
        let (subject, expected) = (subject(at), ValueKind::OneOf(allowed).name());
        let text = format!("{subject} must be {expected}, not `{value}`");
        let replacement = coerce::allowed_value(value, allowed);
        let code = match (&replacement, value) {
            (Some(_), _) => "coerced-value",
            (None, "null") => "null-type",
            (None, "file") => "file-type",
            (None, _) => "invalid-value",
        };
        let diagnostic = Diagnostic::error(code, &at.pointer(), text);
        let diagnostic = match (replacement, at) {
            (Some(replacement), _) => coerced(diagnostic, at, replacement),
            (None, Location::Key(schema, "type")) if allowed.contains(&"string") => {
                schema_type(diagnostic, value, schema, at)
            }
            _ => diagnostic,
        };
        let suggestion = nearest(value, allowed.iter().copied());
        let suggestion = suggestion.map(|nearest| format!("did you mean `{nearest}`?"));
        let help = hints::invalid_value(value).or(suggestion);
        self.push(diagnostic.maybe_help(help));
    }

    fn push(&mut self, mut diagnostic: Diagnostic) {
        diagnostic.origin = self.origin;
        self.diagnostics.push(diagnostic);
    }
}

/// Adds the replacement of a schema type that other versions of OpenAPI allow.
fn schema_type(
    diagnostic: Diagnostic,
    name: &str,
    schema: &Location<'_>,
    at: &Location<'_>,
) -> Diagnostic {
    let set = |key: &str, value: Value| (schema.key(key).pointer(), TreeEdit::Set(value));
    match name {
        "null" => {
            let edits = [
                (at.pointer(), TreeEdit::Remove),
                set("nullable", true.into()),
                set("enum", json!([null])),
            ];
            diagnostic.fallback(edits, "only null is allowed")
        }
        "file" => {
            let edits = [set("type", "string".into()), set("format", "binary".into())];
            diagnostic.fallback(edits, "it is read as binary content")
        }
        _ => diagnostic,
    }
}

/// True if an object is a `$ref` where none is allowed.
fn is_misplaced_reference(kind: ValueKind, object: &Map<String, Value>) -> bool {
    let is_free = matches!(kind, ValueKind::Map(ValueKind::Any | ValueKind::String));
    !is_free && object.get("$ref").is_some_and(Value::is_string)
}
