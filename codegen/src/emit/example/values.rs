//! Writes Rust expressions for values of a type, from the examples of the document.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::emit::argument::{self, Kind};
use crate::emit::code::{grouped, unprefixed};
use crate::emit::index::Index;
use crate::ir::{Api, Argument, Body, Check, Field, ModelId, Rule, Shape, Type};

/// Maximum number of characters of a string.
const LONGEST: usize = 64;
/// Maximum depth of structs inside structs.
const DEEPEST: usize = 2;

/// Writes expressions, and collects the types and parameters that they use.
pub(super) struct Examples<'a> {
    pub(super) index: &'a Index<'a>,
    /// Types of the crate that the expressions name.
    pub(super) types: BTreeSet<&'a str>,
    /// Values that are too large for an expression. They become parameters of the example.
    pub(super) given: Vec<(&'a str, &'a Type)>,
}

impl<'a> Examples<'a> {
    pub(super) fn new(index: &'a Index<'a>) -> Self {
        Self {
            index,
            types: BTreeSet::new(),
            given: Vec::new(),
        }
    }

    /// Writes the value of an argument of an operation with this body.
    pub(super) fn argument(&mut self, argument: &'a Argument, body: &Body) -> String {
        let ty = match argument::kind(argument, body) {
            Kind::Upload => &Type::Bytes,
            _ => argument::ty(argument),
        };
        let subject = Subject {
            name: unprefixed(&argument.name),
            ty,
            example: argument.example.as_ref(),
            checks: &argument.checks,
        };
        let types = self.types.clone();
        if let Some(text) = self.value(subject, Form::Argument, 0) {
            return text;
        }
        self.types = types;
        let name = if subject.name == "client" {
            "given"
        } else {
            subject.name
        };
        self.given.push((name, subject.ty));
        name.to_owned()
    }

    fn value(&mut self, subject: Subject<'a>, form: Form, depth: usize) -> Option<String> {
        let Subject {
            name,
            ty,
            example,
            checks,
        } = subject;
        let inner = |ty, example| Subject {
            name,
            ty,
            example,
            checks: &[],
        };
        let text = match ty {
            Type::String | Type::Bytes => {
                let text = string(example.and_then(Value::as_str).unwrap_or(name));
                if form == Form::Exact {
                    format!("{text}.to_owned()")
                } else {
                    text
                }
            }
            Type::Bool => example.and_then(Value::as_bool).unwrap_or(true).to_string(),
            Type::Int => integer(example, checks),
            Type::UInt => match example.and_then(Value::as_u64) {
                Some(number) => grouped(number),
                None => integer(None, checks),
            },
            Type::Float => format!("{:?}", example.and_then(Value::as_f64).unwrap_or(1.0)),
            Type::Json if form == Form::Argument => {
                format!(
                    "serde_json::json!({})",
                    example.map_or_else(|| string(name), json)
                )
            }
            Type::List(item) => {
                let first = example.and_then(|list| list.get(0));
                let text = self.value(inner(item, first), form.of_item(item), depth)?;
                if form == Form::Exact {
                    format!("vec![{text}]")
                } else {
                    format!("[{text}]")
                }
            }
            Type::Map(value) if form == Form::Argument => {
                let first = example
                    .and_then(Value::as_object)
                    .and_then(|map| map.iter().next());
                let key = string(first.map_or("key", |(key, _)| key));
                let value = self.value(
                    inner(value, first.map(|(_, value)| value)),
                    Form::Exact,
                    depth,
                )?;
                format!("[({key}, {value})]")
            }
            // The parameter also accepts the value itself.
            Type::Option(some) if form == Form::Argument => {
                let form = form.of_item(some);
                return self.value(inner(some, example), form, depth);
            }
            Type::Option(some) => format!(
                "Some({})",
                self.value(inner(some, example), Form::Exact, depth)?
            ),
            Type::Model(id) => return self.model(*id, example, depth),
            Type::Json | Type::Map(_) | Type::Boxed(_) => return None,
        };
        Some(text)
    }

