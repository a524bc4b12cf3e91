//! Credentials of a client.
//!
//! The store decides once, when the client is built, which credentials are sent for each security
//! requirement.

use std::cmp::Reverse;

use reqwest::header::HeaderMap;

use crate::runtime::api::auth_scheme::{Credential, SecurityRequirement, SecurityRequirements};
use crate::runtime::auth::encode::{EncodedCredential, encode};
use crate::runtime::error::{Error, Result};
use crate::runtime::http::defaults::RequestDefaults;
use crate::runtime::http::header::set_header;

/// Security requirements of an API without authentication.
const NOTHING: &[SecurityRequirements] = &[&[&[]]];

/// Credentials of a client builder, one per scheme, in the order in which they were added.
#[derive(Default)]
pub(crate) struct CredentialStore(Vec<StoredCredential>);

/// A credential that was set in code or found in the environment.
struct StoredCredential {
    credential: &'static Credential,
    is_explicit: bool,
    /// `None` if the environment variable contains a character that a header cannot contain.
    encoded: Option<EncodedCredential>,
}

impl CredentialStore {
    /// Returns the builder methods of the credentials that were set in code.
    pub(crate) fn methods(&self) -> impl Iterator<Item = &'static str> {
        self.explicit().map(|credential| credential.method)
    }

    /// Adds a credential. It replaces an earlier credential of the same scheme.
    pub(crate) fn add(&mut self, credential: &'static Credential, encoded: EncodedCredential) {
        self.0
            .retain(|stored| stored.credential.method != credential.method);
        self.0.push(StoredCredential {
            credential,
            is_explicit: true,
            encoded: Some(encoded),
        });
    }

    /// Loads credentials from the environment, unless they were set in code.
    pub(crate) fn load(
        &mut self,
        all: &[SecurityRequirements],
        read: impl Fn(&str) -> Option<String>,
    ) {
        self.0.retain(|stored| stored.is_explicit);
        for credential in distinct_credentials(all) {
            let secrets = credential.secrets.iter();
            let secrets = secrets.map(|secret| secret.variable.and_then(&read));
            if let Some(secrets) = secrets.collect::<Option<Vec<_>>>()
                && self.stored(credential).is_none()
            {
                self.0.push(StoredCredential {
                    credential,
                    is_explicit: false,
                    encoded: encode(credential, secrets).ok(),
                });
            }
        }
    }

    /// Returns the headers and query for each of the security requirements, or `None` if credentials are
    /// missing.
    ///
    /// Fails if no call could be authenticated, or if a credential that was set in code is never sent.
    pub(crate) fn resolve(
        self,
        all: &[SecurityRequirements],
        headers: &HeaderMap,
    ) -> Result<Vec<Option<RequestDefaults>>> {
        let all = if all.is_empty() { NOTHING } else { all };
        let chosen: Vec<Option<SecurityRequirement>> = all
            .iter()
            .map(|requirements| self.select(requirements))
            .collect();
        if chosen.iter().all(Option::is_none) {
            return Err(Error::config(self.missing(all)));
        }
        if let Some(text) = self.unused(all, &chosen) {
            return Err(Error::config(text));
        }
        let defaults = |requirement: &SecurityRequirement| {
            let mut defaults = RequestDefaults {
                headers: headers.clone(),
                query: String::new(),
            };
            for credential in *requirement {
                defaults.add(self.get(credential)?);
            }
            Ok(defaults)
        };
        let resolved = chosen
            .iter()
            .map(|requirement| requirement.as_ref().map(defaults).transpose());
        resolved.collect()
    }

    /// Selects one of the alternatives: most credentials from code first, then fewest from the environment,
    /// then the order of the list. An alternative with credentials takes precedence over one without.
    fn select(&self, requirements: SecurityRequirements) -> Option<SecurityRequirement> {
        let describe_alternatives = requirements
            .iter()
            .copied()
            .filter(|requirement| self.has_all(requirement));
        describe_alternatives.rev().max_by_key(|requirement| {
            let explicit = requirement
                .iter()
                .filter_map(|credential| self.stored(credential));
            let explicit = explicit.filter(|stored| stored.is_explicit).count();
            (
                !requirement.is_empty(),
                explicit,
                Reverse(requirement.len() - explicit),
            )
        })
    }

    fn explicit(&self) -> impl Iterator<Item = &'static Credential> {
        let explicit = self.0.iter().filter(|stored| stored.is_explicit);
        explicit.map(|stored| stored.credential)
    }

    fn stored(&self, credential: &Credential) -> Option<&StoredCredential> {
        self.0
            .iter()
            .find(|stored| stored.credential.method == credential.method)
    }

    fn has_all(&self, requirement: &[&Credential]) -> bool {
        requirement
            .iter()
            .all(|credential| self.stored(credential).is_some())
    }

    fn get(&self, credential: &Credential) -> Result<&EncodedCredential> {
        let encoded = self
            .stored(credential)
            .and_then(|stored| stored.encoded.as_ref());
        encoded.ok_or_else(|| {
            let variables = credential
                .secrets
                .iter()
                .filter_map(|secret| secret.variable);
            let variables = variables.collect::<Vec<_>>().join(" or ");
            Error::config(format!(
                "{variables} contains characters that a header cannot contain"
            ))
        })
    }

    /// Describes how to authenticate if no call could be authenticated.
    fn missing(&self, all: &[SecurityRequirements]) -> String {
        let what = if self.explicit().next().is_none() {
            "the client has no credentials"
        } else {
            "the credentials are incomplete"
        };
        format!(
            "{what}: use {}",
            describe_alternatives(all.iter().copied().flatten())
        )
    }

    /// Describes the problem with a credential that was set in code and is never sent.
    fn unused(
        &self,
        all: &[SecurityRequirements],
        chosen: &[Option<SecurityRequirement>],
    ) -> Option<String> {
        let unused = self.explicit().find(|credential| {
            !chosen
                .iter()
                .flatten()
                .any(|requirement| contains(requirement, credential))
        })?;
        let mut taken = all.iter().zip(chosen);
        let preferred = taken.find_map(|(requirements, chosen)| {
            let mut with = requirements
                .iter()
                .filter(|requirement| contains(requirement, unused));
            with.find(|requirement| self.has_all(requirement))?;
            chosen.as_ref()?.first().copied()
        });
        let Some(preferred) = preferred else {
            let requirements = all.iter().copied().flatten();
            let requirements = requirements.filter(|requirement| contains(requirement, unused));
            return Some(format!(
                "`{}` is set, but no call uses it alone: use {}",
                unused.method,
                describe_alternatives(requirements)
            ));
        };
        let is_first = self
            .methods()
            .find(|method| *method == unused.method || *method == preferred.method)
            == Some(unused.method);
        let (one, other) = if is_first {
            (unused, preferred)
        } else {
            (preferred, unused)
        };
        Some(format!(
            "both `{}` and `{}` are set: use one of them",
            one.method, other.method
        ))
    }
}

