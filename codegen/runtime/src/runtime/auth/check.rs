//! Finds typical mistakes in secrets. Messages do not contain the secret.

use std::fmt;

use crate::runtime::api::auth_scheme::{CredentialLocation, Secret};

/// A secret that cannot be valid.
pub(crate) struct InvalidSecret {
    secret: Secret,
    /// The predicate of a sentence.
    reason: &'static str,
}

impl InvalidSecret {
    pub(crate) fn new(secret: Secret, reason: &'static str) -> Self {
        Self { secret, reason }
    }

    /// Returns the environment variable of the secret.
    pub(crate) fn variable(&self) -> Option<&'static str> {
        self.secret.variable
    }
}

/// Names the secret by its location, and describes the mistake.
impl fmt::Display for InvalidSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.secret.location {
            CredentialLocation::Bearer => f.write_str("the token")?,
            CredentialLocation::Header(name) => write!(f, "the value of header {name}")?,
            CredentialLocation::Query(name) => write!(f, "the value of parameter {name}")?,
            #[cfg(feature = "part-cookies")]
            CredentialLocation::Cookie(name) => write!(f, "the value of cookie {name}")?,
            CredentialLocation::BasicUser => f.write_str("the user name")?,
            CredentialLocation::BasicPassword => f.write_str("the password")?,
        }
        write!(f, " {}", self.reason)
    }
}

const ONLY_WHITESPACE: &str = "contains only whitespace";

/// Returns true if a secret can be empty. Some servers accept a login without a password.
pub(crate) fn can_be_empty(secret: Secret) -> bool {
    matches!(secret.location, CredentialLocation::BasicPassword)
}

/// Checks a secret from an environment variable. Whitespace alone is a mistake, even in a login.
pub(crate) fn check_variable(secret: Secret, text: &str) -> Result<(), InvalidSecret> {
    if is_blank(text) {
        return Err(InvalidSecret::new(secret, ONLY_WHITESPACE));
    }
    Ok(())
}

fn is_blank(text: &str) -> bool {
    !text.is_empty() && text.trim().is_empty()
}

/// Checks a secret. `single_word` applies the rules of bearer tokens to it.
pub(crate) fn check(secret: Secret, single_word: bool, text: &str) -> Result<(), InvalidSecret> {
    let is_bearer = matches!(secret.location, CredentialLocation::Bearer);
    let is_login = matches!(
        secret.location,
        CredentialLocation::BasicUser | CredentialLocation::BasicPassword
    );
    let reason = if text.is_empty() && !can_be_empty(secret) {
        Some("is empty")
    } else if is_blank(text) && !is_login {
        Some(ONLY_WHITESPACE)
    } else if is_bearer || single_word {
        word_fault(text)
    } else if !is_login && text.trim() != text {
        Some("begins or ends with whitespace")
    } else {
        None
    };
    let reason = reason.or_else(|| character_fault(text, is_bearer));
    reason.map_or(Ok(()), |reason| Err(InvalidSecret::new(secret, reason)))
}

/// Finds parts that no token contains. They are copied by mistake.
fn word_fault(text: &str) -> Option<&'static str> {
    const QUOTES: [char; 7] = [
        '"', '\'', '`', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}',
    ];
    let start = text.trim_start().get(..7).unwrap_or_default();
    if start.eq_ignore_ascii_case("bearer ") {
        Some("begins with `Bearer `, which is not part of it")
    } else if text.contains(QUOTES) {
        Some("contains a quotation mark")
    } else if text.contains("...") || text.contains('\u{2026}') {
        Some("contains an ellipsis, so it is not complete")
    } else if text.contains(char::is_whitespace) {
        Some("contains whitespace")
    } else {
        None
    }
}

/// Finds characters that cannot be sent.
fn character_fault(text: &str, is_ascii_only: bool) -> Option<&'static str> {
    if text.contains(char::is_control) {
        Some("contains a control character")
    } else if is_ascii_only && !text.is_ascii() {
        Some("contains a character that is not ASCII")
    } else if text.contains(char::REPLACEMENT_CHARACTER) {
        Some("is not valid UTF-8")
    } else {
        None
    }
}
