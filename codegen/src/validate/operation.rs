//! Operations: their ids, parameters, answers and security.

use std::collections::HashSet;
use std::collections::hash_map::Entry;

use serde_json::{Map, Value};

use super::Checks;
use super::references::lookup;
use crate::diagnostic::{Diagnostic, Diagnostics, TreeEdit};
use crate::pointer::Location;
use crate::suggest::nearest_few;

impl Checks<'_> {
    pub(super) fn operation(
        &mut self,
        operation: &Map<String, Value>,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        if let Some(Value::String(id)) = operation.get("operationId") {
            let at = at.key("operationId").pointer();
            match self.operations.entry(id.clone()) {
                Entry::Vacant(entry) => {
                    entry.insert(at);
                }
                Entry::Occupied(first) => {
                    let diagnostic = Diagnostic::error(
                        "duplicate-operation-id",
                        &at,
                        format!("the operationId `{id}` is used twice"),
                    )
                    .fallback([(at, TreeEdit::Remove)], "this one is named by its path");
                    diagnostics.push(diagnostic.help(format!(
                        "it is also at {}; give one of them another",
                        first.get()
                    )));
                }
            }
        }
        self.parameters(operation, at, diagnostics);
        self.security(operation, at, diagnostics);
    }

    /// Parameters of a list that are the same.
    pub(super) fn parameters(
        &self,
        holder: &Map<String, Value>,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let list = holder.get("parameters").and_then(Value::as_array);
        let mut seen = HashSet::new();
        for (i, parameter) in list.into_iter().flatten().enumerate() {
            let text = |key| self.references.follow(parameter)?.get(key)?.as_str();
            let (Some(name), Some(place)) = (text("name"), text("in")) else {
                continue;
            };
            let same = if place == "header" {
                name.to_lowercase()
            } else {
                name.to_owned()
            };
            if !seen.insert((place, same)) {
                let text = format!("the {place} parameter `{name}` is declared twice");
                let at = at.key("parameters").index(i).pointer();
                let diagnostic =
                    Diagnostic::error("duplicate-parameter", &at, text).help("remove one of them");
                diagnostics
                    .push(diagnostic.fallback([(at, TreeEdit::Remove)], "the first one counts"));
            }
        }
    }

    /// Security schemes that do not exist.
    pub(super) fn security(
        &self,
        holder: &Map<String, Value>,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let components = Location::Root.key("components");
        let schemes = lookup(self.root, &components.key("securitySchemes").pointer())
            .and_then(Value::as_object);
        let list = holder.get("security").and_then(Value::as_array);
        for (i, requirement) in list.into_iter().flatten().enumerate() {
            for (name, _) in requirement.as_object().into_iter().flatten() {
                if schemes.is_some_and(|schemes| schemes.contains_key(name)) {
                    continue;
                }
                let place = at.key("security");
                let place = place.index(i);
                let described = components.key("securitySchemes");
                let described = described.key(name).pointer();
                let text = if self.references.is_left_out(&described) {
                    format!("the security scheme `{name}` is left out")
                } else {
                    format!("there is no security scheme `{name}`")
                };
                let diagnostic =
                    Diagnostic::error("unknown-security-scheme", &place.key(name).pointer(), text)
                        .fallback(
                            [(place.pointer(), TreeEdit::Remove)],
                            "this way to authenticate is left out",
                        );
                let known = schemes.into_iter().flatten().map(|(name, _)| name.as_str());
                diagnostics.push(
                    diagnostic
                        .at_key()
                        .help(match nearest_few(name, known, 1)[..] {
                            [meant] => format!("did you mean `{meant}`?"),
                            _ => "describe it under `components/securitySchemes`".to_owned(),
                        }),
                );
            }
        }
    }
}

/// Answers are told apart by status.
pub(super) fn responses(
    responses: &Map<String, Value>,
    at: &Location<'_>,
    diagnostics: &mut Diagnostics,
) {
    let statuses = responses.keys().filter(|status| !status.starts_with("x-"));
    let mut none = true;
    for status in statuses {
        none = false;
        if !is_status(status) {
            let diagnostic = Diagnostic::error(
                "invalid-status",
                &at.key(status).pointer(),
                format!("`{status}` is no status"),
            );
            diagnostics.push(
                diagnostic
                    .at_key()
                    .help("a status is `default`, one code as in `200`, or a range as in `4XX`"),
            );
        }
    }
    if none {
        let text = "an operation without any response; its answer is taken to hold nothing";
        let diagnostic = Diagnostic::warning("no-responses", &at.pointer(), text);
        diagnostics.push(
            diagnostic
                .at_key()
                .help("describe what comes back, at least `default`"),
        );
    }
}

fn is_status(key: &str) -> bool {
    let code = |digits: [u8; 2]| {
        digits.iter().all(u8::is_ascii_digit) || digits == *b"XX" || digits == *b"xx"
    };
    match key.as_bytes() {
        b"default" => true,
        [b'1'..=b'5', rest @ ..] => <[u8; 2]>::try_from(rest).is_ok_and(code),
        _ => false,
    }
}
