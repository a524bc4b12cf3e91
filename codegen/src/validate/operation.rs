//! Operation ids, parameters and responses of operations.

use std::collections::HashSet;
use std::collections::hash_map::Entry;

use serde_json::{Map, Value};

use super::checker::Checker;
use crate::diagnostic::{Diagnostic, Diagnostics, TreeEdit};
use crate::pointer::Location;

impl Checker<'_> {
    pub(super) fn operation(
        &mut self,
        operation: &Map<String, Value>,
        at: &Location<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        if let Some(Value::String(id)) = operation.get("operationId") {
            self.operation_id(id, &at.key("operationId"), diagnostics);
        }
        self.parameters(operation, at, diagnostics);
        self.security_requirements(operation, at, diagnostics);
    }

    fn operation_id(&mut self, id: &str, at: &Location<'_>, diagnostics: &mut Diagnostics) {
        let at = at.pointer();
        match self.operation_ids.entry(id.to_owned()) {
            Entry::Vacant(entry) => {
                entry.insert(at);
            }
            Entry::Occupied(first) => {
                let text = format!("duplicate operationId `{id}`");
                let help = format!("it is also at {}; rename one of them", first.get());
                let diagnostic = Diagnostic::error("duplicate-operation-id", &at, text).help(help);
                diagnostics.push(diagnostic.fallback(
                    [(at, TreeEdit::Remove)],
                    "this operation gets a name from its path",
                ));
            }
        }
    }

    /// Reports duplicate parameters of an operation or a path item.
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
            let (Some(name), Some(location)) = (text("name"), text("in")) else {
                continue;
            };
            let key = if location == "header" {
                name.to_lowercase()
            } else {
                name.to_owned()
            };
            if !seen.insert((location, key)) {
                let text = format!("duplicate {location} parameter `{name}`");
                let at = at.key("parameters").index(i).pointer();
                let diagnostic = Diagnostic::error("duplicate-parameter", &at, text);
                diagnostics.push(
                    diagnostic
                        .help("remove one of them")
                        .fallback([(at, TreeEdit::Remove)], "the first one is used"),
                );
            }
        }
    }
}

/// Reports invalid statuses, and an operation without responses.
pub(super) fn responses(
    responses: &Map<String, Value>,
    at: &Location<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut statuses = responses
        .keys()
        .filter(|key| !key.starts_with("x-"))
        .peekable();
    if statuses.peek().is_none() {
        let text = "an operation without responses; its response is read as empty";
        let diagnostic = Diagnostic::warning("no-responses", &at.pointer(), text).at_key();
        diagnostics.push(diagnostic.help("describe the responses, at least `default`"));
    }
    for status in statuses.filter(|status| !is_status(status)) {
        let text = format!("`{status}` is not a status");
        let at = at.key(status).pointer();
        let help = "write `default`, a code as in `200`, or a range as in `4XX`";
        diagnostics.push(
            Diagnostic::error("invalid-status", &at, text)
                .at_key()
                .help(help),
        );
    }
}

fn is_status(key: &str) -> bool {
    let is_code = |digits: [u8; 2]| {
        digits.iter().all(u8::is_ascii_digit) || digits == *b"XX" || digits == *b"xx"
    };
    match key.as_bytes() {
        b"default" => true,
        [b'1'..=b'5', rest @ ..] => <[u8; 2]>::try_from(rest).is_ok_and(is_code),
        _ => false,
    }
}
