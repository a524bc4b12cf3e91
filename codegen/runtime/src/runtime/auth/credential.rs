//! Secrets: in they come as text, out they go as headers marked as sensitive, or as part of the query; nothing else
//! keeps them.

use std::fmt;

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};

use crate::runtime::api::auth_scheme::{Credential, Place};
use crate::runtime::error::Error;
use crate::runtime::http::query::push_query;

/// A credential as it goes out with every request.
#[derive(Clone, Default)]
pub(crate) struct Sealed {
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) query: String,
}

/// Shows nothing.
impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(..)")
    }
}

/// Puts secrets where they are sent.
pub(crate) fn seal(
    kind: &Credential,
    secrets: impl IntoIterator<Item = String>,
) -> Result<Sealed, Error> {
    let mut sealed = Sealed::default();
    let mut cookies = Vec::new();
    let mut user = String::new();
    for (secret, text) in kind.secrets.iter().zip(secrets) {
        if text.is_empty() || text.chars().any(char::is_control) {
            return Err(Error::config(format!(
                "`{}`: what it was given is empty or holds a control character",
                kind.method
            )));
        }
        match secret.place {
            Place::Bearer => sealed.add(kind, AUTHORIZATION.as_str(), format!("Bearer {text}"))?,
            Place::Header(name) => sealed.add(kind, name, text)?,
            Place::Query(name) => push_query(&mut sealed.query, name, text),
            Place::Cookie(name) => {
                cookies.push(format!("{name}={text}"));
            }
            Place::BasicUser => user = text,
            Place::BasicPassword => {
                let pair = base64(format!("{user}:{text}").as_bytes());
                sealed.add(kind, AUTHORIZATION.as_str(), format!("Basic {pair}"))?;
            }
        }
    }
    if !cookies.is_empty() {
        sealed.add(kind, COOKIE.as_str(), cookies.join("; "))?;
    }
    Ok(sealed)
}

impl Sealed {
    fn add(&mut self, kind: &Credential, name: &str, value: String) -> Result<(), Error> {
        let header = HeaderName::from_bytes(name.as_bytes()).ok();
        let value = HeaderValue::try_from(value).ok();
        let (Some(header), Some(mut value)) = (header, value) else {
            let text = format!("`{}`: header {name} cannot hold it", kind.method);
            return Err(Error::config(text));
        };
        value.set_sensitive(true);
        self.headers.push((header, value));
        Ok(())
    }
}

/// Base64 with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, i| {
            bits << 8 | usize::from(chunk.get(i).copied().unwrap_or(0))
        });
        for i in 0..4 {
            let digit = DIGITS[bits >> (18 - 6 * i) & 63];
            text.push(if i <= chunk.len() { digit.into() } else { '=' });
        }
    }
    text
}
