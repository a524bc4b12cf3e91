//! Servers and their variables.

use super::common::BASE;
use crate::metaschema::ObjectSpec;
use crate::metaschema::ValueKind::{List, Map, Object, String};

pub(crate) static SERVER: ObjectSpec = ObjectSpec {
    name: "a server",
    keywords: &[
        ("url", String),
        ("description", String),
        ("variables", Map(&Object(&SERVER_VARIABLE))),
    ],
    required: &["url"],
    ..BASE
};

static SERVER_VARIABLE: ObjectSpec = ObjectSpec {
    name: "a server variable",
    keywords: &[
        ("enum", List(&String)),
        ("default", String),
        ("description", String),
    ],
    required: &["default"],
    ..BASE
};
