//! Names that emitted code or Rust has for itself.

/// Names of the runtime that emitted code uses.
pub(crate) const RUNTIME: &[&str] = &[
    "RawResponse",
    "ApiError",
    "Binary",
    "BodyFormat",
    "Bulk",
    "Call",
    "Client",
    "ClientBuilder",
    "Credential",
    "CredentialLocation",
    "Download",
    "Downloadable",
    "Envelope",
    "DecodeError",
    "Json",
    "JsonArray",
    "Merge",
    "Meta",
    "Nullable",
    "Operation",
    "Page",
    "Paged",
    "Paging",
    "ParamLocation",
    "ValidationError",
    "Request",
    "Secret",
    "Settings",
    "Style",
    "Upload",
    "builder",
    "check",
    "each",
    "integer",
    "max_bytes",
    "max_items",
    "max_length",
    "maximum",
    "min_items",
    "minimum",
    "operations",
    "segment",
    "object",
    "words",
];

/// Other names that emitted code imports, and the modules that have them.
pub(crate) const IMPORTED: &[(&str, &str)] = &[
    ("BTreeMap", "std::collections"),
    ("Bytes", "bytes"),
    ("Deserialize", "serde"),
    ("DeserializeOwned", "serde::de"),
    ("Serialize", "serde"),
    ("Serializer", "serde"),
    ("fmt", "std"),
];

/// Other names of types that emitted modules use themselves. A type of the document has none of all these.
pub(super) const TAKEN_TYPES: &[&str] = &[
    // The type of the client, wherever it is left open.
    "C",
    // The prelude and std.
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Display",
    "Duration",
    "Eq",
    "Err",
    "From",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Self",
    "Send",
    "Some",
    "String",
    "Sync",
    "ToString",
    "Vec",
    // Of serde.
    "Deserializer",
    "Value",
    // Of the root of the crate.
    "Error",
    "FromHeader",
    "Message",
    "PageInfo",
    "Progress",
    "RateLimit",
    "Response",
];

/// What every call offers: an argument of such a name gets an underscore.
pub(crate) const TAKEN_SETTERS: &[&str] = &[
    "clone",
    "concurrency",
    "download",
    "header",
    "iter",
    "max_retries",
    "new",
    "query",
    "send",
    "send_all",
    "send_optional",
    "send_with_response",
    "stream",
    "timeout",
];

/// What every client offers: a group of such a name gets an underscore.
pub(crate) const TAKEN_GROUPS: &[&str] = &["builder", "clone", "from_env", "new"];

/// Features of every crate, and what it depends on: the feature of a group of such a name gets another.
pub(crate) const TAKEN_FEATURES: &[&str] = &[
    "blocking",
    "bytes",
    "default",
    "form_urlencoded",
    "full",
    "httpdate",
    "reqwest",
    "rustls",
    "serde",
    "serde_json",
    "tokio",
    "tracing",
];

/// What crates that every program has are called, beside Rust's own words and what emitted crates depend on.
pub(super) const TAKEN_CRATES: &[&str] = &["alloc", "core", "proc-macro", "std", "test"];

/// What every model offers: a field of such a name gets an underscore.
pub(crate) const TAKEN_FIELDS: &[&str] = &["check", "clone", "new"];

/// What content that is received as it is offers, whole or as it comes: a header of such a name gets an underscore.
pub(crate) const TAKEN_HEADERS: &[&str] = &[
    "body",
    "bytes",
    "chunk",
    "clone",
    "content_length",
    "header",
    "headers",
    "into_bytes",
    "json",
    "new",
    "rate_limit",
    "read",
    "status",
    "text",
];

/// What every group offers: a method of such a name gets an underscore.
pub(crate) const TAKEN_METHODS: &[&str] = &["clone", "new"];
