//! Credentials of a client.
//!
//! The store decides once, when the client is built, which credentials are sent for each security requirement.

use std::cmp::Reverse;

use reqwest::header::HeaderMap;

use crate::runtime::api::auth_scheme::{Credential, SecurityRequirement, SecurityRequirements};
use crate::runtime::auth::check::{InvalidSecret, can_be_empty, check_variable};
use crate::runtime::auth::describe::{describe_alternatives, describe_incomplete};
use crate::runtime::auth::encode::{EncodedCredential, encode};
use crate::runtime::error::{Error, Result};
use crate::runtime::http::defaults::RequestDefaults;
use crate::runtime::http::header::set_header;

/// Security requirements of an API without authentication.
const NOTHING: &[SecurityRequirements] = &[&[&[]]];

/// Credentials of a client builder, one per scheme, in the order in which they were added.
#[derive(Default)]
pub(crate) struct CredentialStore {
    stored: Vec<StoredCredential>,
    /// Descriptions of credentials that are only partly set in the environment.
    incomplete: Vec<String>,
}

/// A credential that was set in code or found in the environment.
pub(crate) struct StoredCredential {
    credential: &'static Credential,
    is_explicit: bool,
    /// A description of the fault if an environment variable is invalid.
    pub(crate) encoded: Result<EncodedCredential, String>,
}

impl CredentialStore {
    /// Returns the builder methods of the credentials that were set in code.
    pub(crate) fn methods(&self) -> impl Iterator<Item = &'static str> {
        self.explicit().map(|credential| credential.method)
    }

    /// Adds a credential. It replaces an earlier credential of the same scheme.
    pub(crate) fn add(&mut self, credential: &'static Credential, encoded: EncodedCredential) {
        self.stored
            .retain(|stored| stored.credential.method != credential.method);
        self.stored.push(StoredCredential {
            credential,
            is_explicit: true,
            encoded: Ok(encoded),
        });
    }

    /// Loads credentials from the environment, unless they were set in code.
    pub(crate) fn load(
        &mut self,
        all: &[SecurityRequirements],
        read: impl Fn(&str) -> Option<String>,
    ) {
        self.stored.retain(|stored| stored.is_explicit);
        self.incomplete.clear();
        for credential in distinct_credentials(all) {
            let variables = credential.secrets.iter();
            let variables = variables.map(|secret| secret.variable.and_then(&read));
            let variables: Vec<_> = variables.collect();
            self.incomplete
                .extend(describe_incomplete(credential, &variables));
            if let Some(secrets) = complete(credential, variables)
                && self.stored(credential).is_none()
            {
                let encoded = encode_variables(credential, secrets).map_err(|invalid| {
                    format!("{}: {invalid}", invalid.variable().unwrap_or_default())
                });
                self.stored.push(StoredCredential {
                    credential,
                    is_explicit: false,
                    encoded,
                });
            }
        }
    }

    /// Returns the headers and query for each of the security requirements, or `None` if credentials are missing.
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
                #[cfg(feature = "part-tokens")]
                uses_token: false,
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
        let alternatives = requirements
            .iter()
            .copied()
            .filter(|requirement| self.has_all(requirement));
        alternatives.rev().max_by_key(|requirement| {
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

    pub(crate) fn explicit(&self) -> impl Iterator<Item = &'static Credential> {
        let explicit = self.stored.iter().filter(|stored| stored.is_explicit);
        explicit.map(|stored| stored.credential)
    }

    pub(crate) fn stored(&self, credential: &Credential) -> Option<&StoredCredential> {
        self.stored
            .iter()
            .find(|stored| stored.credential.method == credential.method)
    }

    fn has_all(&self, requirement: &[&Credential]) -> bool {
        requirement
            .iter()
            .all(|credential| self.stored(credential).is_some())
    }

    fn get(&self, credential: &Credential) -> Result<&EncodedCredential> {
        match self.stored(credential).map(|stored| &stored.encoded) {
            Some(Ok(encoded)) => Ok(encoded),
            Some(Err(fault)) => Err(Error::config(fault.as_str())),
            None => Err(Error::config(format!("`{}` is missing", credential.method))),
        }
    }

    /// Describes how to authenticate if no call could be authenticated.
    fn missing(&self, all: &[SecurityRequirements]) -> String {
        let what = if self.explicit().next().is_none() {
            "the client has no credentials"
        } else {
            "the credentials are incomplete"
        };
        let mut notes = self.incomplete.clone();
        let alternatives = describe_alternatives(all.iter().copied().flatten());
        notes.push(format!("use {alternatives}"));
        format!("{what}: {}", notes.join("; "))
    }

    /// Describes the problem with a credential that was set in code and is never sent.
    fn unused(
        &self,
        all: &[SecurityRequirements],
        chosen: &[Option<SecurityRequirement>],
    ) -> Option<String> {
        let unused = self.explicit().find(|credential| {
            #[cfg(feature = "part-tokens")]
            if self.is_provided(credential) {
                return false;
            }
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
        #[cfg(feature = "part-tokens")]
        let [one, other] = [one, other].map(|credential| self.method(credential));
        #[cfg(not(feature = "part-tokens"))]
        let [one, other] = [one, other].map(|credential| credential.method);
        Some(format!(
            "both `{one}` and `{other}` are set: use one of them"
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
        #[cfg(feature = "part-tokens")]
        {
            self.uses_token |= encoded.provided_by.is_some();
        }
    }
}

/// Returns the secrets of a credential, if all its environment variables are set. An empty variable is not set, unless the
/// secret can be empty.
fn complete(credential: &Credential, variables: Vec<Option<String>>) -> Option<Vec<String>> {
    let secrets = credential.secrets.iter().zip(variables);
    let secrets =
        secrets.map(|(secret, text)| text.filter(|text| !text.is_empty() || can_be_empty(*secret)));
    secrets.collect()
}

fn encode_variables(
    credential: &Credential,
    secrets: Vec<String>,
) -> Result<EncodedCredential, InvalidSecret> {
    for (secret, text) in credential.secrets.iter().zip(&secrets) {
        check_variable(*secret, text)?;
    }
    encode(credential, secrets)
}

fn contains(distinct: &[&Credential], credential: &Credential) -> bool {
    distinct
        .iter()
        .any(|other| other.method == credential.method)
}

/// Returns each credential once.
pub(crate) fn distinct_credentials(all: &[SecurityRequirements]) -> Vec<&'static Credential> {
    let mut distinct: Vec<&'static Credential> = Vec::new();
    for credential in all.iter().copied().flatten().copied().flatten() {
        if !contains(&distinct, credential) {
            distinct.push(credential);
        }
    }
    distinct
}
