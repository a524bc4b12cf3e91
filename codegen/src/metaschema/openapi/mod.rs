//! The objects of OpenAPI 3.0 as a table, in the order of the specification.

mod schema;
mod security;

use super::Object;
use super::Shape::Object as Inner;
use super::Shape::{Any, Flag, List, Map, Reference, Text, Word};
pub(crate) use schema::{DISCRIMINATOR, SCHEMA};
use security::REQUIREMENT;
pub(crate) use security::SECURITY_SCHEME;

/// Most objects: these keywords and extensions.
const PLAIN: Object = Object {
    name: "",
    keywords: &[],
    required: &[],
    others: None,
    extensible: true,
};

pub(crate) static DOCUMENT: Object = Object {
    name: "an OpenAPI document",
    keywords: &[
        ("openapi", Text),
        ("info", Inner(&INFO)),
        ("servers", List(&Inner(&SERVER))),
        ("paths", Inner(&PATHS)),
        // Of 3.1.
        ("webhooks", Map(&Reference(&PATH_ITEM))),
        ("components", Inner(&COMPONENTS)),
        ("security", List(&REQUIREMENT)),
        ("tags", List(&Inner(&TAG))),
        ("externalDocs", Inner(&EXTERNAL_DOCS)),
    ],
    required: &["openapi", "info", "paths"],
    ..PLAIN
};

pub(crate) static INFO: Object = Object {
    name: "an info object",
    keywords: &[
        ("title", Text),
        ("description", Text),
        ("termsOfService", Text),
        ("contact", Inner(&CONTACT)),
        ("license", Inner(&LICENSE)),
        ("version", Text),
    ],
    required: &["title", "version"],
    ..PLAIN
};

static CONTACT: Object = Object {
    name: "a contact",
    keywords: &[("name", Text), ("url", Text), ("email", Text)],
    ..PLAIN
};

static LICENSE: Object = Object {
    name: "a license",
    keywords: &[("name", Text), ("url", Text)],
    required: &["name"],
    ..PLAIN
};

pub(crate) static SERVER: Object = Object {
    name: "a server",
    keywords: &[
        ("url", Text),
        ("description", Text),
        ("variables", Map(&Inner(&SERVER_VARIABLE))),
    ],
    required: &["url"],
    ..PLAIN
};

static SERVER_VARIABLE: Object = Object {
    name: "a server variable",
    keywords: &[
        ("enum", List(&Text)),
        ("default", Text),
        ("description", Text),
    ],
    required: &["default"],
    ..PLAIN
};

pub(crate) static COMPONENTS: Object = Object {
    name: "a components object",
    keywords: &[
        ("schemas", Map(&Reference(&SCHEMA))),
        ("responses", Map(&Reference(&RESPONSE))),
        ("parameters", Map(&Reference(&PARAMETER))),
        ("examples", Map(&Reference(&EXAMPLE))),
        ("requestBodies", Map(&Reference(&REQUEST_BODY))),
        ("headers", Map(&Reference(&HEADER))),
        ("securitySchemes", Map(&Reference(&SECURITY_SCHEME))),
        ("links", Any),
        ("callbacks", Any),
        // Of 3.1: path items for `$ref`s to lead to.
        ("pathItems", Map(&Reference(&PATH_ITEM))),
    ],
    ..PLAIN
};

pub(crate) static PATHS: Object = Object {
    name: "a paths object",
    others: Some(Reference(&PATH_ITEM)),
    ..PLAIN
};

pub(crate) static PATH_ITEM: Object = Object {
    name: "a path item",
    keywords: &[
        ("summary", Text),
        ("description", Text),
        ("get", Inner(&OPERATION)),
        ("put", Inner(&OPERATION)),
        ("post", Inner(&OPERATION)),
        ("delete", Inner(&OPERATION)),
        ("options", Inner(&OPERATION)),
        ("head", Inner(&OPERATION)),
        ("patch", Inner(&OPERATION)),
        ("trace", Inner(&OPERATION)),
        ("servers", List(&Inner(&SERVER))),
        ("parameters", List(&Reference(&PARAMETER))),
    ],
    ..PLAIN
};

