//! Schemas and the types that are made of them, as the fields of one object have them.

use crate::ir::{Api, Field, Shape, Type};
use crate::problem::Problems;
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
    let mut problems = Problems::default();
    let config = Config::read(None, &mut problems);
    let document = Document::read(&Source::new("it.yaml", text), &mut problems).unwrap();
    lower::lower(&document, &config, "it.yaml", &mut problems)
}

fn shape<'a>(api: &'a Api, name: &str) -> &'a Shape {
    let model = api.models.iter().find(|model| model.name == name);
    &model.unwrap_or_else(|| panic!("no {name} among {:?}", api.models)).shape
}

fn fields<'a>(api: &'a Api, name: &str) -> &'a [Field] {
    match shape(api, name) {
        Shape::Struct(fields) => fields,
        other => panic!("{name} is {other:?}"),
    }
}

fn field<'a>(api: &'a Api, model: &str, wire: &str) -> &'a Type {
    let mut fields = fields(api, model).iter();
    &fields.find(|field| field.wire == wire).expect(wire).ty
}

/// What the cases of the union hold that a field is.
fn held(api: &Api, model: &str, wire: &str) -> Vec<Type> {
    let Type::Model(name) = field(api, model, wire) else {
        panic!("{wire} is {:?}", field(api, model, wire));
    };
    match shape(api, name) {
        Shape::OneOf(choices) => choices.iter().map(|choice| choice.ty.clone()).collect(),
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn whole_numbers_that_may_be_too_large_for_a_signed_type_have_no_sign() {
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
fn a_whole_number_among_cases_loses_no_digit() {
    let api = api(r"
    It:
      type: object
      properties:
        any: {anyOf: [{type: integer}, {type: number}, {type: string}]}
        large: {oneOf: [{type: integer, format: uint64}, {type: string}]}
        whole: {oneOf: [{type: integer}, {type: integer, format: int32}]}
");
    assert_eq!(
        held(&api, "It", "any"),
        [Type::Int, Type::Float, Type::String]
    );
    assert_eq!(held(&api, "It", "large"), [Type::UInt, Type::String]);
    assert_eq!(*field(&api, "It", "whole"), Type::Int);
}
