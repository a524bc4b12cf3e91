//! Schemas of JSON Schema 2020-12 -> schemas of OpenAPI 3.0.

use serde_json::{Map, Number, Value, json};

use super::{Downgrade, remove};
use crate::diagnostic::Diagnostic;
use crate::media_type::is_opaque;
use crate::pointer::Location;
use crate::validate::unsupported::VALIDATION;

type Schema = Map<String, Value>;

/// What only speaks to tools.
const SILENT: &[&str] = &["$anchor", "$comment", "$dynamicAnchor", "$id", "$schema"];

/// What says something about values but nothing about their type.
const CHECKING: &[&str] = &[
    "contains",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "propertyNames",
    "then",
    "unevaluatedItems",
];

/// What leads to another schema by way of how this one was reached.
const DYNAMIC: &[&str] = &["$dynamicRef", "$recursiveRef"];

/// The keywords that hold for values of one type only.
const OF_TYPE: &[(&str, &[&str])] = &[
    ("array", &["items", "maxItems", "minItems", "uniqueItems"]),
    (
        "object",
        &[
            "additionalProperties",
            "maxProperties",
            "minProperties",
            "properties",
            "required",
        ],
    ),
    ("string", &["format", "maxLength", "minLength", "pattern"]),
];

/// What tells of which type the values of a case are.
const TELLING: &[&str] = &["$ref", "allOf", "anyOf", "const", "enum", "oneOf", "type"];

/// Beside a `$ref`, 3.0 has no keyword that counts; inside an `allOf` it has.
pub(super) fn wrap_reference(schema: &mut Schema) {
    let siblings = schema
        .keys()
        .any(|key| key != "$ref" && !key.starts_with("x-"));
    if siblings && let Some(reference) = schema.shift_remove("$ref") {
        require(schema, json!({"$ref": reference}));
    }
}

/// Adds a branch to `allOf`.
fn require(schema: &mut Schema, branch: Value) {
    let branches = schema.entry("allOf").or_insert_with(|| json!([]));
    if let Value::Array(branches) = branches {
        branches.push(branch);
    }
}

impl Downgrade<'_> {
    pub(super) fn schema(&mut self, schema: &mut Schema, at: &Location<'_>) {
        if let Some(value) = schema.shift_remove("const") {
            schema.entry("enum").or_insert_with(|| json!([value]));
        }
        self.types(schema, at);
        bound(schema, "minimum", "exclusiveMinimum", f64::max);
        bound(schema, "maximum", "exclusiveMaximum", f64::min);
        if let Some(Value::Array(examples)) = schema.shift_remove("examples")
            && let Some(example) = examples.into_iter().next()
        {
            schema.entry("example").or_insert(example);
        }
        content(schema);
        self.tuple(schema, at);
        self.other_properties(schema, at);
        self.anchors.note(schema, at);
        remove(schema, SILENT);
        if CHECKING.iter().any(|keyword| schema.contains_key(*keyword)) {
            self.unsupported.add(VALIDATION, at);
            remove(schema, CHECKING);
        }
        for keyword in DYNAMIC
            .iter()
            .filter(|keyword| schema.contains_key(**keyword))
        {
            let text = format!(
                "`{keyword}` leads to what depends on the way here; it is emitted as free-form `Json`"
            );
            let place = at.key(keyword).pointer();
            let diagnostic = Diagnostic::warning("dynamic-reference", &place, text).at_key();
            let help = "write a `$ref` to the schema that is meant";
            self.diagnostics.push(diagnostic.help(help));
        }
        remove(schema, DYNAMIC);
    }

    /// Items that differ by their position become items of any kind, unless all are alike. They stay, as `$ref`s may lead
    /// to them.
    fn tuple(&mut self, schema: &mut Schema, at: &Location<'_>) {
        let Some(Value::Array(items)) = schema.get("prefixItems").cloned() else {
            return;
        };
        let rest = schema.shift_remove("items").filter(Value::is_object);
        let mut kinds = items.iter().chain(&rest);
        let first = kinds.next();
        let place = at.key("prefixItems").pointer();
        let item = match first {
            Some(first) if kinds.all(|kind| kind == first) => {
                let place = if items.is_empty() {
                    None
                } else {
                    Some(place.index(0).reference())
                };
                place.map_or_else(|| first.clone(), |place| json!({"$ref": place}))
            }
            _ => {
                let text = "items that differ by position are emitted as free-form `Json` items";
                let help = "describe an object instead, where the service allows it";
                self.diagnostics.push(
                    Diagnostic::warning("tuple-items", &place, text)
                        .at_key()
                        .help(help),
                );
                json!({})
            }
        };
        schema.insert("items".to_owned(), item);
    }

    /// Properties whose names follow a pattern become those that have no name.
    fn other_properties(&mut self, schema: &mut Schema, at: &Location<'_>) {
        let rest = schema.shift_remove("unevaluatedProperties");
        let patterns = match schema.shift_remove("patternProperties") {
            Some(Value::Object(patterns)) => patterns,
            _ => Map::new(),
        };
        let mut schemas = patterns.into_iter().map(|(_, schema)| schema);
        let others = match (schemas.next(), schemas.next()) {
            (None, _) => rest,
            (only, None) => only,
            _ => {
                let text = "values of several patterns of names are emitted as free-form `Json`";
                let place = at.key("patternProperties").pointer();
                self.diagnostics
                    .push(Diagnostic::warning("pattern-properties", &place, text).at_key());
                Some(Value::Bool(true))
            }
        };
        let closed = schema
            .get("additionalProperties")
            .is_none_or(|other| *other == false);
        if let Some(others) = others.filter(|_| closed) {
            schema.insert("additionalProperties".to_owned(), others);
        }
    }

    /// `null` among the types is `nullable`; several others are cases.
    fn types(&mut self, schema: &mut Schema, at: &Location<'_>) {
        let types = match schema.get("type") {
            Some(Value::String(only)) if only == "null" => vec![json!("null")],
            Some(Value::Array(types)) => types.clone(),
            _ => return,
        };
        let (null, mut types): (Vec<_>, Vec<_>) =
            types.into_iter().partition(|kind| *kind == "null");
        if types.iter().any(|kind| *kind == "number") {
            types.retain(|kind| *kind != "integer");
        }
        if !null.is_empty() {
            schema.insert("nullable".to_owned(), true.into());
        }
        match types.as_slice() {
            [only] => drop(schema.insert("type".to_owned(), only.clone())),
            [] => {
                schema.shift_remove("type");
                schema.entry("enum").or_insert_with(|| json!([null]));
            }
            several => self.several_types(schema, several, at),
        }
    }

    fn several_types(&mut self, schema: &mut Schema, types: &[Value], at: &Location<'_>) {
        schema.shift_remove("type");
        if schema.contains_key("enum") {
            return; // each value is of a type
        }
        let mut beside = false;
        for list in ["anyOf", "oneOf"] {
            // What holds of all cases is said of each that does not say it.
            let cases = schema.get_mut(list).and_then(Value::as_array_mut);
            for case in cases.into_iter().flatten() {
                beside = true;
                if let Value::Object(case) = case
                    && !TELLING.iter().any(|keyword| case.contains_key(*keyword))
                {
                    case.insert("type".to_owned(), types.into());
                }
            }
        }
        if beside {
            return;
        }
        if schema.contains_key("allOf") {
            let text = "several types beside `allOf` are left out: what is in it tells the type";
            let help = "list the types in the schemas that `allOf` holds";
            let place = at.key("type").pointer();
            self.diagnostics.push(
                Diagnostic::warning("types-beside-all-of", &place, text)
                    .at_key()
                    .help(help),
            );
            return;
        }
        let cases = types.iter().map(|kind| case(schema, kind)).collect();
        schema.insert("anyOf".to_owned(), Value::Array(cases));
        for (_, keywords) in OF_TYPE {
            remove(schema, keywords);
        }
    }
}

