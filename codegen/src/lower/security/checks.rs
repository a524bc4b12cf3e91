//! Diagnostics about security requirements and credentials that do not match.

use openapiv3::SecurityRequirement;

use crate::diagnostic::Diagnostic;
use crate::ir::Credential;
use crate::lower::operation_ref::OperationRef;
use crate::lower::security::credentials::Credentials;
use crate::lower::security::lowering::SecurityLowering;
use crate::lower::security::requirements::{Unsatisfied, requirements};
use crate::pointer::Pointer;

impl<'a> SecurityLowering<'a> {
    /// Warns about security requirements that no credential satisfies.
    pub(in crate::lower) fn check_requirements(
        &mut self,
        credentials: &Credentials,
        operation: &OperationRef<'a>,
    ) {
        let requirements = requirements(self.document, operation).unwrap_or_default();
        let has_own = operation.operation.security.is_some();
        let parent = if has_own {
            operation.at.clone()
        } else {
            Pointer::root()
        };
        let at = parent.key("security");
        for (i, requirement) in requirements.iter().enumerate() {
            if let Err(reason) = credentials.alternative(requirement) {
                let diagnostic = unsatisfied(&at.index(i), requirement, &reason);
                self.diagnostics.push_once(diagnostic);
            }
        }
    }

    /// Warns about credentials of the config that no operation uses.
    pub(in crate::lower) fn check_unused(&mut self, unused: &[Credential]) {
        let at = Pointer::root().key("client").key("credentials");
        for (i, credential) in self.config.client.credentials.iter().enumerate() {
            let method = &credential.method;
            if unused.iter().any(|other| other.method == *method) {
                let text = format!(
                    "no operation uses the credential `{method}`; the credential is left out"
                );
                let help = "`schemes` must match a security requirement of the document";
                let diagnostic = Diagnostic::warning("unused-credential", &at.index(i), text);
                self.diagnostics.push(diagnostic.in_config().help(help));
            }
        }
    }
}

fn unsatisfied(
    at: &Pointer,
    requirement: &SecurityRequirement,
    reason: &Unsatisfied,
) -> Diagnostic {
    match reason {
        Unsatisfied::NoCredential => {
            let text = "no credential of the config satisfies this security requirement; the requirement is left out";
            let names: Vec<String> = requirement.keys().map(|name| format!("{name:?}")).collect();
            let help = format!(
                "add a `[[client.credentials]]` table with `schemes = [{}]` to the config",
                names.join(", ")
            );
            Diagnostic::warning("unmatched-security-requirement", at, text).help(help)
        }
        Unsatisfied::SameLocation(location) => {
            let text = format!(
                "two schemes of this security requirement use {location}; the requirement is left out"
            );
            let help = "if one of the schemes is enough, list them as separate requirements";
            Diagnostic::warning("conflicting-credentials", at, text).help(help)
        }
    }
}
