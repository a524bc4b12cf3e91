use serde_json::{Value, json};

use super::downgrade;
use crate::diagnostic::Diagnostics;

/// Converts a document with one schema. Returns the schema and the diagnostics.
#[allow(clippy::needless_pass_by_value, reason = "`json!` goes in")]
fn convert(schema: Value) -> (Value, Vec<String>) {
    let mut root = json!({"openapi": "3.1.0", "components": {"schemas": {"S": schema}}});
    let mut diagnostics = Diagnostics::new();
    downgrade(&mut root, &mut diagnostics);
    let texts = diagnostics
        .iter()
        .map(|diagnostic| format!("{}: {}", diagnostic.at, diagnostic.text));
    (root["components"]["schemas"]["S"].take(), texts.collect())
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
fn schemas_are_converted_to_openapi_3_0() {
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
        // Unions.
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
        // Nested schemas.
        (
            json!({"$defs": {"A": {"type": ["string", "null"]}}, "$comment": "…"}),
            json!({"$defs": {"A": {"type": "string", "nullable": true}}}),
        ),
    ];
    for (schema, expected) in cases {
        let (converted, texts) = convert(schema.clone());
        assert_eq!(converted, expected, "{schema}");
        assert_eq!(texts, [""; 0], "{schema}");
    }
}

#[test]
fn unsupported_keywords_give_warnings() {
    let (schema, texts) = convert(json!({"prefixItems": [{"type": "string"}, {"type": "number"}]}));
    let kept = json!([{"type": "string"}, {"type": "number"}]);
    assert_eq!(schema, json!({"prefixItems": kept, "items": {}}));
    let at = "#/components/schemas/S";
    assert_eq!(
        texts,
        [format!(
            "{at}/prefixItems: items with different schemas are not supported; they are generated as free-form `Json`"
        )]
    );

    let (schema, texts) =
        convert(json!({"patternProperties": {"^a": {"type": "string"}, "^b": {}}}));
    assert_eq!(schema, json!({"additionalProperties": true}));
    assert_eq!(
        texts,
        [format!(
            "{at}/patternProperties: several `patternProperties` are not supported; their values are generated as free-form `Json`"
        )]
    );
}

#[test]
fn several_types_next_to_all_of_give_a_warning() {
    let (schema, texts) =
        convert(json!({"type": ["string", "object"], "allOf": [{"$ref": "#/a"}]}));
    assert_eq!(schema, json!({"allOf": [{"$ref": "#/a"}]}));
    assert_eq!(texts.len(), 1);
    assert!(texts[0].starts_with("#/components/schemas/S/type: several types next to `allOf`"));
}

#[test]
fn validation_keywords_give_one_warning() {
    let (schema, texts) =
        convert(json!({"if": {}, "then": {"contains": {}}, "items": {"contains": {}}}));
    assert_eq!(schema, json!({"items": {}}));
    assert_eq!(texts.len(), 1);
    assert!(texts[0].starts_with("#/components/schemas/S: "));
    let (schema, texts) = convert(json!({"$dynamicRef": "#node"}));
    assert_eq!((schema, texts.len()), (json!({}), 1));
}

#[test]
fn keywords_outside_of_schemas_are_kept() {
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
        "openapi": "3.0.4",
        "info": {"title": "t", "license": {"name": "MIT"}},
        "paths": {"/": {"get": {
            "parameters": [{"$ref": "#/components/parameters/p"}],
            "responses": {"200": {"content": {"application/json": {"example": {"const": 1}}}}},
        }}},
    });
    assert_eq!(root, expected);
}

#[test]
fn references_to_anchors_become_pointers() {
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
