//! Credentials for the security schemes of the document.

use indexmap::{IndexMap, IndexSet};

use crate::ir::{Credential, Secret};
use crate::lower::operation_ref::OperationRef;
use crate::lower::package;
use crate::lower::security::credentials::Credentials;
use crate::lower::security::lowering::SecurityLowering;
use crate::lower::security::requirements::requirements;
use crate::lower::security::reserved_methods::RESERVED_BUILDER_METHODS;
use crate::lower::security::unique_names::claim_numbered;
use crate::lower::security::variables::Variables;
use crate::names::{self, Scope};

impl<'a> SecurityLowering<'a> {
    /// Returns one credential for each scheme that an operation requires. If no operation requires a scheme, for each
    /// scheme.
    pub(in crate::lower) fn credentials_from_document(
        &mut self,
        operations: &[OperationRef<'a>],
    ) -> Credentials {
        let mut credentials = Credentials::default();
        let mut methods = Scope::default();
        let mut variables = Variables::new(
            &package::name(self.document, self.config),
            package::base_url_variable(self.document, self.config),
        );
        for scheme in self.required_schemes(operations) {
            let secrets = self.secrets(&scheme);
            if secrets.is_empty() {
                credentials.unsupported.push(scheme);
                continue;
            }
            let method = names::snake(&scheme, RESERVED_BUILDER_METHODS);
            let method = claim_numbered(&mut methods, method);
            let secrets = secrets.into_iter().map(|secret| Secret {
                variable: Some(variables.name(&method, &secret.argument, &secret.location)),
                argument: secret.argument,
                location: secret.location,
            });
            let credential = Credential {
                single_word: false,
                secrets: secrets.collect(),
                docs: self.scheme_docs(&scheme),
                client_credentials: self.client_credentials(&scheme),
                method,
            };
            credentials.add(credential, vec![scheme]);
        }
        credentials
    }

    /// Returns the schemes that get a credential, in document order.
    fn required_schemes(&self, operations: &[OperationRef<'a>]) -> Vec<String> {
        let lists = operations
            .iter()
            .filter_map(|operation| requirements(self.document, operation));
        let required: IndexSet<&String> = lists.flatten().flat_map(IndexMap::keys).collect();
        if required.is_empty() {
            let components = self.document.api.components.iter();
            let names = components.flat_map(|components| components.security_schemes.keys());
            return names.cloned().collect();
        }
        let global = self.document.api.security.iter().flatten();
        let global = global.flat_map(IndexMap::keys);
        let first: IndexSet<&String> = global.filter(|name| required.contains(name)).collect();
        let all = first.union(&required);
        all.map(|name| (*name).clone()).collect()
    }
}