/// What a schema says of values of one type.
fn case(schema: &Schema, kind: &Value) -> Value {
    let own = OF_TYPE.iter().find(|(name, _)| *kind == *name);
    let own = own.map_or(&[][..], |(_, keywords)| *keywords);
    let mut case = Schema::from_iter([("type".to_owned(), kind.clone())]);
    for keyword in own {
        if let Some(value) = schema.get(*keyword) {
            case.insert((*keyword).to_owned(), value.clone());
        }
    }
    case.into()
}

/// An exclusive bound that is a number becomes the bound, and a flag that says so.
fn bound(schema: &mut Schema, bound: &str, exclusive: &str, tighter: fn(f64, f64) -> f64) {
    let Some(limit) = schema.get(exclusive).and_then(Value::as_f64) else {
        return;
    };
    let other = schema.get(bound).and_then(Value::as_f64);
    #[allow(clippy::float_cmp, reason = "one of the two is returned as it is")]
    if other.is_some_and(|other| other != limit && tighter(limit, other) == other) {
        schema.shift_remove(exclusive);
        return;
    }
    let number = schema.get(exclusive).cloned();
    let number = number.or_else(|| Number::from_f64(limit).map(Value::Number));
    schema.insert(bound.to_owned(), number.unwrap_or_default());
    schema.insert(exclusive.to_owned(), true.into());
}

/// Bytes: as they are, or as Base64. Content of any type but text and JSON is bytes.
fn content(schema: &mut Schema) {
    let encoding = schema.shift_remove("contentEncoding");
    let media_type = schema.shift_remove("contentMediaType");
    let is_text = match schema.get("type") {
        Some(kind) => kind == "string",
        None => !TELLING.iter().any(|keyword| schema.contains_key(*keyword)),
    };
    let format = match (encoding, media_type) {
        (Some(encoding), _) if encoding == "base64" => "byte",
        (None, Some(Value::String(media_type))) if is_opaque(&media_type) => "binary",
        _ => return,
    };
    if is_text {
        schema.insert("type".to_owned(), "string".into());
        schema.entry("format").or_insert_with(|| format.into());
    }
}
