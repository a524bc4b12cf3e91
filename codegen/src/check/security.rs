//! Security schemes: what each kind of them needs.

use serde_json::{Map, Value};

use crate::pointer::At;
use crate::problem::{Problem, Problems};

pub(super) fn scheme(scheme: &Map<String, Value>, at: &At<'_>, problems: &mut Problems) {
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
        let problem = Problem::error(&at.pointer(), text).at_key();
        problems.push(problem.help(format!("add `{keyword}`")));
    }
}