impl RequestDefaults {
    fn add(&mut self, encoded: &EncodedCredential) {
        for (name, value) in &encoded.headers {
            set_header(&mut self.headers, name, value);
        }
        if !self.query.is_empty() && !encoded.query.is_empty() {
            self.query.push('&');
        }
        self.query.push_str(&encoded.query);
    }
}

/// Describes how to authenticate a call whose credentials are missing.
pub(crate) fn missing_credentials(requirements: SecurityRequirements) -> String {
    format!(
        "the client has no credentials for this call: use {}",
        describe_alternatives(requirements.iter())
    )
}

fn contains(distinct: &[&Credential], credential: &Credential) -> bool {
    distinct
        .iter()
        .any(|other| other.method == credential.method)
}

/// Returns each credential once.
fn distinct_credentials(all: &[SecurityRequirements]) -> Vec<&'static Credential> {
    let mut distinct: Vec<&'static Credential> = Vec::new();
    for credential in all.iter().copied().flatten().copied().flatten() {
        if !contains(&distinct, credential) {
            distinct.push(credential);
        }
    }
    distinct
}

/// Lists alternatives by their builder methods and environment variables.
fn describe_alternatives(
    alternatives: impl Iterator<Item = &'static SecurityRequirement>,
) -> String {
    let mut texts: Vec<String> = Vec::new();
    let mut or = " or ";
    for requirement in alternatives.filter(|requirement| !requirement.is_empty()) {
        let text = requirement
            .iter()
            .map(|credential| describe(credential))
            .collect::<Vec<_>>();
        if text.len() > 1 {
            or = ", or ";
        }
        let text = text.join(" and ");
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.join(or)
}

fn describe(credential: &Credential) -> String {
    let variables: Option<Vec<_>> = credential
        .secrets
        .iter()
        .map(|secret| secret.variable)
        .collect();
    match variables {
        Some(variables) => format!("`{}` ({})", credential.method, variables.join(", ")),
        None => format!("`{}`", credential.method),
    }
}
