//! Names that Rust or generated code uses itself.

/// Runtime names that generated code imports.
pub(crate) const RUNTIME: &[&str] = &[
    "RawResponse",
    "ApiError",
    "Binary",
    "BodyFormat",
    "Bulk",
    "Call",
    "Client",
    "ClientBuilder",
    "ClientCredentialsFlow",
    "Complete",
    "Credential",
    "CredentialLocation",
    "Download",
    "Downloadable",
    "Envelope",
    "DecodeError",
    "IntoOptional",
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
    "UnixSeconds",
    "Upload",
    "WholeSeconds",
    "base64",
    "check",
    "each",
    "environment_variable",
    "integer",
    "list_from_json",
    "max_bytes",
    "max_items",
    "max_length",
    "maximum",
    "min_items",
    "minimum",
    "JsonOperation",
    "segment",
    "json_object",
    "json_union",
    "string_enum",
    "union_display",
];

/// Other names that generated code imports, with their modules.
pub(crate) const IMPORTED: &[(&str, &str)] = &[
    ("BTreeMap", "std::collections"),
    ("Bytes", "bytes"),
    ("Deserialize", "serde"),
    ("DeserializeOwned", "serde::de"),
    ("Serialize", "serde"),
    ("Serializer", "serde"),
    ("fmt", "std"),
];

/// Other type names that generated modules use. Types of the document get different names.
pub(super) const RESERVED_TYPES: &[&str] = &[
    // Type parameters: for the client, and of setters.
    "C",
    "M",
    // Prelude and std.
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
    // serde.
    "Deserializer",
    "Value",
    // Root of the crate.
    "AttemptOutcome",
    "AttemptRequest",
    "BulkProgress",
    "Error",
    "FailedAttempt",
    "FromHeader",
    "Hook",
    "IntoBulkItem",
    "Message",
    "PageInfo",
    "Progress",
    "RateLimit",
    "Response",
    "RetryPolicy",
    "TokenProvider",
    "UnknownValue",
];

/// Methods of every call. An argument with such a name gets an underscore.
pub(crate) const RESERVED_SETTERS: &[&str] = &[
    "batch_bytes",
    "batch_items",
    "clone",
    "concurrency",
    "deadline",
    "download",
    "exists",
    "header",
    "into_future",
    "iter",
    "max_retries",
    "new",
    "on_progress",
    "query",
    "send",
    "send_all",
    "send_iter",
    "send_optional",
    "send_stream",
    "send_with_response",
    "stream",
    "timeout",
    "with",
];

/// Methods of every client. A group with such a name gets an underscore.
pub(crate) const RESERVED_GROUPS: &[&str] = &["builder", "clone", "from_env", "new"];

/// Features and dependencies of every crate. A group with such a name gets a different feature name.
pub(crate) const RESERVED_FEATURES: &[&str] = &[
    "blocking",
    "bytes",
    "default",
    "form_urlencoded",
    "full",
    "h2",
    "http2",
    "httpdate",
    "reqwest",
    "rustls",
    "send_wrapper",
    "serde",
    "serde_json",
    "tokio",
    "tokio-io",
    "tracing",
];

/// Crates that every program has.
pub(super) const RESERVED_CRATES: &[&str] = &["alloc", "core", "proc-macro", "std", "test"];

/// Methods of every model. A field with such a name gets an underscore.
pub(crate) const RESERVED_FIELDS: &[&str] = &["check", "clone", "list_from_json", "new"];

/// Methods of binary responses and downloads. A header with such a name gets an underscore.
pub(crate) const RESERVED_HEADERS: &[&str] = &[
    "body",
    "bytes",
    "chunk",
    "clone",
    "content_length",
    "header",
    "headers",
    "into_bytes",
    "into_json",
    "into_text",
    "json",
    "new",
    "rate_limit",
    "read",
    "status",
    "text",
];

/// Methods of every group. A method with such a name gets an underscore.
pub(crate) const RESERVED_METHODS: &[&str] = &["clone", "new"];
