//! Security schemes and requirements.

use super::common::BASE;
use crate::metaschema::ValueKind::{List, Map, Object, OneOf, String};
use crate::metaschema::{ObjectSpec, ValueKind};

pub(crate) static SECURITY_SCHEME: ObjectSpec = ObjectSpec {
    name: "a security scheme",
    keywords: &[
        (
            "type",
            OneOf(&["apiKey", "http", "oauth2", "openIdConnect"]),
        ),
        ("description", String),
        ("name", String),
        ("in", OneOf(&["query", "header", "cookie"])),
        ("scheme", String),
        ("bearerFormat", String),
        ("flows", Object(&FLOWS)),
        ("openIdConnectUrl", String),
    ],
    required: &["type"],
    ..BASE
};

static FLOWS: ObjectSpec = ObjectSpec {
    name: "an OAuth flows object",
    keywords: &[
        ("implicit", Object(&IMPLICIT_FLOW)),
        ("password", Object(&TOKEN_FLOW)),
        ("clientCredentials", Object(&TOKEN_FLOW)),
        ("authorizationCode", Object(&CODE_FLOW)),
    ],
    ..BASE
};

/// A flow that asks the user's browser for a token.
static IMPLICIT_FLOW: ObjectSpec = ObjectSpec {
    name: "an implicit OAuth flow",
    keywords: &[
        ("authorizationUrl", String),
        ("refreshUrl", String),
        ("scopes", Map(&String)),
    ],
    required: &["authorizationUrl", "scopes"],
    ..BASE
};

/// A flow that asks a server for a token.
static TOKEN_FLOW: ObjectSpec = ObjectSpec {
    name: "an OAuth flow",
    keywords: &[
        ("tokenUrl", String),
        ("refreshUrl", String),
        ("scopes", Map(&String)),
    ],
    required: &["tokenUrl", "scopes"],
    ..BASE
};

/// A flow that asks both.
static CODE_FLOW: ObjectSpec = ObjectSpec {
    name: "an authorization code OAuth flow",
    keywords: &[
        ("authorizationUrl", String),
        ("tokenUrl", String),
        ("refreshUrl", String),
        ("scopes", Map(&String)),
    ],
    required: &["authorizationUrl", "tokenUrl", "scopes"],
    ..BASE
};

/// Security schemes and the scopes asked of each.
pub(crate) static SECURITY_REQUIREMENT: ValueKind = Map(&List(&String));
