//! Security schemes: what each kind of them needs.

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pointer::Location;

pub(super) fn scheme(
    scheme: &Map<String, Value>,
    at: &Location<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(kind) = scheme.get("type").and_then(Value::as_str) else {
        return;
    };
    let needs: &[&str] = match kind {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        "oauth2" => &["flows"],
        "openIdConnect" => &["openIdConnectUrl"],
        _ => &[],
    };
    for keyword in needs
        .iter()
        .filter(|keyword| scheme.get(**keyword).is_none_or(Value::is_null))
    {
        let text = format!("a security scheme of the type `{kind}` needs `{keyword}`");
        let diagnostic =
            Diagnostic::error("incomplete-security-scheme", &at.pointer(), text).at_key();
        diagnostics.push(diagnostic.help(format!("add `{keyword}`")));
    }
}
