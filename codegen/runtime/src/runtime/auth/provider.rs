//! Credentials that a token provider returns.

use crate::runtime::api::auth_scheme::{Credential, CredentialLocation, SecurityRequirements};
use crate::runtime::auth::encode::EncodedCredential;
use crate::runtime::auth::store::{CredentialStore, distinct_credentials};
use crate::runtime::error::{Error, Result};

impl CredentialStore {
    /// Uses a token provider for each credential that is a bearer token.
    pub(crate) fn add_provider(&mut self, all: &[SecurityRequirements]) -> Result<()> {
        if let Some(token) = self.explicit().find(|credential| is_bearer(credential)) {
            let text = format!(
                "both `{}` and `token_provider` are set: use one of them",
                token.method
            );
            return Err(Error::config(text));
        }
        for credential in distinct_credentials(all)
            .into_iter()
            .filter(|it| is_bearer(it))
        {
            let provided = EncodedCredential {
                is_provided: true,
                ..EncodedCredential::default()
            };
            self.add(credential, provided);
        }
        Ok(())
    }

    /// Returns true if a token provider returns the credential.
    pub(crate) fn is_provided(&self, credential: &Credential) -> bool {
        let stored = self.stored(credential);
        let encoded = stored.and_then(|stored| stored.encoded.as_ref().ok());
        encoded.is_some_and(|encoded| encoded.is_provided)
    }

    /// Returns the builder method that sets the credential.
    pub(crate) fn method(&self, credential: &Credential) -> &'static str {
        if self.is_provided(credential) {
            "token_provider"
        } else {
            credential.method
        }
    }
}

/// True if the credential is a bearer token and nothing else.
fn is_bearer(credential: &Credential) -> bool {
    let [secret] = credential.secrets else {
        return false;
    };
    matches!(secret.location, CredentialLocation::Bearer)
}
