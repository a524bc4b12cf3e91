//! OpenAPI version of a document.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pointer::Pointer;

/// Supported versions of OpenAPI.
#[derive(Clone, Copy)]
pub(super) enum Version {
    V3_0,
    V3_1,
}

/// Returns the version of a document, or `None` if it is not supported.
pub(super) fn version(root: &Value, diagnostics: &mut Diagnostics) -> Option<Version> {
    let at = Pointer::root();
    if !root.is_object() {
        let text = "an OpenAPI document must be an object with `openapi`, `info` and `paths`";
        let help = "begin it with its version, as in `openapi: 3.0.3`";
        diagnostics.push(Diagnostic::error("not-an-openapi-document", &at, text).help(help));
        return None;
    }
    match (version_text(root, "openapi"), version_text(root, "swagger")) {
        (Some(version), _) if has_prefix(&version, "3.0") => Some(Version::V3_0),
        (Some(version), _) if has_prefix(&version, "3.1") => Some(Version::V3_1),
        (Some(version), _) if has_prefix(&version, "3.2") => {
            let text = format!("OpenAPI {version} is read as 3.1; features of 3.2 are left out");
            let help = "each of them has a warning of its own";
            diagnostics
                .push(Diagnostic::warning("newer-version", &at.key("openapi"), text).help(help));
            Some(Version::V3_1)
        }
        (Some(version), _) => {
            let text = format!("OpenAPI {version} is not supported");
            let help = "convert the document to OpenAPI 3.0, 3.1 or 3.2";
            let at = at.key("openapi");
            diagnostics.push(Diagnostic::error("unsupported-version", &at, text).help(help));
            None
        }
        (None, Some(version)) => {
            let text = format!("Swagger {version} is not supported");
            let help = "convert the document to OpenAPI 3.0.3, for example with swagger2openapi";
            let diagnostic =
                Diagnostic::error("unsupported-version", &at.key("swagger"), text).at_key();
            diagnostics.push(diagnostic.help(help));
            None
        }
        // Validation reports the missing version with all other missing keywords.
        (None, None) => Some(Version::V3_0),
    }
}

fn version_text(root: &Value, key: &str) -> Option<String> {
    let version = root.get(key)?;
    let text = version.as_str().map(str::to_owned);
    Some(text.unwrap_or_else(|| version.to_string()))
}

fn has_prefix(version: &str, prefix: &str) -> bool {
    let rest = version.strip_prefix(prefix);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
