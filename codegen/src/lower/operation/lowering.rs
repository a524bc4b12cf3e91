//! The state of operation lowering.

use std::cell::OnceCell;
use std::collections::HashSet;

use crate::config::{Config, OperationConfig};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::Document;
use crate::lower::overrides::Overrides;
use crate::lower::security::credentials::Credentials;
use crate::lower::types::TypeLowering;
use crate::pointer::Pointer;

/// Lowers operations and webhooks. Their types are lowered by [`TypeLowering`].
pub(in crate::lower) struct OperationLowering<'a> {
    pub(in crate::lower) document: &'a Document,
    pub(in crate::lower) config: &'a Config,
    pub(in crate::lower) types: TypeLowering<'a>,
    pub(in crate::lower) credentials: Credentials,
    /// The `[operations]` of the config.
    pub(in crate::lower) operations: Overrides<OperationConfig>,
    /// Rust names of the component schemas, computed on first use.
    pub(in crate::lower) schema_names: OnceCell<HashSet<String>>,
}

impl<'a> OperationLowering<'a> {
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
}
