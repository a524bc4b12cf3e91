//! Schemas.

use super::common::{BASE, EXTERNAL_DOCS};
use crate::metaschema::ObjectSpec;
use crate::metaschema::ValueKind::{
    Any, Bool, BoolOrReference, List, Map, Number, Object, OneOf, Reference, String, UInt,
};

pub(crate) static SCHEMA: ObjectSpec = ObjectSpec {
    name: "a schema",
    keywords: &[
        (
            "type",
            OneOf(&["string", "integer", "number", "boolean", "array", "object"]),
        ),
        ("description", String),
        ("properties", Map(&Reference(&SCHEMA))),
        ("required", List(&String)),
        ("items", Reference(&SCHEMA)),
        ("enum", List(&Any)),
        ("format", String),
        ("example", Any),
        ("nullable", Bool),
        ("title", String),
        ("default", Any),
        ("allOf", List(&Reference(&SCHEMA))),
        ("oneOf", List(&Reference(&SCHEMA))),
        ("anyOf", List(&Reference(&SCHEMA))),
        ("not", Reference(&SCHEMA)),
        ("additionalProperties", BoolOrReference(&SCHEMA)),
        ("multipleOf", Number),
        ("maximum", Number),
        ("exclusiveMaximum", Bool),
        ("minimum", Number),
        ("exclusiveMinimum", Bool),
        ("maxLength", UInt),
        ("minLength", UInt),
        ("pattern", String),
        ("maxItems", UInt),
        ("minItems", UInt),
        ("uniqueItems", Bool),
        ("maxProperties", UInt),
        ("minProperties", UInt),
        ("discriminator", Object(&DISCRIMINATOR)),
        ("readOnly", Bool),
        ("writeOnly", Bool),
        ("xml", Object(&XML)),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
        ("deprecated", Bool),
        // Of 3.1, and seen in documents of 3.0 too: schemas for `$ref`s to lead to.
        ("$defs", Map(&Reference(&SCHEMA))),
        ("prefixItems", List(&Reference(&SCHEMA))),
    ],
    ..BASE
};

pub(crate) static DISCRIMINATOR: ObjectSpec = ObjectSpec {
    name: "a discriminator",
    keywords: &[("propertyName", String), ("mapping", Map(&String))],
    required: &["propertyName"],
    ..BASE
};

static XML: ObjectSpec = ObjectSpec {
    name: "an XML object",
    keywords: &[
        ("name", String),
        ("namespace", String),
        ("prefix", String),
        ("attribute", Bool),
        ("wrapped", Bool),
    ],
    ..BASE
};
