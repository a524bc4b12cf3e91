//! Security schemes -> the ways to authenticate that the client's builder offers.

use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme};

use super::Lowering;
use super::operations::find;
use crate::ir::{Credential, Secret, SecretPlace};
use crate::names;
use crate::pointer::Pointer;
use crate::problem::Problem;

/// What every builder offers besides its credentials.
const TAKEN: &[&str] = &[
    "base_url",
    "build",
    "clock",
    "clone",
    "credential",
    "default_header",
    "env",
    "http_client",
    "max_answer_bytes",
    "max_retries",
    "max_retry_after",
    "new",
    "rate_limit",
    "timeout",
    "user_agent",
    "variables",
];

impl Lowering<'_> {
    pub(crate) fn credentials(&mut self) -> Vec<Credential> {
        if self.config.client.credentials.is_empty() {
            self.credentials_by_document()
        } else {
            self.credentials_by_config()
        }
    }

    fn credentials_by_config(&mut self) -> Vec<Credential> {
        let at = Pointer::root().key("client").key("credentials");
        let mut credentials = Vec::new();
        for (i, given) in self.config.client.credentials.iter().enumerate() {
            let mut secrets = Vec::new();
            for (j, scheme) in given.schemes.iter().enumerate() {
                let variable = given.variables.get(j).cloned();
                let found = self.secrets(scheme);
                if found.is_empty() {
                    let text = format!("the document has no security scheme `{scheme}`");
                    self.problems.push(
                        Problem::error(&at.index(i).key("schemes").index(j), text).in_config(),
                    );
                }
                secrets.extend(found.into_iter().map(|(argument, place)| Secret {
                    argument,
                    place,
                    variable: variable.clone(),
                }));
            }
            credentials.push(Credential {
                method: given.method.clone(),
                docs: given.docs.clone().unwrap_or_default(),
                secrets,
            });
        }
        credentials
    }

    /// One way for each set of schemes that some operation asks for.
    fn credentials_by_document(&mut self) -> Vec<Credential> {
        let global = self.document.api.security.iter().flatten();
        let own = find(self.document)
            .into_iter()
            .filter_map(|found| found.operation.security.as_ref())
            .flatten();
        let mut wanted: Vec<&SecurityRequirement> = Vec::new();
        for requirement in global.chain(own) {
            let known = wanted
                .iter()
                .any(|other| other.keys().eq(requirement.keys()));
            if !requirement.is_empty() && !known {
                wanted.push(requirement);
            }
        }
        let package = names::shouty(&self.package_name());
        let mut credentials: Vec<Credential> = Vec::new();
        for requirement in wanted {
            let mut secrets = Vec::new();
            for scheme in requirement.keys() {
                secrets.extend(self.secrets(scheme).into_iter().map(|(argument, place)| {
                    let variable = Some(format!("{package}_{}", names::shouty(&argument)));
                    Secret {
                        argument,
                        place,
                        variable,
                    }
                }));
            }
            let names: Vec<&str> = requirement.keys().map(String::as_str).collect();
            let method = names::snake(&names.join(" and "), TAKEN);
            if !secrets.is_empty() && credentials.iter().all(|other| other.method != method) {
                credentials.push(Credential {
                    method,
                    docs: self.scheme_docs(&names),
                    secrets,
                });
            }
        }
        credentials
    }

    /// What a scheme takes and where it is sent; nothing when there is no such scheme or it cannot be honoured.
    fn secrets(&mut self, name: &str) -> Vec<(String, SecretPlace)> {
        let Some((at, scheme)) = self.scheme(name) else {
            return Vec::new();
        };
        let argument = names::snake(name, &["self"]);
        match scheme {
            SecurityScheme::APIKey { location, name, .. } => {
                let place = match location {
                    APIKeyLocation::Header => SecretPlace::Header(name.clone()),
                    APIKeyLocation::Query => SecretPlace::Query(name.clone()),
                    APIKeyLocation::Cookie => SecretPlace::Cookie(name.clone()),
                };
                vec![(argument, place)]
            }
            SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
                vec![
                    ("username".to_owned(), SecretPlace::BasicUser),
                    ("password".to_owned(), SecretPlace::BasicPassword),
                ]
            }
            SecurityScheme::HTTP { scheme, .. } if !scheme.eq_ignore_ascii_case("bearer") => {
                let text = format!("the security scheme `{scheme}` is left out");
                self.problems
                    .push(Problem::warning(&at, text).help("send it with `.default_header(…)`"));
                Vec::new()
            }
            SecurityScheme::HTTP { .. }
            | SecurityScheme::OAuth2 { .. }
            | SecurityScheme::OpenIDConnect { .. } => {
                vec![(argument, SecretPlace::Bearer)]
            }
        }
    }

    fn scheme_docs(&self, names: &[&str]) -> String {
        let docs = names.iter().filter_map(|name| match self.scheme(name)?.1 {
            SecurityScheme::APIKey { description, .. }
            | SecurityScheme::HTTP { description, .. }
            | SecurityScheme::OAuth2 { description, .. }
            | SecurityScheme::OpenIDConnect { description, .. } => description.as_deref(),
        });
        docs.collect::<Vec<_>>().join("\n\n")
    }
}

impl<'a> Lowering<'a> {
    fn scheme(&self, name: &str) -> Option<(Pointer, &'a SecurityScheme)> {
        let at = Pointer::root()
            .key("components")
            .key("securitySchemes")
            .key(name);
        let scheme = self
            .document
            .api
            .components
            .as_ref()?
            .security_schemes
            .get(name)?;
        self.document.security_scheme(scheme, &at)
    }
}
