//! Documents with long or many paths of `$ref`s to the same schema. The time to generate a crate depends on the size of the
//! document only.

use std::panic::resume_unwind;
use std::thread;

use codegen::{Generated, Options, Source};
use serde_json::{Map, Value, json};

/// Generates a crate for a document with one operation, whose response has the first of these schemas.
#[track_caller]
fn generate(schemas: Vec<Value>) -> Generated {
    let schemas: Map<String, Value> = schemas
        .into_iter()
        .enumerate()
        .map(|(i, schema)| (format!("S{i}"), schema))
        .collect();
    let content = json!({"application/json": {"schema": reference(0)}});
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Large", "version": "1.0.0"},
        "paths": {"/a": {"get": {
            "operationId": "get",
            "responses": {"200": {"description": "Fine.", "content": content}}
        }}},
        "components": {"schemas": schemas}
    });
    let source = Source::new("large.json", document.to_string());
    codegen::generate(&source, None, &Options::default())
        .unwrap_or_else(|report| panic!("{report}"))
}

fn reference(i: usize) -> Value {
    json!({"$ref": format!("#/components/schemas/S{i}")})
}

fn types(generated: &Generated) -> &str {
    let mut files = generated.files.iter();
    let types = files.find(|file| file.path == "src/types.rs");
    types.map_or("", |file| &file.text)
}

#[test]
fn repeated_all_of_references_take_linear_time() {
    let mut schemas: Vec<Value> = (1..=64)
        .map(|i| json!({"allOf": [reference(i), reference(i)]}))
        .collect();
    schemas.push(json!({"type": "object", "properties": {"size": {"type": "integer"}}}));
    let generated = generate(schemas);
    assert_eq!(generated.models, 1);
    assert!(types(&generated).contains("pub size: Option<i64>"));
}

#[test]
fn a_chain_of_thousands_of_properties_is_generated() {
    let mut schemas: Vec<Value> = (1..=4000)
        .map(|i| json!({"type": "object", "properties": {"next": reference(i)}}))
        .collect();
    schemas.push(json!({"type": "object", "properties": {"size": {"type": "integer"}}}));
    let work = move || assert_eq!(generate(schemas).models, 4001);
    let thread = thread::Builder::new().stack_size(512 << 20).spawn(work);
    if let Err(panic) = thread.unwrap().join() {
        resume_unwind(panic);
    }
}

#[test]
fn chains_of_a_hundred_references_are_not_followed() {
    let chain = |length: usize| {
        let mut schemas: Vec<Value> = (1..length).map(reference).collect();
        schemas.push(json!({"type": "object", "properties": {"size": {"type": "integer"}}}));
        generate(schemas)
    };
    let long = chain(99);
    assert_eq!((long.models, long.warnings.warnings), (1, 0));
    let longer = chain(100);
    assert_eq!((longer.models, longer.warnings.warnings), (0, 1));
    assert!(
        longer.warnings.text.contains("chain of too many `$ref`s"),
        "{}",
        longer.warnings
    );
}

#[test]
fn hundreds_of_missing_targets_are_reported() {
    let schemas = (0..300)
        .map(|i| json!({"type": "object", "properties": {"next": reference(1000 + i)}}))
        .collect();
    let generated = generate(schemas);
    assert_eq!(generated.warnings.warnings, 300);
}
