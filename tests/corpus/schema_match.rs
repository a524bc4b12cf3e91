//! Checks whether a value matches a schema, and returns the reason if it does not. Only the shape is checked: types,
//! null, enums, and required and allowed properties. An object schema with properties allows no others unless it has
//! `additionalProperties`. JSON Schema allows them, but in examples they are misspelled or belong to another object.

use std::collections::HashSet;

use codegen::Pointer;
use serde_json::{Map, Value};

/// Maximum depth of nested schemas. A deeper schema is recursive.
const DEPTH: usize = 60;

/// Returns the location and the reason of a mismatch.
pub(crate) fn mismatch(document: &Value, schema: &str, value: &Value) -> Option<String> {
    let fit = Fit { document };
    match fit.find(schema) {
        Some(schema) => fit.whole(schema, value, "", 0).err(),
        None => Some(format!("schema {schema} is missing")),
    }
}

struct Fit<'d> {
    document: &'d Value,
}

type Outcome = Result<(), String>;

impl<'d> Fit<'d> {
    fn find(&self, reference: &str) -> Option<&'d Value> {
        let pointer = Pointer::parse(reference)?;
        self.document.pointer(pointer.as_str().strip_prefix('#')?)
    }

    /// Returns the schema after following `$ref`.
    fn resolve(&self, schema: &'d Value) -> Option<&'d Map<String, Value>> {
        let mut schema = schema;
        for _ in 0..DEPTH {
            match schema.get("$ref").and_then(Value::as_str) {
                Some(reference) => schema = self.find(reference)?,
                None => return schema.as_object(),
            }
        }
        None
    }

    /// Checks all keywords of a schema, and rejects other properties.
    fn whole(&self, schema: &'d Value, value: &Value, at: &str, depth: usize) -> Outcome {
        self.part(schema, value, at, depth)?;
        let Value::Object(object) = value else {
            return Ok(());
        };
        let mut names = HashSet::new();
        if self.names(schema, &mut names, 0) {
            return Ok(());
        }
        match object.keys().find(|key| !names.contains(key.as_str())) {
            Some(key) => Err(format!("{at}/{key} is not in the schema")),
            None => Ok(()),
        }
    }

    /// Checks all keywords of a schema. Other schemas may define more properties.
    fn part(&self, schema: &'d Value, value: &Value, at: &str, depth: usize) -> Outcome {
        let Some(schema) = self.resolve(schema).filter(|_| depth < DEPTH) else {
            return Ok(());
        };
        let listed = || list(schema, "enum").is_some_and(|values| values.contains(&Value::Null));
        if value.is_null() && (schema.get("nullable") == Some(&Value::Bool(true)) || listed()) {
            return Ok(());
        }
        self.kind(schema, value, at)?;
        if let Some(values) = list(schema, "enum")
            && !values.contains(value)
        {
            return Err(format!("{at}/ is not in the enum: {value}"));
        }
        match value {
            Value::Object(object) => self.object(schema, object, at, depth)?,
            Value::Array(items) => {
                if let Some(schema) = schema.get("items") {
                    for (i, item) in items.iter().enumerate() {
                        self.whole(schema, item, &format!("{at}/{i}"), depth + 1)?;
                    }
                }
            }
            _ => {}
        }
        for branch in list(schema, "allOf").into_iter().flatten() {
            self.part(branch, value, at, depth + 1)?;
        }
        for keyword in ["oneOf", "anyOf"] {
            let Some(cases) = list(schema, keyword).filter(|cases| !cases.is_empty()) else {
                continue;
            };
            let misfits: Result<Vec<String>, ()> = cases
                .iter()
                .map(|case| self.part(case, value, at, depth + 1).err().ok_or(()))
                .collect();
            if let Ok(misfits) = misfits {
                return Err(format!(
                    "{at}/ matches no schema of {keyword}: {}",
                    short(&misfits.join("; "))
                ));
            }
        }
        Ok(())
    }

    #[allow(clippy::unused_self, reason = "beside the others")]
    fn kind(&self, schema: &Map<String, Value>, value: &Value, at: &str) -> Outcome {
        let implied = schema.contains_key("properties").then_some("object");
        let Some(kind) = schema.get("type").and_then(Value::as_str).or(implied) else {
            return Ok(());
        };
        let fits = match kind {
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "number" => value.is_number(),
            "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            "array" => value.is_array(),
            "object" => value.is_object(),
            _ => true,
        };
        if fits {
            return Ok(());
        }
        let article = if kind.starts_with(['a', 'i', 'o']) {
            "an"
        } else {
            "a"
        };
        Err(format!(
            "{at}/ must be {article} {kind}, not {}",
            short(&value.to_string())
        ))
    }

    fn object(
        &self,
        schema: &'d Map<String, Value>,
        object: &Map<String, Value>,
        at: &str,
        depth: usize,
    ) -> Outcome {
        let properties = schema.get("properties").and_then(Value::as_object);
        let property = |name: &str| properties.and_then(|properties| properties.get(name));
        for name in list(schema, "required")
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            // Read-only properties can be absent in requests, and write-only properties in responses.
            let one_way = property(name)
                .and_then(|property| self.resolve(property))
                .is_some_and(|it| {
                    ["readOnly", "writeOnly"]
                        .iter()
                        .any(|way| it.get(*way) == Some(&Value::Bool(true)))
                });
            if !object.contains_key(name) && !one_way {
                return Err(format!("{at}/{name} is missing"));
            }
        }
        let others = schema
            .get("additionalProperties")
            .filter(|others| others.is_object());
        for (name, value) in object {
            if let Some(schema) = property(name).or(others) {
                self.whole(schema, value, &format!("{at}/{name}"), depth + 1)?;
            }
        }
        Ok(())
    }

    /// Collects the properties of a schema and its parts. Returns true if it allows others.
    fn names(&self, schema: &'d Value, names: &mut HashSet<&'d str>, depth: usize) -> bool {
        let Some(schema) = self.resolve(schema).filter(|_| depth < DEPTH) else {
            return true;
        };
        let properties = schema.get("properties").and_then(Value::as_object);
        names.extend(
            properties
                .into_iter()
                .flat_map(Map::keys)
                .map(String::as_str),
        );
        let mut open = match schema.get("additionalProperties") {
            Some(Value::Bool(others)) => *others,
            Some(_) => true,
            None => false,
        };
        let parts = ["allOf", "oneOf", "anyOf"].map(|keyword| list(schema, keyword));
        let mut parts = parts.into_iter().flatten().flatten().peekable();
        let says = properties.is_some_and(|all| !all.is_empty())
            || parts.peek().is_some()
            || schema.contains_key("additionalProperties");
        // In `allOf`, a part without properties leaves them to the other parts.
        open |= !says && depth == 0;
        for part in parts {
            open |= self.names(part, names, depth + 1);
        }
        open
    }
}

