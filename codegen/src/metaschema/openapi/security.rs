//! Security schemes.

use super::super::Shape::Object as Inner;
use super::super::Shape::{List, Map, Text, Word};
use super::super::{Object, Shape};
use super::PLAIN;

pub(crate) static SECURITY_SCHEME: Object = Object {
    name: "a security scheme",
    keywords: &[
        ("type", Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
        ("description", Text),
        ("name", Text),
        ("in", Word(&["query", "header", "cookie"])),
        ("scheme", Text),
        ("bearerFormat", Text),
        ("flows", Inner(&FLOWS)),
        ("openIdConnectUrl", Text),
    ],
    required: &["type"],
    ..PLAIN
};

static FLOWS: Object = Object {
    name: "an OAuth flows object",
    keywords: &[
        ("implicit", Inner(&IMPLICIT_FLOW)),
        ("password", Inner(&TOKEN_FLOW)),
        ("clientCredentials", Inner(&TOKEN_FLOW)),
        ("authorizationCode", Inner(&CODE_FLOW)),
    ],
    ..PLAIN
};

/// A flow that asks the user's browser for a token.
static IMPLICIT_FLOW: Object = Object {
    name: "an implicit OAuth flow",
    keywords: &[
        ("authorizationUrl", Text),
        ("refreshUrl", Text),
        ("scopes", Map(&Text)),
    ],
    required: &["authorizationUrl", "scopes"],
    ..PLAIN
};

/// A flow that asks a server for a token.
static TOKEN_FLOW: Object = Object {
    name: "an OAuth flow",
    keywords: &[
        ("tokenUrl", Text),
        ("refreshUrl", Text),
        ("scopes", Map(&Text)),
    ],
    required: &["tokenUrl", "scopes"],
    ..PLAIN
};

/// A flow that asks both.
static CODE_FLOW: Object = Object {
    name: "an authorization code OAuth flow",
    keywords: &[
        ("authorizationUrl", Text),
        ("tokenUrl", Text),
        ("refreshUrl", Text),
        ("scopes", Map(&Text)),
    ],
    required: &["authorizationUrl", "tokenUrl", "scopes"],
    ..PLAIN
};

/// Security schemes and the scopes asked of each.
pub(super) static REQUIREMENT: Shape = Map(&List(&Text));
