use serde_json::{Value, json};

use super::downgrade;
use crate::diagnostic::Diagnostics;

/// A document around one schema, brought down: the schema, and what is said about it.
#[allow(clippy::needless_pass_by_value, reason = "`json!` goes in")]
fn down(schema: Value) -> (Value, Vec<String>) {
    let mut root = json!({"openapi": "3.1.0", "components": {"schemas": {"S": schema}}});
    let mut diagnostics = Diagnostics::new();
    downgrade(&mut root, &mut diagnostics);
    let said = diagnostics
        .iter()
        .map(|diagnostic| format!("{}: {}", diagnostic.at, diagnostic.text));
    (root["components"]["schemas"]["S"].take(), said.collect())
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
fn says_in_the_words_of_3_0() {
    let cases = [
        // Types.
        (
            json!({"type": ["string", "null"]}),
            json!({"type": "string", "nullable": true}),
        ),
        (
            json!({"type": "null"}),
            json!({"nullable": true, "enum": [null]}),
        ),
        (
            json!({"type": ["integer", "number"]}),
            json!({"type": "number"}),
        ),
        (
            json!({"type": ["string", "array"], "maxLength": 3, "items": {"type": "string"}}),
            json!({"anyOf": [{"type": "string", "maxLength": 3}, {"type": "array", "items": {"type": "string"}}]}),
        ),
        (
            json!({"type": ["string", "integer"], "enum": ["a", 1]}),
            json!({"enum": ["a", 1]}),
        ),
        (
            json!({"type": ["string", "array"], "oneOf": [{"maxLength": 3}, {"$ref": "#/a"}]}),
            json!({"oneOf": [
                {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "array"}]},
                {"$ref": "#/a"},
            ]}),
        ),
        // Values.
        (json!({"const": "a"}), json!({"enum": ["a"]})),
        (json!({"examples": [1, 2]}), json!({"example": 1})),
        (
            json!({"examples": [1], "example": 3}),
            json!({"example": 3}),
        ),
        // Bounds.
        (
            json!({"exclusiveMinimum": 3}),
            json!({"minimum": 3, "exclusiveMinimum": true}),
        ),
        (
            json!({"exclusiveMinimum": 3, "minimum": 5}),
            json!({"minimum": 5}),
        ),
        (
            json!({"exclusiveMaximum": 3, "maximum": 5}),
            json!({"maximum": 3, "exclusiveMaximum": true}),
        ),
        (
            json!({"exclusiveMaximum": true, "maximum": 5}),
            json!({"exclusiveMaximum": true, "maximum": 5}),
        ),
        // Bytes.
        (
            json!({"type": "string", "contentEncoding": "base64"}),
            json!({"type": "string", "format": "byte"}),
        ),
        (
            json!({"contentMediaType": "application/octet-stream"}),
            json!({"type": "string", "format": "binary"}),
        ),
        (
            json!({"type": ["string", "null"], "contentMediaType": "image/png"}),
            json!({"type": "string", "nullable": true, "format": "binary"}),
        ),
        (
            json!({"type": "string", "contentMediaType": "image/png", "contentEncoding": "8bit"}),
            json!({"type": "string"}),
        ),
        (
            json!({"type": "string", "contentMediaType": "application/json"}),
            json!({"type": "string"}),
        ),
        (
            json!({"type": "string", "contentMediaType": "text/html"}),
            json!({"type": "string"}),
        ),
        // Cases.
        (
            json!({"anyOf": [{"type": "string"}, {"type": "null"}]}),
            json!({"anyOf": [{"type": "string"}, {"nullable": true, "enum": [null]}]}),
        ),
        (
            json!({"oneOf": [{"type": "null"}, {"$ref": "#/a"}, {"$ref": "#/b"}]}),
            json!({"oneOf": [{"nullable": true, "enum": [null]}, {"$ref": "#/a"}, {"$ref": "#/b"}]}),
        ),
        // References.
        (
            json!({"$ref": "#/a", "description": "An a."}),
            json!({"description": "An a.", "allOf": [{"$ref": "#/a"}]}),
        ),
        (
            json!({"$ref": "#/a", "x-a": 1}),
            json!({"$ref": "#/a", "x-a": 1}),
        ),
        // Items and properties.
        (
            json!({"prefixItems": [{"type": "number"}, {"type": "number"}], "items": false}),
            json!({
                "prefixItems": [{"type": "number"}, {"type": "number"}],
                "items": {"$ref": "#/components/schemas/S/prefixItems/0"},
            }),
        ),
        (
            json!({"patternProperties": {"^a": {"type": "string"}}, "additionalProperties": false}),
            json!({"additionalProperties": {"type": "string"}}),
        ),
        (
            json!({"unevaluatedProperties": {"type": "string"}}),
            json!({"additionalProperties": {"type": "string"}}),
        ),
        (
            json!({"items": true, "properties": {"a": false}}),
            json!({"items": {}, "properties": {"a": {"not": {}}}}),
        ),
        // Wherever schemas stand.
        (
            json!({"$defs": {"A": {"type": ["string", "null"]}}, "$comment": "…"}),
            json!({"$defs": {"A": {"type": "string", "nullable": true}}}),
        ),
    ];
    for (schema, expected) in cases {
        let (found, said) = down(schema.clone());
        assert_eq!(found, expected, "{schema}");
        assert_eq!(said, [""; 0], "{schema}");
    }
}