fn list<'s>(schema: &'s Map<String, Value>, keyword: &str) -> Option<&'s Vec<Value>> {
    schema.get(keyword)?.as_array()
}

fn short(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn mismatch_in(schema: &Value, value: &Value) -> String {
        let document = json!({"components": {"schemas": {
            "Pet": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
            "It": schema,
        }}});
        mismatch(&document, "#/components/schemas/It", value).unwrap_or_default()
    }

    #[test]
    fn types_and_null_are_checked() {
        assert_eq!(mismatch_in(&json!({"type": "integer"}), &json!(1.0)), "");
        assert_eq!(
            mismatch_in(&json!({"type": "integer"}), &json!("1")),
            "/ must be an integer, not \"1\""
        );
        assert_eq!(
            mismatch_in(&json!({"type": "string"}), &json!(null)),
            "/ must be a string, not null"
        );
        assert_eq!(
            mismatch_in(&json!({"type": "string", "nullable": true}), &json!(null)),
            ""
        );
        assert_eq!(mismatch_in(&json!({}), &json!({"a": 1})), "");
        let numbers = json!({"type": "array", "items": {"type": "number"}});
        assert_eq!(
            mismatch_in(&numbers, &json!([1, true])),
            "/1/ must be a number, not true"
        );
        assert!(mismatch_in(&json!({"enum": ["a"]}), &json!("b")).contains("enum"));
    }

    #[test]
    fn objects_are_closed_by_default() {
        let pet = || json!({"$ref": "#/components/schemas/Pet"});
        assert_eq!(mismatch_in(&pet(), &json!({"name": "a"})), "");
        assert_eq!(mismatch_in(&pet(), &json!({})), "/name is missing");
        assert_eq!(
            mismatch_in(&pet(), &json!({"name": "a", "b": 1})),
            "/b is not in the schema"
        );
        let dog =
            json!({"allOf": [pet(), {"type": "object", "properties": {"b": {"type": "integer"}}}]});
        assert_eq!(mismatch_in(&dog, &json!({"name": "a", "b": 1})), "");
        assert_eq!(
            mismatch_in(&dog, &json!({"name": "a", "c": 1})),
            "/c is not in the schema"
        );
        let open = json!({"properties": {"a": {}}, "additionalProperties": {"type": "integer"}});
        assert_eq!(mismatch_in(&open, &json!({"a": "x", "b": 1})), "");
        assert_eq!(
            mismatch_in(&open, &json!({"b": "x"})),
            "/b/ must be an integer, not \"x\""
        );
        assert_eq!(
            mismatch_in(&json!({"type": "object"}), &json!({"a": 1})),
            ""
        );
    }

    #[test]
    fn one_of_and_any_of_are_checked() {
        let either = json!({"oneOf": [{"type": "string"}, {"$ref": "#/components/schemas/Pet"}]});
        assert_eq!(mismatch_in(&either, &json!("a")), "");
        assert_eq!(mismatch_in(&either, &json!({"name": "a"})), "");
        assert!(mismatch_in(&either, &json!(1)).starts_with("/ matches no schema of oneOf"));
    }
}
