//! The environment variables of credentials, each of one secret only.

use crate::ir::CredentialLocation;
use crate::lower::security::free;
use crate::names::{self, Scope};

/// The names that are given.
pub(in crate::lower) struct Variables {
    /// What each begins with.
    package: String,
    /// Whether some scheme has taken the plain names of a login.
    login: Option<String>,
    scope: Scope,
}

impl Variables {
    /// `taken` is the variable of the base URL.
    pub(in crate::lower) fn new(package: &str, taken: String) -> Self {
        let mut scope = Scope::default();
        free(&mut scope, taken);
        Self {
            package: names::shouty(package),
            login: None,
            scope,
        }
    }

    /// A name of ASCII: after the builder's method, or after the argument where the method has two. Where two schemes have a
    /// user's name and password, the second one's bear its name.
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
