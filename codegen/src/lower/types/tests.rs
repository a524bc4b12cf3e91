//! Schemas and the types that are made of them, as the fields of one object have them.

use crate::diagnostic::Diagnostics;
use crate::ir::{Api, Field, Shape, Type};
use crate::{Config, Document, Source, lower};

const HEAD: &str = r##"
openapi: 3.0.3
info: {title: It, version: 1.0.0}
paths:
  /it:
    get:
      responses:
        "200": {description: It., content: {application/json: {schema: {$ref: "#/components/schemas/It"}}}}
components:
  schemas:
"##;

/// The crate for a document with these schemas, of which `It` is received.
fn api(schemas: &str) -> Api {
    let text = format!("{HEAD}{schemas}");
    let mut diagnostics = Diagnostics::default();
    let config = Config::read(None, &mut diagnostics);
    let document = Document::read(&Source::new("it.yaml", text), &mut diagnostics).unwrap();
    lower::lower(&document, &config, "it.yaml", &mut diagnostics)
}

fn shape<'a>(api: &'a Api, name: &str) -> &'a Shape {
    let model = api.models.iter().find(|model| model.name == name);
    &model
        .unwrap_or_else(|| panic!("no {name} among {:?}", api.models))
        .shape
}

fn fields<'a>(api: &'a Api, name: &str) -> &'a [Field] {
    match shape(api, name) {
        Shape::Struct(fields) => fields,
        other => panic!("{name} is {other:?}"),
    }
}

fn field<'a>(api: &'a Api, model: &str, wire: &str) -> &'a Type {
    let mut fields = fields(api, model).iter();
    &fields.find(|field| field.wire_name == wire).expect(wire).ty
}

/// Returns the types of the variants of a field that is a union.
fn variant_types(api: &Api, model: &str, wire: &str) -> Vec<Type> {
    let Type::Model(id) = field(api, model, wire) else {
        panic!("{wire} is {:?}", field(api, model, wire));
    };
    match shape(api, api.model_name(*id)) {
        Shape::OneOf(choices) => choices.iter().map(|choice| choice.ty.clone()).collect(),
        other => panic!("{wire} is {other:?}"),
    }
}

#[test]
fn integers_beyond_i64_are_unsigned() {
    let api = api(r"
    It:
      type: object
      properties:
        format: {type: integer, format: uint64}
        range: {type: integer, minimum: 0, maximum: 18446744073709551615}
        either: {type: integer, maximum: 18446744073709551615}
        largest: {type: integer, minimum: 0, maximum: 9223372036854775807}
        plain: {type: integer, format: int64}
");
    for (wire, ty) in [
        ("format", Type::UInt),
        ("range", Type::UInt),
        ("either", Type::Int),
        ("largest", Type::Int),
        ("plain", Type::Int),
    ] {
        assert_eq!(*field(&api, "It", wire), ty, "{wire}");
    }
}

#[test]
fn an_integer_variant_keeps_all_digits() {
    let api = api(r"
    It:
      type: object
      properties:
        any: {anyOf: [{type: integer}, {type: number}, {type: string}]}
        large: {oneOf: [{type: integer, format: uint64}, {type: string}]}
        whole: {oneOf: [{type: integer}, {type: integer, format: int32}]}
");
    assert_eq!(
        variant_types(&api, "It", "any"),
        [Type::Int, Type::Float, Type::String]
    );
    assert_eq!(
        variant_types(&api, "It", "large"),
        [Type::UInt, Type::String]
    );
    assert_eq!(*field(&api, "It", "whole"), Type::Int);
}

#[test]
fn a_property_in_several_all_of_branches_merges_them() {
    let api = api(r##"
    It:
      allOf:
        - $ref: "#/components/schemas/Base"
        - type: object
          required: [text]
          properties:
            text: {description: In other words.}
            kind: {type: string, enum: [a, c]}
            word: {type: string}
            number: {type: integer}
            inner: {type: object, required: [two], properties: {two: {type: string}}}
            same: {$ref: "#/components/schemas/Other"}
            next: {$ref: "#/components/schemas/Base"}
            contrary: {type: boolean}
    Base:
      type: object
      properties:
        text: {type: string}
        kind: {type: string, enum: [a, b, c]}
        word: {type: string, enum: [x, y]}
        number: {type: number}
        inner: {type: object, properties: {one: {type: string}}}
        same: {$ref: "#/components/schemas/Other"}
        next: {$ref: "#/components/schemas/It"}
        contrary: {type: string}
    Other: {type: object, properties: {a: {type: string}}}
"##);
    let named = |wire: &str| match field(&api, "It", wire) {
        Type::Model(id) | Type::Boxed(id) => api.model_name(*id).to_owned(),
        other => panic!("{wire} is {other:?}"),
    };
    let words = |name: &str| match shape(&api, name) {
        Shape::Enum(variants) => variants.iter().map(|one| one.wire_name.clone()).collect(),
        other => panic!("{name} is {other:?}"),
    };
    let wires = |name: &str| {
        let all = fields(&api, name).iter();
        all.map(|field| (field.wire_name.clone(), field.required))
            .collect::<Vec<_>>()
    };
    assert_eq!(*field(&api, "It", "text"), Type::String);
    assert!(fields(&api, "It")[0].required);
    let kinds: Vec<String> = words(&named("kind"));
    assert_eq!(kinds, ["a", "c"]);
    let kinds: Vec<String> = words(&named("word"));
    assert_eq!(kinds, ["x", "y"]);
    assert_eq!(*field(&api, "It", "number"), Type::Int);
    let inner = wires(&named("inner"));
    assert_eq!(inner, [("one".to_owned(), false), ("two".to_owned(), true)]);
    assert_eq!(named("same"), "Other");
    assert_eq!(wires(&named("next")).len(), 8);
    assert_eq!(*field(&api, "It", "contrary"), Type::Bool);
}

#[test]
fn component_schemas_keep_their_names_if_inline_schemas_want_them() {
    let api = api(r##"
    It:
      type: object
      properties:
        status: {type: string, enum: [on, off]}
        other: {$ref: "#/components/schemas/ItStatus"}
    ItStatus:
      type: object
      properties: {code: {type: integer}}
"##);
    assert!(matches!(shape(&api, "ItStatus"), Shape::Struct(_)));
    assert!(matches!(shape(&api, "ItStatus2"), Shape::Enum(_)));
}
