//! Credentials that a token provider returns.

use crate::runtime::api::auth_scheme::{Credential, CredentialLocation, SecurityRequirements};
use crate::runtime::auth::encode::EncodedCredential;
use crate::runtime::auth::store::{CredentialStore, distinct_credentials};
use crate::runtime::error::{Error, Result};

impl CredentialStore {
    /// Uses a token provider for each credential that is a bearer token. `method` is the builder method that sets the
    /// provider. `is_provided` selects some of the credentials.
    pub(crate) fn with_provider(
        mut self,
        method: &'static str,
        all: &[SecurityRequirements],
        is_provided: impl Fn(&Credential) -> bool,
    ) -> Result<Self> {
        let is_provided =
            |credential: &Credential| is_bearer(credential) && is_provided(credential);
        if let Some(token) = self.explicit().find(|credential| is_provided(credential)) {
            let set = self.method(token);
            let text = format!("both `{set}` and `{method}` are set: use one of them");
            return Err(Error::config(text));
        }
        for credential in distinct_credentials(all)
            .into_iter()
            .filter(|it| is_provided(it))
        {
            let provided = EncodedCredential {
                provided_by: Some(method),
                ..EncodedCredential::default()
            };
            self.add(credential, provided);
        }
        Ok(self)
    }

    /// Returns true if a token provider returns the credential.
    pub(crate) fn is_provided(&self, credential: &Credential) -> bool {
        self.provided_by(credential).is_some()
    }

    /// Returns the builder method that sets the credential.
    pub(crate) fn method(&self, credential: &Credential) -> &'static str {
        self.provided_by(credential).unwrap_or(credential.method)
    }

    fn provided_by(&self, credential: &Credential) -> Option<&'static str> {
        let encoded = self.stored(credential)?.encoded.as_ref().ok()?;
        encoded.provided_by
    }
}

/// True if the credential is a bearer token and nothing else.
fn is_bearer(credential: &Credential) -> bool {
    let [secret] = credential.secrets else {
        return false;
    };
    matches!(secret.location, CredentialLocation::Bearer)
}
