//! Environment variables of credentials. Each variable holds one secret.

use crate::ir::CredentialLocation;
use crate::lower::security::free;
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
        free(&mut scope, taken);
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
        place: &CredentialLocation,
    ) -> String {
        let plain = match place {
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
        let is_word = plain.contains(|c: char| c.is_ascii_alphanumeric());
        let word = match place {
            _ if is_word => &plain,
            CredentialLocation::Bearer => "token",
            _ => "key",
        };
        let name = format!("{}_{}", self.package, names::shouty(word));
        free(&mut self.scope, name)
    }
}
