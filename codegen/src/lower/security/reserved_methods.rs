//! Method names that a credential cannot have.

/// Methods that every client builder has.
pub(in crate::lower) const RESERVED_BUILDER_METHODS: &[&str] = &[
    "base_url",
    "build",
    "clock",
    "clone",
    "credential",
    "default_header",
    "env",
    "http_client",
    "max_response_bytes",
    "max_retries",
    "max_retry_after",
    "new",
    "rate_limit",
    "timeout",
    "user_agent",
    "variables",
];
