//! The document itself, its information and its components.

use super::common::{BASE, EXTERNAL_DOCS};
use super::content::{EXAMPLE, HEADER, PARAMETER, REQUEST_BODY, RESPONSE};
use super::operation::{PATH_ITEM, PATHS};
use super::schema::SCHEMA;
use super::security::{SECURITY_REQUIREMENT, SECURITY_SCHEME};
use super::server::SERVER;
use crate::metaschema::ObjectSpec;
use crate::metaschema::ValueKind::{Any, List, Map, Object, Reference, String};

pub(crate) static DOCUMENT: ObjectSpec = ObjectSpec {
    name: "an OpenAPI document",
    keywords: &[
        ("openapi", String),
        ("info", Object(&INFO)),
        ("servers", List(&Object(&SERVER))),
        ("paths", Object(&PATHS)),
        // Of 3.1.
        ("webhooks", Map(&Reference(&PATH_ITEM))),
        ("components", Object(&COMPONENTS)),
        ("security", List(&SECURITY_REQUIREMENT)),
        ("tags", List(&Object(&TAG))),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
    ],
    required: &["openapi", "info", "paths"],
    ..BASE
};

pub(crate) static INFO: ObjectSpec = ObjectSpec {
    name: "an info object",
    keywords: &[
        ("title", String),
        ("description", String),
        ("termsOfService", String),
        ("contact", Object(&CONTACT)),
        ("license", Object(&LICENSE)),
        ("version", String),
    ],
    required: &["title", "version"],
    ..BASE
};

static CONTACT: ObjectSpec = ObjectSpec {
    name: "a contact",
    keywords: &[("name", String), ("url", String), ("email", String)],
    ..BASE
};

static LICENSE: ObjectSpec = ObjectSpec {
    name: "a license",
    keywords: &[("name", String), ("url", String)],
    required: &["name"],
    ..BASE
};

pub(crate) static COMPONENTS: ObjectSpec = ObjectSpec {
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
    ..BASE
};

static TAG: ObjectSpec = ObjectSpec {
    name: "a tag",
    keywords: &[
        ("name", String),
        ("description", String),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
    ],
    required: &["name"],
    ..BASE
};
