//! Method names that a credential cannot have.

/// Methods that every client builder has.
pub(in crate::lower) const RESERVED_BUILDER_METHODS: &[&str] = &[
    "allow_insecure_http",
    "base_url",
    "build",
    "clock",
    "clone",
    "credential",
    "default_header",
    "env",
    "hook",
    "http_client",
    "http_client_builder",
    "max_response_bytes",
    "max_retries",
    "max_retry_after",
    "new",
    "rate_limit",
    "retry_policy",
    "timeout",
    "token_provider",
    "user_agent",
    "variables",
];
