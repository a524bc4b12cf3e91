//! Parts that all objects of OpenAPI share.

use crate::metaschema::ObjectSpec;
use crate::metaschema::ValueKind::String;

/// Defaults of an object: no required keyword, and extensions are allowed.
pub(super) const BASE: ObjectSpec = ObjectSpec {
    name: "",
    keywords: &[],
    required: &[],
    additional: None,
    extensible: true,
};

pub(super) static EXTERNAL_DOCS: ObjectSpec = ObjectSpec {
    name: "an external documentation object",
    keywords: &[("description", String), ("url", String)],
    required: &["url"],
    ..BASE
};