    fn model(&mut self, id: ModelId, example: Option<&'a Value>, depth: usize) -> Option<String> {
        let model = self.index.analysis.model(id)?;
        let name = self.index.api.model_name(id);
        let text = match &model.shape {
            Shape::Enum(variants) => {
                let asked = example.and_then(Value::as_str);
                let variant = variants
                    .iter()
                    .find(|variant| Some(variant.wire_name.as_str()) == asked);
                format!("{name}::{}", variant.or(variants.first())?.name)
            }
            Shape::Struct(_) if model.has_default() => format!("{name}::default()"),
            Shape::Struct(_) if model.in_request && depth < DEEPEST => {
                let required = model
                    .fields()
                    .iter()
                    .filter(|field| field.required && !field.is_additional_properties)
                    .filter(|field| self.index.analysis.constant(field).is_none());
                let values: Option<Vec<String>> = required
                    .map(|field| self.value(Subject::of(field, example), Form::Argument, depth + 1))
                    .collect();
                format!("{name}::new({})", values?.join(", "))
            }
            _ => return None,
        };
        self.types.insert(name);
        Some(text)
    }
}

/// Value for which an expression is written.
#[derive(Clone, Copy)]
struct Subject<'a> {
    name: &'a str,
    ty: &'a Type,
    example: Option<&'a Value>,
    checks: &'a [Check],
}

impl<'a> Subject<'a> {
    fn of(field: &'a Field, object: Option<&'a Value>) -> Self {
        let example = object
            .and_then(|object| object.get(&field.wire_name))
            .or(field.example.as_ref());
        Self {
            name: unprefixed(&field.name),
            ty: &field.ty,
            example,
            checks: &field.checks,
        }
    }
}

/// Type that an expression must have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Any type that a parameter of the type accepts.
    Argument,
    /// The type itself.
    Exact,
}

impl Form {
    /// Returns the form of an item of a list, or of a nullable value. Only strings are converted there.
    fn of_item(self, item: &Type) -> Self {
        if matches!(item, Type::String | Type::Bytes) {
            self
        } else {
            Self::Exact
        }
    }
}

/// Prints a type as users of the crate write it.
pub(super) fn type_text(api: &Api, ty: &Type, library: &str) -> String {
    match ty {
        Type::String | Type::Bytes => "String".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Int => "i64".to_owned(),
        Type::UInt => "u64".to_owned(),
        Type::Float => "f64".to_owned(),
        Type::Json => format!("{library}::Json"),
        Type::List(item) => format!("Vec<{}>", type_text(api, item, library)),
        Type::Map(value) => format!(
            "std::collections::BTreeMap<String, {}>",
            type_text(api, value, library)
        ),
        Type::Option(some) => match &**some {
            Type::Boxed(id) => format!("Option<Box<{library}::types::{}>>", api.model_name(*id)),
            some => format!("Option<{}>", type_text(api, some, library)),
        },
        Type::Model(id) | Type::Boxed(id) => {
            format!("{library}::types::{}", api.model_name(*id))
        }
    }
}

/// Prints a string literal on one line, without the end mark of a code block.
fn string(text: &str) -> String {
    let cut = text.chars().count() > LONGEST;
    let shown: String = if cut {
        text.chars().take(LONGEST).chain(['…']).collect()
    } else {
        text.to_owned()
    };
    format!("{:?}", shown.replace("```", ""))
}

/// Prints the example of the document, or the minimum.
fn integer(example: Option<&Value>, checks: &[Check]) -> String {
    let least = checks.iter().find_map(|check| match check.rule {
        Rule::Minimum(least) => Some(least),
        _ => None,
    });
    let value = example.and_then(whole).unwrap_or(least.unwrap_or(1));
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(value.unsigned_abs()))
}

/// Returns an integer, also if it is written as `1.0`.
#[allow(
    clippy::cast_possible_truncation,
    reason = "checked to be an integer that f64 represents exactly"
)]
fn whole(value: &Value) -> Option<i64> {
    let exact = |float: &f64| float.fract() == 0.0 && float.abs() < 9e15;
    value
        .as_i64()
        .or_else(|| value.as_f64().filter(exact).map(|float| float as i64))
}

/// Prints the argument of `serde_json::json!`.
fn json(value: &Value) -> String {
    match value {
        Value::String(text) => string(text),
        Value::Number(number) => {
            // A literal without a suffix is an i32.
            match (number.as_i64(), number.as_u64()) {
                (Some(int), _) if i32::try_from(int).is_ok() => int.to_string(),
                (Some(int), _) => format!("{int}_i64"),
                (None, Some(int)) => format!("{int}_u64"),
                (None, None) => format!("{:?}", number.as_f64().unwrap_or_default()),
            }
        }
        Value::Array(items) => format!(
            "[{}]",
            items.iter().map(json).collect::<Vec<_>>().join(", ")
        ),
        Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", string(key), json(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        Value::Null | Value::Bool(_) => value.to_string(),
    }
}
