//! Encodes secrets as sensitive headers or query parameters.

use std::fmt;

#[cfg(feature = "part-cookies")]
use reqwest::header::COOKIE;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};

use crate::runtime::api::auth_scheme::{Credential, CredentialLocation, Secret};
use crate::runtime::auth::check::{InvalidSecret, check};
use crate::runtime::http::query::push_query;
#[cfg(feature = "part-cookies")]
use crate::runtime::request::cookie::cookie_pair;
use crate::runtime::util::base64::base64;

/// A credential in the form in which it is sent.
#[derive(Clone, Default)]
pub(crate) struct EncodedCredential {
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) query: String,
    /// Builder method of the token provider that returns the credential.
    #[cfg(feature = "part-tokens")]
    pub(crate) provided_by: Option<&'static str>,
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
) -> Result<EncodedCredential, InvalidSecret> {
    let mut encoded = EncodedCredential::default();
    let mut user = String::new();
    for (secret, text) in credential.secrets.iter().zip(secrets) {
        check(*secret, credential.single_word, &text)?;
        match secret.location {
            CredentialLocation::Bearer => {
                encoded.add(*secret, AUTHORIZATION.as_str(), format!("Bearer {text}"))?;
            }
            CredentialLocation::Header(name) => encoded.add(*secret, name, text)?,
            CredentialLocation::Query(name) => push_query(&mut encoded.query, name, text),
            #[cfg(feature = "part-cookies")]
            CredentialLocation::Cookie(name) => {
                encoded.add(*secret, COOKIE.as_str(), cookie_pair(name, &[text], ""))?;
            }
            CredentialLocation::BasicUser => user = text,
            CredentialLocation::BasicPassword => {
                let pair = base64(format!("{user}:{text}").as_bytes());
                encoded.add(*secret, AUTHORIZATION.as_str(), format!("Basic {pair}"))?;
            }
        }
    }
    Ok(encoded)
}

impl EncodedCredential {
    fn add(&mut self, secret: Secret, name: &str, value: String) -> Result<(), InvalidSecret> {
        let header = HeaderName::from_bytes(name.as_bytes()).ok();
        let value = HeaderValue::try_from(value).ok();
        let (Some(header), Some(mut value)) = (header, value) else {
            return Err(InvalidSecret::new(secret, "cannot be sent in a header"));
        };
        value.set_sensitive(true);
        self.headers.push((header, value));
        Ok(())
    }
}
