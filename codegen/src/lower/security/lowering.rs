//! Lowers security schemes and requirements.

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::ir::SecurityRequirements;
use crate::lower::operation_ref::operations_of;
use crate::lower::security::credentials::Credentials;
use crate::lower::security::requirements::requirements;

/// Lowers security schemes to credentials.
pub(in crate::lower) struct SecurityLowering<'a> {
    pub(in crate::lower) document: &'a Document,
    pub(in crate::lower) config: &'a Config,
    pub(in crate::lower) diagnostics: &'a mut Diagnostics,
}

impl SecurityLowering<'_> {
    /// Returns the credentials of the client and the requirements of all operations.
    pub(in crate::lower) fn credentials(&mut self) -> Credentials {
        let operations = operations_of(self.document);
        let mut credentials = if self.config.client.credentials.is_empty() {
            self.credentials_from_document(&operations)
        } else {
            self.credentials_from_config()
        };
        let mut all_requirements = operations
            .iter()
            .filter_map(|operation| requirements(self.document, operation));
        credentials.is_required =
            all_requirements.any(|list| list.iter().any(|requirement| !requirement.is_empty()));
        let by_operation: Vec<SecurityRequirements> = operations
            .iter()
            .map(|operation| {
                self.check_requirements(&credentials, operation);
                credentials.alternatives(requirements(self.document, operation))
            })
            .collect();
        let unused = credentials.assign(&by_operation);
        self.check_unused(&unused);
        credentials
    }
}
