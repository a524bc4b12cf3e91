//! Security schemes and requirements.

use serde_json::{Map, Value};

use super::checker::Checker;
use crate::diagnostic::{Diagnostic, Diagnostics, TreeEdit};
use crate::pointer::Location;
use crate::suggest::nearest;

/// Reports the missing keywords of a security scheme.
pub(super) fn scheme(
    scheme: &Map<String, Value>,
    at: &Location<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(kind) = scheme.get("type").and_then(Value::as_str) else {
        return;
    };
    let required: &[&str] = match kind {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        "oauth2" => &["flows"],
        "openIdConnect" => &["openIdConnectUrl"],
        _ => &[],
    };
    for keyword in required {
        if scheme.get(*keyword).is_none_or(Value::is_null) {
            let text = format!("a security scheme with the type `{kind}` needs `{keyword}`");
            let diagnostic =
                Diagnostic::error("incomplete-security-scheme", &at.pointer(), text).at_key();
            diagnostics.push(diagnostic.help(format!("add `{keyword}`")));
        }
    }
}

impl Checker<'_> {
    /// Reports requirements with an unknown security scheme.
    pub(super) fn security_requirements(
        &self,
        holder: &Map<String, Value>,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let schemes = self.root.get("components");
        let schemes = schemes.and_then(|components| components.get("securitySchemes")?.as_object());
        let list = holder.get("security").and_then(Value::as_array);
        let at = at.key("security");
        for (i, requirement) in list.into_iter().flatten().enumerate() {
            for (name, _) in requirement.as_object().into_iter().flatten() {
                if !schemes.is_some_and(|schemes| schemes.contains_key(name)) {
                    diagnostics.push(self.unknown_scheme(name, schemes, &at.index(i)));
                }
            }
        }
    }

    fn unknown_scheme(
        &self,
        name: &str,
        schemes: Option<&Map<String, Value>>,
        requirement: &Location<'_>,
    ) -> Diagnostic {
        let components = Location::Root.key("components").pointer();
        let scheme = components.key("securitySchemes").key(name);
        let text = if self.references.is_removed(&scheme) {
            format!("the security scheme `{name}` is left out")
        } else {
            format!("unknown security scheme `{name}`")
        };
        let known = schemes.into_iter().flatten().map(|(name, _)| name.as_str());
        let help = match nearest(name, known) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "describe it under `components/securitySchemes`".to_owned(),
        };
        let at = requirement.key(name).pointer();
        Diagnostic::error("unknown-security-scheme", &at, text)
            .at_key()
            .help(help)
            .fallback(
                [(requirement.pointer(), TreeEdit::Remove)],
                "this alternative is left out",
            )
    }
}
