//! Security requirements of operations, in terms of the credentials of the client builder.

use openapiv3::SecurityRequirement;

use crate::document::Document;
use crate::ir::{CredentialLocation, SecurityRequirements};
use crate::lower::operation_ref::OperationRef;
use crate::lower::security::credentials::Credentials;

/// Reason why no credentials satisfy a requirement.
pub(in crate::lower) enum Unsatisfied {
    /// The config has no credential for a scheme.
    NoCredential,
    /// Two credentials use the same location, for example the same header.
    SameLocation(String),
}

/// Returns the security requirements of an operation: its own, else those of the document.
pub(in crate::lower) fn requirements<'a>(
    document: &'a Document,
    operation: &OperationRef<'a>,
) -> Option<&'a [SecurityRequirement]> {
    let own = operation.operation.security.as_ref();
    own.or(document.api.security.as_ref()).map(Vec::as_slice)
}

impl Credentials {
    /// Returns the index of an operation's requirements in [`Credentials::requirements`].
    pub(in crate::lower) fn requirements_index(
        &self,
        document: &Document,
        operation: &OperationRef<'_>,
    ) -> usize {
        let alternatives = self.alternatives(requirements(document, operation));
        let mut all = self.requirements.iter();
        all.position(|other| *other == alternatives)
            .unwrap_or_default()
    }

    /// Returns the alternatives that satisfy these requirements. `None` means that the document has no `security`.
    pub(in crate::lower) fn alternatives(
        &self,
        requirements: Option<&[SecurityRequirement]>,
    ) -> SecurityRequirements {
        let mut alternatives = SecurityRequirements::new();
        match requirements {
            // Many documents declare schemes but no `security`: then every credential is optional.
            None if !self.is_required => {
                alternatives.extend((0..self.all.len()).map(|credential| vec![credential]));
                alternatives.push(Vec::new());
            }
            None | Some([]) => alternatives.push(Vec::new()),
            Some(requirements) => {
                for alternative in requirements
                    .iter()
                    .filter_map(|it| self.alternative(it).ok())
                {
                    if !alternatives.contains(&alternative) {
                        alternatives.push(alternative);
                    }
                }
                let is_required = requirements.iter().all(|it| !it.is_empty());
                if is_required && alternatives.iter().all(Vec::is_empty) {
                    alternatives.clear();
                }
            }
        }
        // The anonymous alternative is last.
        alternatives.sort_by_key(Vec::is_empty);
        alternatives
    }

    /// Returns the credentials that together satisfy one requirement.
    pub(in crate::lower) fn alternative(
        &self,
        requirement: &SecurityRequirement,
    ) -> Result<Vec<usize>, Unsatisfied> {
        let names = requirement.keys();
        let required: Vec<&String> = names
            .filter(|name| !self.unsupported.contains(name))
            .collect();
        let is_part = |schemes: &[String]| schemes.iter().all(|name| required.contains(&name));
        let is_exact = |schemes: &[String]| schemes.len() == required.len() && is_part(schemes);
        if let Some(credential) = self.schemes.iter().position(|schemes| is_exact(schemes)) {
            return Ok(vec![credential]);
        }
        let mut missing = required.clone();
        let mut credentials = Vec::new();
        for (i, schemes) in self.schemes.iter().enumerate() {
            if is_part(schemes) && schemes.iter().any(|name| missing.contains(&name)) {
                missing.retain(|name| !schemes.contains(name));
                credentials.push(i);
            }
        }
        if !missing.is_empty() {
            return Err(Unsatisfied::NoCredential);
        }
        match self.shared_location(&credentials) {
            Some(location) => Err(Unsatisfied::SameLocation(location)),
            None => Ok(credentials),
        }
    }

    /// Returns a location that two of these credentials use, which excludes sending both.
    fn shared_location(&self, credentials: &[usize]) -> Option<String> {
        let mut locations: Vec<String> = Vec::new();
        for credential in credentials.iter().filter_map(|i| self.all.get(*i)) {
            let mut own: Vec<String> = credential
                .secrets
                .iter()
                .map(|secret| describe(&secret.location))
                .collect();
            own.dedup();
            if let Some(shared) = own.iter().find(|location| locations.contains(location)) {
                return Some(shared.clone());
            }
            locations.extend(own);
        }
        None
    }
}

/// Describes where a secret is sent. Equal locations have equal descriptions.
fn describe(location: &CredentialLocation) -> String {
    match location {
        CredentialLocation::Bearer
        | CredentialLocation::BasicUser
        | CredentialLocation::BasicPassword => "the header `authorization`".to_owned(),
        CredentialLocation::Header(name) => format!("the header `{}`", name.to_lowercase()),
        CredentialLocation::Query(name) => format!("the query parameter `{name}`"),
        CredentialLocation::Cookie(name) => format!("the cookie `{name}`"),
    }
}
