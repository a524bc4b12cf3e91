//! Paths, operations and their responses.

use super::common::{BASE, EXTERNAL_DOCS};
use super::content::{PARAMETER, REQUEST_BODY, RESPONSE};
use super::security::SECURITY_REQUIREMENT;
use super::server::SERVER;
use crate::metaschema::ObjectSpec;
use crate::metaschema::ValueKind::{Any, Bool, List, Object, Reference, String};

pub(crate) static PATHS: ObjectSpec = ObjectSpec {
    name: "a paths object",
    additional: Some(Reference(&PATH_ITEM)),
    ..BASE
};

pub(crate) static PATH_ITEM: ObjectSpec = ObjectSpec {
    name: "a path item",
    keywords: &[
        ("summary", String),
        ("description", String),
        ("get", Object(&OPERATION)),
        ("put", Object(&OPERATION)),
        ("post", Object(&OPERATION)),
        ("delete", Object(&OPERATION)),
        ("options", Object(&OPERATION)),
        ("head", Object(&OPERATION)),
        ("patch", Object(&OPERATION)),
        ("trace", Object(&OPERATION)),
        ("servers", List(&Object(&SERVER))),
        ("parameters", List(&Reference(&PARAMETER))),
    ],
    ..BASE
};

pub(crate) static OPERATION: ObjectSpec = ObjectSpec {
    name: "an operation",
    keywords: &[
        ("tags", List(&String)),
        ("summary", String),
        ("description", String),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
        ("operationId", String),
        ("parameters", List(&Reference(&PARAMETER))),
        ("requestBody", Reference(&REQUEST_BODY)),
        ("responses", Object(&RESPONSES)),
        // Nothing is emitted of callbacks and links, so nothing is wrong with them.
        ("callbacks", Any),
        ("deprecated", Bool),
        ("security", List(&SECURITY_REQUIREMENT)),
        ("servers", List(&Object(&SERVER))),
    ],
    required: &["responses"],
    ..BASE
};

pub(crate) static RESPONSES: ObjectSpec = ObjectSpec {
    name: "a responses object",
    additional: Some(Reference(&RESPONSE)),
    ..BASE
};
