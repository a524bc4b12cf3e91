//! A config's text -> [`Config`], every key checked against a table.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Config;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin, Severity};
use crate::metaschema::Shape::{Count, Flag, List, Map as Entries, Object as Inner, Text, Whole};
use crate::metaschema::{Object, Shape};
use crate::pointer::{At, Pointer};
use crate::source::{self, Source};
use crate::validate::shapes::{Shapes, Visitor};

/// Most tables: these keys and no others.
const PLAIN: Object = Object {
    name: "",
    keywords: &[],
    required: &[],
    others: None,
    extensible: false,
};

static CONFIG: Object = Object {
    name: "the config",
    keywords: &[
        ("strict", Flag),
        ("crate", Inner(&CRATE)),
        ("client", Inner(&CLIENT)),
        ("errors", Inner(&ERRORS)),
        ("envelope", Inner(&ENVELOPE)),
        ("names", Inner(&NAMES)),
        ("groups", Entries(&Inner(&GROUP))),
        ("operations", Entries(&Inner(&OPERATION))),
        ("limits", Inner(&LIMITS)),
    ],
    ..PLAIN
};

static CRATE: Object = Object {
    name: "`[crate]`",
    keywords: &[
        ("name", Text),
        ("version", Text),
        ("description", Text),
        ("license", Text),
        ("repository", Text),
        ("keywords", List(&Text)),
        ("categories", List(&Text)),
        ("readme", Text),
        ("examples", Flag),
        ("group_features", Flag),
    ],
    ..PLAIN
};

static CLIENT: Object = Object {
    name: "`[client]`",
    keywords: &[
        ("base_url_variable", Text),
        ("request_id_header", Text),
        ("credentials", List(&Inner(&CREDENTIAL))),
    ],
    ..PLAIN
};

static CREDENTIAL: Object = Object {
    name: "a credential",
    keywords: &[
        ("method", Text),
        ("schemes", List(&Text)),
        ("variables", List(&Text)),
        ("docs", Text),
    ],
    required: &["method", "schemes"],
    ..PLAIN
};

static ERRORS: Object = Object {
    name: "`[errors]`",
    keywords: &[("headers", Entries(&Text))],
    ..PLAIN
};

static ENVELOPE: Object = Object {
    name: "`[envelope]`",
    keywords: &[
        ("success", Text),
        ("result", Text),
        ("errors", Text),
        ("messages", Text),
        ("info", Text),
    ],
    ..PLAIN
};

static NAMES: Object = Object {
    name: "`[names]`",
    keywords: &[
        ("strip_prefix", Text),
        ("types", Inner(&POINTERS)),
        ("arguments", Inner(&POINTERS)),
        ("variants", Inner(&POINTERS)),
    ],
    ..PLAIN
};

/// Rust names by JSON pointer.
static POINTERS: Object = Object {
    name: "a table of names",
    others: Some(Text),
    ..PLAIN
};

static GROUP: Object = Object {
    name: "a group",
    keywords: &[("docs", Text), ("methods", Entries(&Text))],
    required: &["methods"],
    ..PLAIN
};

static OPERATION: Object = Object {
    name: "an operation's settings",
    keywords: &[
        ("paging", Inner(&PAGING)),
        ("absent", List(&Whole)),
        ("idempotent", Flag),
        ("max_body_bytes", Count),
        ("max_answer_bytes", Count),
        ("choose", Inner(&CHOOSE)),
        ("bulk", Inner(&BULK)),
        ("null_result", Entries(&Text)),
    ],
    ..PLAIN
};

static PAGING: Object = Object {
    name: "`paging`",
    keywords: &[("cursor", Text), ("page", Text)],
    ..PLAIN
};

static CHOOSE: Object = Object {
    name: "`choose`",
    keywords: &[("argument", Text), ("false", Text), ("true", Text)],
    required: &["argument", "false", "true"],
    ..PLAIN
};

static BULK: Object = Object {
    name: "`bulk`",
    keywords: &[("argument", Text), ("key", Text), ("failed", Text)],
    ..PLAIN
};

/// Limits by JSON pointer.
static LIMITS: Object = Object {
    name: "`[limits]`",
    others: Some(Inner(&LIMIT)),
    ..PLAIN
};

static LIMIT: Object = Object {
    name: "a limit",
    keywords: &[
        ("max_bytes", Count),
        ("unless", Text),
        ("minimum", Flag),
        ("maximum", Flag),
        ("max_length", Flag),
        ("maxLength", Flag),
        ("segment", Flag),
        ("max_items", Flag),
        ("maxItems", Flag),
        ("min_items", Flag),
        ("minItems", Flag),
    ],
    ..PLAIN
};

impl Config {
    /// Reads a config and says everything that is wrong with it; what is wrong counts as left out.
    pub fn read(source: Option<&Source>, diagnostics: &mut Diagnostics) -> Self {
        let Some(source) = source else {
            return Self::default();
        };
        let mut own = Diagnostics::default();
        let config = source::read(source, Origin::Config, &mut own)
            .unwrap_or_else(|| Value::Object(Map::new()));
        let mut shapes = Shapes {
            origin: Origin::Config,
            unknown: Severity::Error,
            visitor: Checks,
            diagnostics: &mut own,
        };
        shapes.value(&config, Shape::Object(&CONFIG), &At::Root);
        let config = match Self::deserialize(config) {
            Ok(config) => config,
            Err(error) if !own.has_errors() => {
                own.push(Diagnostic::error(
                    "invalid-config",
                    &Pointer::root(),
                    error.to_string(),
                ));
                Self::default()
            }
            Err(_) => Self::default(),
        };
        diagnostics.extend(own.into_iter().map(Diagnostic::in_config));
        config
    }
}

/// What a table cannot say.
struct Checks;

impl Visitor for Checks {
    fn object(
        &mut self,
        kind: &'static Object,
        object: &Map<String, Value>,
        at: &At<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        match kind {
            kind if *kind == POINTERS || *kind == LIMITS => {
                let wrong = object.keys().filter_map(|key| pointer(key, &at.key(key)));
                diagnostics.extend(wrong);
            }
            kind if *kind == PAGING && object.len() != 1 => {
                diagnostics.push(
                    Diagnostic::error(
                        "paging-arguments",
                        &at.pointer(),
                        "`paging` names either `cursor` or `page`",
                    )
                    .at_key(),
                );
            }
            _ => {}
        }
    }

    fn reference(&mut self, _: &str, _: &'static Object, _: &At<'_>, _: &mut Diagnostics) {}
}

/// What is wrong with a key that is to be a JSON pointer, written the way lowering looks for it.
fn pointer(key: &str, at: &At<'_>) -> Option<Diagnostic> {
    let diagnostic =
        |text: String| Diagnostic::error("invalid-pointer", &at.pointer(), text).at_key();
    match Pointer::parse(key) {
        Some(pointer) if pointer.as_str() == key => None,
        Some(pointer) => Some(
            diagnostic(format!("`{key}` is not how this pointer is written here"))
                .help(format!("write `{pointer}`")),
        ),
        None => {
            let help = "one begins with `#/`, as in `#/components/schemas/Name`";
            Some(diagnostic(format!("`{key}` is no JSON pointer")).help(help))
        }
    }
}
