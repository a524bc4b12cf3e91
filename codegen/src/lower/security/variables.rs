//! Environment variables of credentials. Each variable holds one secret.

use crate::ir::CredentialLocation;
use crate::lower::security::unique_names::claim_numbered;
use crate::names::{self, Scope};

/// Allocator of unique variable names.
pub(in crate::lower) struct Variables {
    /// Prefix of all names.
    package: String,
    /// Method of the first Basic credential. Its variables have no infix.
    login: Option<String>,
    scope: Scope,
}

impl Variables {
    /// `taken` is the variable of the base URL, which no secret may use.
    pub(in crate::lower) fn new(package: &str, taken: String) -> Self {
        let mut scope = Scope::default();
        claim_numbered(&mut scope, taken);
        Self {
            package: names::shouty(package),
            login: None,
            scope,
        }
    }

    /// Returns an ASCII name, made from the builder method.
    ///
    /// The variables of a Basic credential are named after its two arguments. Those of a second Basic credential also
    /// contain its method.
    pub(in crate::lower) fn name(
        &mut self,
        method: &str,
        argument: &str,
        location: &CredentialLocation,
    ) -> String {
        let stem = match location {
            CredentialLocation::BasicUser | CredentialLocation::BasicPassword => {
                let first = self.login.get_or_insert_with(|| method.to_owned());
                if first == method {
                    argument.to_owned()
                } else {
                    format!("{method}_{argument}")
                }
            }
            _ => method.to_owned(),
        };
        let is_ascii_word = stem.contains(|c: char| c.is_ascii_alphanumeric());
        let word = match location {
            _ if is_ascii_word => &stem,
            CredentialLocation::Bearer => "token",
            _ => "key",
        };
        let name = format!("{}_{}", self.package, names::shouty(word));
        claim_numbered(&mut self.scope, name)
    }
}
