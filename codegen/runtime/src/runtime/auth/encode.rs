//! Encodes secrets as sensitive headers or query parameters.

use std::fmt;

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};

use crate::runtime::api::auth_scheme::{Credential, CredentialLocation};
use crate::runtime::error::Error;
use crate::runtime::http::query::push_query;
use crate::runtime::util::base64::base64;

/// A credential in the form in which it is sent.
#[derive(Clone, Default)]
pub(crate) struct EncodedCredential {
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) query: String,
}

/// Does not display secrets.
impl fmt::Debug for EncodedCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EncodedCredential(..)")
    }
}

/// Encodes the secrets of a credential.
pub(crate) fn encode(
    credential: &Credential,
    secrets: impl IntoIterator<Item = String>,
) -> Result<EncodedCredential, Error> {
    let mut encoded = EncodedCredential::default();
    let mut cookies = Vec::new();
    let mut user = String::new();
    for (secret, text) in credential.secrets.iter().zip(secrets) {
        if text.is_empty() || text.chars().any(char::is_control) {
            return Err(Error::config(format!(
                "`{}`: the credential is empty or contains a control character",
                credential.method
            )));
        }
        match secret.location {
            CredentialLocation::Bearer => {
                encoded.add(credential, AUTHORIZATION.as_str(), format!("Bearer {text}"))?;
            }
            CredentialLocation::Header(name) => encoded.add(credential, name, text)?,
            CredentialLocation::Query(name) => push_query(&mut encoded.query, name, text),
            CredentialLocation::Cookie(name) => {
                cookies.push(format!("{name}={text}"));
            }
            CredentialLocation::BasicUser => user = text,
            CredentialLocation::BasicPassword => {
                let pair = base64(format!("{user}:{text}").as_bytes());
                encoded.add(credential, AUTHORIZATION.as_str(), format!("Basic {pair}"))?;
            }
        }
    }
    if !cookies.is_empty() {
        encoded.add(credential, COOKIE.as_str(), cookies.join("; "))?;
    }
    Ok(encoded)
}

impl EncodedCredential {
    fn add(&mut self, credential: &Credential, name: &str, value: String) -> Result<(), Error> {
        let header = HeaderName::from_bytes(name.as_bytes()).ok();
        let value = HeaderValue::try_from(value).ok();
        let (Some(header), Some(mut value)) = (header, value) else {
            let text = format!(
                "`{}`: header {name} cannot contain the credential",
                credential.method
            );
            return Err(Error::config(text));
        };
        value.set_sensitive(true);
        self.headers.push((header, value));
        Ok(())
    }
}