pub(crate) static OPERATION: Object = Object {
    name: "an operation",
    keywords: &[
        ("tags", List(&Text)),
        ("summary", Text),
        ("description", Text),
        ("externalDocs", Inner(&EXTERNAL_DOCS)),
        ("operationId", Text),
        ("parameters", List(&Reference(&PARAMETER))),
        ("requestBody", Reference(&REQUEST_BODY)),
        ("responses", Inner(&RESPONSES)),
        // Nothing is emitted of callbacks and links, so nothing is wrong with them.
        ("callbacks", Any),
        ("deprecated", Flag),
        ("security", List(&REQUIREMENT)),
        ("servers", List(&Inner(&SERVER))),
    ],
    required: &["responses"],
    ..PLAIN
};

static EXTERNAL_DOCS: Object = Object {
    name: "an external documentation object",
    keywords: &[("description", Text), ("url", Text)],
    required: &["url"],
    ..PLAIN
};

pub(crate) static PARAMETER: Object = Object {
    name: "a parameter",
    keywords: &[
        ("name", Text),
        ("in", Word(&["query", "header", "path", "cookie"])),
        ("description", Text),
        ("required", Flag),
        ("deprecated", Flag),
        ("allowEmptyValue", Flag),
        (
            "style",
            Word(&[
                "matrix",
                "label",
                "form",
                "simple",
                "spaceDelimited",
                "pipeDelimited",
                "deepObject",
            ]),
        ),
        ("explode", Flag),
        ("allowReserved", Flag),
        ("schema", Reference(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&Reference(&EXAMPLE))),
        ("content", Map(&Inner(&MEDIA_TYPE))),
    ],
    required: &["name", "in"],
    ..PLAIN
};

pub(crate) static REQUEST_BODY: Object = Object {
    name: "a request body",
    keywords: &[
        ("description", Text),
        ("content", Map(&Inner(&MEDIA_TYPE))),
        ("required", Flag),
    ],
    required: &["content"],
    ..PLAIN
};

pub(crate) static MEDIA_TYPE: Object = Object {
    name: "a media type object",
    keywords: &[
        ("schema", Reference(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&Reference(&EXAMPLE))),
        ("encoding", Map(&Inner(&ENCODING))),
    ],
    ..PLAIN
};

pub(crate) static ENCODING: Object = Object {
    name: "an encoding",
    keywords: &[
        ("contentType", Text),
        ("headers", Map(&Reference(&HEADER))),
        (
            "style",
            Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ),
        ("explode", Flag),
        ("allowReserved", Flag),
    ],
    ..PLAIN
};

pub(crate) static RESPONSES: Object = Object {
    name: "a responses object",
    others: Some(Reference(&RESPONSE)),
    ..PLAIN
};

pub(crate) static RESPONSE: Object = Object {
    name: "a response",
    keywords: &[
        ("description", Text),
        ("headers", Map(&Reference(&HEADER))),
        ("content", Map(&Inner(&MEDIA_TYPE))),
        ("links", Any),
    ],
    required: &["description"],
    ..PLAIN
};

pub(crate) static EXAMPLE: Object = Object {
    name: "an example object",
    keywords: &[
        ("summary", Text),
        ("description", Text),
        ("value", Any),
        ("externalValue", Text),
    ],
    ..PLAIN
};

pub(crate) static HEADER: Object = Object {
    name: "a header",
    keywords: &[
        ("description", Text),
        ("required", Flag),
        ("deprecated", Flag),
        ("allowEmptyValue", Flag),
        ("style", Word(&["simple"])),
        ("explode", Flag),
        ("allowReserved", Flag),
        ("schema", Reference(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&Reference(&EXAMPLE))),
        ("content", Map(&Inner(&MEDIA_TYPE))),
    ],
    ..PLAIN
};

static TAG: Object = Object {
    name: "a tag",
    keywords: &[
        ("name", Text),
        ("description", Text),
        ("externalDocs", Inner(&EXTERNAL_DOCS)),
    ],
    required: &["name"],
    ..PLAIN
};
