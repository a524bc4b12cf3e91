//! Keys of a config as a table, against which a config is validated.

use crate::metaschema::ObjectSpec;
use crate::metaschema::ValueKind::{Bool, Int, List, Map, Object, OneOf, String, UInt};

/// Defaults of a table: no required key, and no other keys.
const BASE: ObjectSpec = ObjectSpec {
    name: "",
    keywords: &[],
    required: &[],
    additional: None,
    extensible: false,
};

pub(super) static CONFIG: ObjectSpec = ObjectSpec {
    name: "the config",
    keywords: &[
        ("strict", Bool),
        ("crate", Object(&CRATE)),
        ("client", Object(&CLIENT)),
        ("errors", Object(&ERRORS)),
        ("envelope", Object(&ENVELOPE)),
        ("names", Object(&NAMES)),
        ("groups", Map(&Object(&GROUP))),
        ("handles", Map(&Object(&HANDLE))),
        ("operations", Map(&Object(&OPERATION))),
        ("limits", Object(&LIMITS)),
        ("units", Object(&UNITS)),
    ],
    ..BASE
};

static CRATE: ObjectSpec = ObjectSpec {
    name: "`[crate]`",
    keywords: &[
        ("name", String),
        ("version", String),
        ("description", String),
        ("license", String),
        ("repository", String),
        ("keywords", List(&String)),
        ("categories", List(&String)),
        ("readme", String),
        ("examples", Bool),
        ("wasm", Bool),
        ("group_features", Bool),
    ],
    ..BASE
};

static CLIENT: ObjectSpec = ObjectSpec {
    name: "`[client]`",
    keywords: &[
        ("base_url_variable", String),
        ("request_id_header", String),
        ("round_down_integers", Bool),
        ("optional_setters", Bool),
        ("credentials", List(&Object(&CREDENTIAL))),
    ],
    ..BASE
};

static CREDENTIAL: ObjectSpec = ObjectSpec {
    name: "a credential",
    keywords: &[
        ("method", String),
        ("schemes", List(&String)),
        ("variables", List(&String)),
        ("single_word", Bool),
        ("docs", String),
    ],
    required: &["method", "schemes"],
    ..BASE
};

static ERRORS: ObjectSpec = ObjectSpec {
    name: "`[errors]`",
    keywords: &[("headers", Map(&String)), ("statuses", Map(&String))],
    ..BASE
};

static ENVELOPE: ObjectSpec = ObjectSpec {
    name: "`[envelope]`",
    keywords: &[
        ("success", String),
        ("result", String),
        ("errors", String),
        ("messages", String),
        ("info", String),
    ],
    ..BASE
};

static NAMES: ObjectSpec = ObjectSpec {
    name: "`[names]`",
    keywords: &[
        ("strip_prefix", String),
        ("types", Object(&POINTERS)),
        ("arguments", Object(&POINTERS)),
        ("variants", Object(&POINTERS)),
        ("accessors", Object(&POINTERS)),
    ],
    ..BASE
};

/// Rust names by JSON pointer.
pub(super) static POINTERS: ObjectSpec = ObjectSpec {
    name: "a table of names",
    additional: Some(String),
    ..BASE
};

static GROUP: ObjectSpec = ObjectSpec {
    name: "a group",
    keywords: &[("docs", String), ("methods", Map(&String))],
    required: &["methods"],
    ..BASE
};

static HANDLE: ObjectSpec = ObjectSpec {
    name: "a handle",
    keywords: &[
        ("docs", String),
        ("parameters", List(&String)),
        ("variables", List(&String)),
        ("groups", List(&String)),
    ],
    required: &["parameters", "groups"],
    ..BASE
};

static OPERATION: ObjectSpec = ObjectSpec {
    name: "an operation's settings",
    keywords: &[
        ("paging", Object(&PAGING)),
        ("not_found_codes", List(&Int)),
        ("idempotent", Bool),
        ("max_body_bytes", UInt),
        ("max_response_bytes", UInt),
        ("choose", Object(&CHOOSE)),
        ("bulk", Object(&BULK)),
        ("null_result", Map(&String)),
    ],
    ..BASE
};

pub(super) static PAGING: ObjectSpec = ObjectSpec {
    name: "`paging`",
    keywords: &[("cursor", String), ("page", String)],
    ..BASE
};

static CHOOSE: ObjectSpec = ObjectSpec {
    name: "`choose`",
    keywords: &[("argument", String), ("false", String), ("true", String)],
    required: &["argument", "false", "true"],
    ..BASE
};

static BULK: ObjectSpec = ObjectSpec {
    name: "`bulk`",
    keywords: &[
        ("argument", String),
        ("key", String),
        ("failed", String),
        ("batch_items", UInt),
        ("batch_bytes", UInt),
        ("halve_on", List(&Int)),
        ("from_json", Bool),
        ("base64", Object(&BASE64)),
    ],
    ..BASE
};

static BASE64: ObjectSpec = ObjectSpec {
    name: "`base64`",
    keywords: &[("value", String), ("flag", String)],
    required: &["value", "flag"],
    ..BASE
};

/// Limits by JSON pointer.
pub(super) static LIMITS: ObjectSpec = ObjectSpec {
    name: "`[limits]`",
    additional: Some(Object(&LIMIT)),
    ..BASE
};

static LIMIT: ObjectSpec = ObjectSpec {
    name: "a limit",
    keywords: &[
        ("max_bytes", UInt),
        ("unless", String),
        ("minimum", Bool),
        ("maximum", Bool),
        ("max_length", Bool),
        ("maxLength", Bool),
        ("segment", Bool),
        ("max_items", Bool),
        ("maxItems", Bool),
        ("min_items", Bool),
        ("minItems", Bool),
    ],
    ..BASE
};

/// Units by JSON pointer.
pub(super) static UNITS: ObjectSpec = ObjectSpec {
    name: "`[units]`",
    additional: Some(OneOf(&["seconds", "unix-seconds"])),
    ..BASE
};
