//! Parameters, headers, bodies, responses and their content.

use super::common::BASE;
use super::schema::SCHEMA;
use crate::metaschema::ObjectSpec;
use crate::metaschema::ValueKind::{Any, Bool, Map, Object, OneOf, Reference, String};

pub(crate) static PARAMETER: ObjectSpec = ObjectSpec {
    name: "a parameter",
    keywords: &[
        ("name", String),
        ("in", OneOf(&["query", "header", "path", "cookie"])),
        ("description", String),
        ("required", Bool),
        ("deprecated", Bool),
        ("allowEmptyValue", Bool),
        (
            "style",
            OneOf(&[
                "matrix",
                "label",
                "form",
                "simple",
                "spaceDelimited",
                "pipeDelimited",
                "deepObject",
            ]),
        ),
        ("explode", Bool),
        ("allowReserved", Bool),
        ("schema", Reference(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&Reference(&EXAMPLE))),
        ("content", Map(&Object(&MEDIA_TYPE))),
    ],
    required: &["name", "in"],
    ..BASE
};

pub(crate) static REQUEST_BODY: ObjectSpec = ObjectSpec {
    name: "a request body",
    keywords: &[
        ("description", String),
        ("content", Map(&Object(&MEDIA_TYPE))),
        ("required", Bool),
    ],
    required: &["content"],
    ..BASE
};

pub(crate) static MEDIA_TYPE: ObjectSpec = ObjectSpec {
    name: "a media type object",
    keywords: &[
        ("schema", Reference(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&Reference(&EXAMPLE))),
        ("encoding", Map(&Object(&ENCODING))),
    ],
    ..BASE
};

pub(crate) static ENCODING: ObjectSpec = ObjectSpec {
    name: "an encoding",
    keywords: &[
        ("contentType", String),
        ("headers", Map(&Reference(&HEADER))),
        (
            "style",
            OneOf(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ),
        ("explode", Bool),
        ("allowReserved", Bool),
    ],
    ..BASE
};

pub(crate) static RESPONSE: ObjectSpec = ObjectSpec {
    name: "a response",
    keywords: &[
        ("description", String),
        ("headers", Map(&Reference(&HEADER))),
        ("content", Map(&Object(&MEDIA_TYPE))),
        ("links", Any),
    ],
    required: &["description"],
    ..BASE
};

pub(crate) static EXAMPLE: ObjectSpec = ObjectSpec {
    name: "an example object",
    keywords: &[
        ("summary", String),
        ("description", String),
        ("value", Any),
        ("externalValue", String),
    ],
    ..BASE
};

pub(crate) static HEADER: ObjectSpec = ObjectSpec {
    name: "a header",
    keywords: &[
        ("description", String),
        ("required", Bool),
        ("deprecated", Bool),
        ("allowEmptyValue", Bool),
        ("style", OneOf(&["simple"])),
        ("explode", Bool),
        ("allowReserved", Bool),
        ("schema", Reference(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&Reference(&EXAMPLE))),
        ("content", Map(&Object(&MEDIA_TYPE))),
    ],
    ..BASE
};
