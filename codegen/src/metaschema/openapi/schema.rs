//! Schemas.

use super::super::Object;
use super::super::Shape::Object as Inner;
use super::super::Shape::{
    Any, Count, Flag, FlagOrReference, List, Map, Number, Reference, Text, Word,
};
use super::{EXTERNAL_DOCS, PLAIN};

pub(crate) static SCHEMA: Object = Object {
    name: "a schema",
    keywords: &[
        (
            "type",
            Word(&["string", "integer", "number", "boolean", "array", "object"]),
        ),
        ("description", Text),
        ("properties", Map(&Reference(&SCHEMA))),
        ("required", List(&Text)),
        ("items", Reference(&SCHEMA)),
        ("enum", List(&Any)),
        ("format", Text),
        ("example", Any),
        ("nullable", Flag),
        ("title", Text),
        ("default", Any),
        ("allOf", List(&Reference(&SCHEMA))),
        ("oneOf", List(&Reference(&SCHEMA))),
        ("anyOf", List(&Reference(&SCHEMA))),
        ("not", Reference(&SCHEMA)),
        ("additionalProperties", FlagOrReference(&SCHEMA)),
        ("multipleOf", Number),
        ("maximum", Number),
        ("exclusiveMaximum", Flag),
        ("minimum", Number),
        ("exclusiveMinimum", Flag),
        ("maxLength", Count),
        ("minLength", Count),
        ("pattern", Text),
        ("maxItems", Count),
        ("minItems", Count),
        ("uniqueItems", Flag),
        ("maxProperties", Count),
        ("minProperties", Count),
        ("discriminator", Inner(&DISCRIMINATOR)),
        ("readOnly", Flag),
        ("writeOnly", Flag),
        ("xml", Inner(&XML)),
        ("externalDocs", Inner(&EXTERNAL_DOCS)),
        ("deprecated", Flag),
        // Of 3.1, and seen in documents of 3.0 too: schemas for `$ref`s to lead to.
        ("$defs", Map(&Reference(&SCHEMA))),
        ("prefixItems", List(&Reference(&SCHEMA))),
    ],
    ..PLAIN
};

pub(crate) static DISCRIMINATOR: Object = Object {
    name: "a discriminator",
    keywords: &[("propertyName", Text), ("mapping", Map(&Text))],
    required: &["propertyName"],
    ..PLAIN
};

static XML: Object = Object {
    name: "an XML object",
    keywords: &[
        ("name", Text),
        ("namespace", Text),
        ("prefix", Text),
        ("attribute", Flag),
        ("wrapped", Flag),
    ],
    ..PLAIN
};