#[test]
fn says_what_is_lost() {
    let (schema, said) = down(json!({"prefixItems": [{"type": "string"}, {"type": "number"}]}));
    let kept = json!([{"type": "string"}, {"type": "number"}]);
    assert_eq!(schema, json!({"prefixItems": kept, "items": {}}));
    let at = "#/components/schemas/S";
    assert_eq!(
        said,
        [format!(
            "{at}/prefixItems: items that differ by position are emitted as free-form `Json` items"
        )]
    );

    let (schema, said) = down(json!({"patternProperties": {"^a": {"type": "string"}, "^b": {}}}));
    assert_eq!(schema, json!({"additionalProperties": true}));
    assert_eq!(
        said,
        [format!(
            "{at}/patternProperties: values of several patterns of names are emitted as free-form `Json`"
        )]
    );
}

#[test]
fn several_types_beside_all_of_are_told() {
    let (schema, said) = down(json!({"type": ["string", "object"], "allOf": [{"$ref": "#/a"}]}));
    assert_eq!(schema, json!({"allOf": [{"$ref": "#/a"}]}));
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("#/components/schemas/S/type: several types beside `allOf`"));
}

#[test]
fn what_only_checks_is_told_once() {
    let (schema, said) =
        down(json!({"if": {}, "then": {"contains": {}}, "items": {"contains": {}}}));
    assert_eq!(schema, json!({"items": {}}));
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("#/components/schemas/S: "));
    let (schema, said) = down(json!({"$dynamicRef": "#node"}));
    assert_eq!((schema, said.len()), (json!({}), 1));
}

#[test]
fn what_no_schema_says_stays() {
    let mut root = json!({
        "openapi": "3.1.1",
        "info": {"title": "t", "summary": "s", "license": {"name": "MIT", "identifier": "MIT"}},
        "paths": {"/": {"get": {
            "parameters": [{"$ref": "#/components/parameters/p", "description": "d"}],
            "responses": {"200": {"content": {"application/json": {"example": {"const": 1}}}}},
        }}},
    });
    downgrade(&mut root, &mut Diagnostics::new());
    let expected = json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "license": {"name": "MIT"}},
        "paths": {"/": {"get": {
            "parameters": [{"$ref": "#/components/parameters/p"}],
            "responses": {"200": {"content": {"application/json": {"example": {"const": 1}}}}},
        }}},
    });
    assert_eq!(root, expected);
}

#[test]
fn references_by_name_become_places() {
    let mut root = json!({
        "openapi": "3.1.0",
        "components": {"schemas": {
            "List": {
                "type": "array",
                "items": {"$ref": "#item"},
                "$defs": {"a/b": {"$anchor": "item", "anyOf": [{"$ref": "#item"}, {"$ref": "#none"}]}},
                "example": [{"$ref": "#item"}],
            },
        }},
    });
    downgrade(&mut root, &mut Diagnostics::new());
    let item = json!({"$ref": "#/components/schemas/List/$defs/a~1b"});
    let list = &root["components"]["schemas"]["List"];
    assert_eq!(list["items"], item);
    assert_eq!(
        list["$defs"]["a/b"],
        json!({"anyOf": [item, {"$ref": "#none"}]})
    );
    assert_eq!(list["example"], json!([{"$ref": "#item"}]));
}
