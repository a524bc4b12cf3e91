//! Documents that lead a long way, or many ways, to the same place: a crate comes out, in a time that has to do with their size.

use std::panic::resume_unwind;
use std::thread;

use codegen::{Generated, Options, Source};
use serde_json::{Map, Value, json};

/// The crate of a document whose one operation gives the first of these schemas.
#[track_caller]
fn generate(schemas: Vec<Value>) -> Generated {
    let schemas: Map<String, Value> = schemas
        .into_iter()
        .enumerate()
        .map(|(i, schema)| (format!("S{i}"), schema))
        .collect();
    let content = json!({"application/json": {"schema": to(0)}});
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

fn to(i: usize) -> Value {
    json!({"$ref": format!("#/components/schemas/S{i}")})
}

fn types(generated: &Generated) -> &str {
    let mut files = generated.files.iter();
    let types = files.find(|file| file.path == "src/types.rs");
    types.map_or("", |file| &file.text)
}

#[test]
fn all_of_may_lead_to_a_schema_on_many_ways() {
    let mut schemas: Vec<Value> = (1..=64).map(|i| json!({"allOf": [to(i), to(i)]})).collect();
    schemas.push(json!({"type": "object", "properties": {"size": {"type": "integer"}}}));
    let generated = generate(schemas);
    assert_eq!(generated.models, 1);
    assert!(types(&generated).contains("pub size: Option<i64>"));
}

#[test]
fn schemas_may_lead_to_each_other_thousands_of_times() {
    let mut schemas: Vec<Value> = (1..=4000)
        .map(|i| json!({"type": "object", "properties": {"next": to(i)}}))
        .collect();
    schemas.push(json!({"type": "object", "properties": {"size": {"type": "integer"}}}));
    let work = move || assert_eq!(generate(schemas).models, 4001);
    let thread = thread::Builder::new().stack_size(512 << 20).spawn(work);
    if let Err(panic) = thread.unwrap().join() {
        resume_unwind(panic);
    }
}

#[test]
fn a_row_of_references_has_an_end() {
    let row = |length: usize| {
        let mut schemas: Vec<Value> = (1..length).map(to).collect();
        schemas.push(json!({"type": "object", "properties": {"size": {"type": "integer"}}}));
        generate(schemas)
    };
    let long = row(99);
    assert_eq!((long.models, long.warnings.warnings), (1, 0));
    let longer = row(100);
    assert_eq!((longer.models, longer.warnings.warnings), (0, 1));
    assert!(
        longer.warnings.text.contains("through too many `$ref`s"),
        "{}",
        longer.warnings
    );
}

#[test]
fn what_is_meant_is_guessed_for_a_hundred_references() {
    let schemas = (0..300)
        .map(|i| json!({"type": "object", "properties": {"next": to(1000 + i)}}))
        .collect();
    let generated = generate(schemas);
    assert_eq!(generated.warnings.warnings, 300);
}
