//! The state that all parts of operation lowering share.

use std::cell::OnceCell;
use std::collections::HashSet;

use crate::config::{Config, OperationConfig};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::Document;
use crate::lower::overrides::Overrides;
use crate::lower::security::Credentials;
use crate::lower::types::TypeLowering;
use crate::names;
use crate::pointer::Pointer;

/// The document, the config, the types and the credentials of the crate.
pub(in crate::lower) struct Context<'a> {
    pub(in crate::lower) document: &'a Document,
    pub(in crate::lower) config: &'a Config,
    pub(in crate::lower) types: TypeLowering<'a>,
    pub(in crate::lower) credentials: Credentials,
    /// The `[operations]` of the config.
    pub(in crate::lower) operations: Overrides<OperationConfig>,
    /// Rust names of the component schemas, computed on first use.
    schema_names: OnceCell<HashSet<String>>,
}

impl<'a> Context<'a> {
    pub(in crate::lower) fn new(
        document: &'a Document,
        config: &'a Config,
        credentials: Credentials,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let operations = Pointer::root().key("operations");
        Self {
            document,
            config,
            types: TypeLowering::new(document, config, diagnostics),
            credentials,
            operations: Overrides::new(operations, config.operations.clone()),
            schema_names: OnceCell::new(),
        }
    }

    /// Adds a diagnostic.
    pub(in crate::lower) fn report(&mut self, diagnostic: Diagnostic) {
        self.types.diagnostics.push(diagnostic);
    }

    /// Adds a diagnostic unless it is already present. Operations that share a component report it once.
    pub(in crate::lower) fn report_once(&mut self, diagnostic: Diagnostic) {
        self.types.diagnostics.push_once(diagnostic);
    }

    /// True if a component schema has this Rust name.
    pub(in crate::lower) fn is_schema_name(&self, name: &str) -> bool {
        let used = self.schema_names.get_or_init(|| {
            let components = self.document.api.components.iter();
            let schemas = components.flat_map(|components| components.schemas.keys());
            schemas.map(|name| names::pascal(name)).collect()
        });
        used.contains(name)
    }
}
