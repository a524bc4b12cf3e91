//! What is wrong with a config beside this document: entries that nothing asks for, names that cannot be.

use crate::diagnostic::Diagnostic;
use crate::lower::Lowering;
use crate::names;
use crate::pointer::Pointer;

/// What to do about an entry of the config that stands for no place.
const PLACE: &str = "remove the entry, or correct it to a place of the document";

impl Lowering<'_> {
    /// Entries of the config that nothing asked for, and names that Rust does not take.
    pub(in crate::lower) fn check_config(&mut self) {
        let mut found = self.bad_names();
        if !self.document.partial {
            found.extend(self.names.types.unused("type that is emitted", PLACE));
            found.extend(
                self.names
                    .arguments
                    .unused("argument or property that is emitted", PLACE),
            );
            found.extend(self.names.variants.unused("variant that is emitted", PLACE));
            found.extend(self.operations.unused(
                "operation",
                "remove the entry, or correct it to an operationId of the document",
            ));
            found.extend(
                self.limits
                    .unused("schema of something that is sent", PLACE),
            );
        }
        self.diagnostics.extend(found);
    }

    fn bad_names(&self) -> Vec<Diagnostic> {
        let config = self.config;
        let root = Pointer::root();
        let tables = [
            ("types", &config.names.types),
            ("arguments", &config.names.arguments),
            ("variants", &config.names.variants),
        ];
        let mut given: Vec<(Pointer, &String)> = Vec::new();
        for (table, entries) in tables {
            given.extend(
                entries
                    .iter()
                    .map(|(key, name)| (root.key("names").key(table).key(key), name)),
            );
        }
        for (group, entries) in &config.groups {
            let at = root.key("groups").key(group);
            given.extend(
                entries
                    .methods
                    .keys()
                    .map(|method| (at.key("methods").key(method), method)),
            );
            given.push((at, group));
        }
        let credentials = config.client.credentials.iter().enumerate();
        given.extend(credentials.map(|(i, credential)| {
            (
                root.key("client").key("credentials").index(i).key("method"),
                &credential.method,
            )
        }));
        given.extend(
            config
                .errors
                .headers
                .keys()
                .map(|method| (root.key("errors").key("headers").key(method), method)),
        );
        // A group is a module, and a module a file.
        let groups = root.key("groups");
        let bad = given.into_iter().filter(|(at, name)| {
            let is_group = at.parent().is_some_and(|around| around == groups);
            !names::is_identifier(name) || (is_group && !name.is_ascii())
        });
        bad.map(|(at, name)| {
            let diagnostic = Diagnostic::error(
                "invalid-rust-name",
                &at,
                format!("`{name}` is no name that Rust takes"),
            );
            diagnostic
                .in_config()
                .help("write one of small letters, digits and `_` that is no keyword")
        })
        .chain(self.bad_headers())
        .chain(self.bad_package())
        .collect()
    }

    /// What HTTP would not take for the name of a header.
    fn bad_headers(&self) -> Vec<Diagnostic> {
        let (client, errors) = (&self.config.client, &self.config.errors);
        let root = Pointer::root();
        let request_id = client.request_id_header.iter();
        let request_id = request_id.map(|name| (root.key("client").key("request_id_header"), name));
        let at = root.key("errors").key("headers");
        let of_errors = errors.headers.iter();
        let of_errors = of_errors.map(|(method, name)| (at.key(method), name));
        let bad = request_id
            .chain(of_errors)
            .filter(|(_, name)| !is_header_name(name));
        bad.map(|(at, name)| {
            let diagnostic = Diagnostic::error(
                "invalid-header-name",
                &at,
                format!("`{name}` is no name of a header"),
            );
            diagnostic
                .in_config()
                .help("write one of letters, digits and `-`, as in `x-request-id`")
        })
        .collect()
    }
}

pub(in crate::lower) fn is_header_name(name: &str) -> bool {
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !name.is_empty() && name.bytes().all(is_token)
}
