//! Security: the credentials of the client builder, and the credentials that each operation needs.

pub(in crate::lower) mod requirements;
pub(in crate::lower) mod schemes;
pub(in crate::lower) mod variables;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme};

pub(in crate::lower) use requirements::Credentials;
use requirements::Unmet;
use variables::Variables;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::Document;
use crate::ir::{Credential, CredentialLocation, Secret, SecurityRequirements};
use crate::lower::operation::lowering::warn_once;
use crate::lower::operation::operation_ref::{Found, find};
use crate::lower::package;
use crate::lower::settings::is_header_name;
use crate::names::{self, Scope};
use crate::pointer::Pointer;
use crate::suggest::did_you_mean;

/// Methods that every client builder has. A credential cannot have one of these names.
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

/// Lowers security schemes to credentials.
pub(in crate::lower) struct SecurityLowering<'a> {
    pub(in crate::lower) document: &'a Document,
    pub(in crate::lower) config: &'a Config,
    pub(in crate::lower) diagnostics: &'a mut Diagnostics,
}

impl<'a> SecurityLowering<'a> {
    /// Returns the credentials of the client and the requirements of all operations.
    pub(in crate::lower) fn credentials(&mut self) -> Credentials {
        let operations = find(self.document);
        let mut credentials = if self.config.client.credentials.is_empty() {
            self.credentials_by_document(&operations)
        } else {
            self.credentials_by_config()
        };
        let mut required = operations
            .iter()
            .filter_map(|it| requirements(self.document, it));
        credentials.required = required.any(|list| list.iter().any(|it| !it.is_empty()));
        let asked: Vec<SecurityRequirements> = operations
            .iter()
            .map(|found| {
                self.check_requirements(&credentials, found);
                credentials.needs(requirements(self.document, found))
            })
            .collect();
        let unused = credentials.settle(&asked);
        self.check_unused(&unused);
        credentials
    }

    /// Warns about security requirements that no credential satisfies.
    fn check_requirements(&mut self, credentials: &Credentials, found: &Found<'a>) {
        let requirements = requirements(self.document, found).unwrap_or_default();
        let own = found.operation.security.as_ref();
        let around = own.map_or_else(Pointer::root, |_| found.at.clone());
        let at = around.key("security");
        for (i, requirement) in requirements.iter().enumerate() {
            let diagnostic = match credentials.way(requirement) {
                Ok(_) => continue,
                Err(Unmet::Unknown) => {
                    let text = "no credential of the config satisfies this security requirement; the requirement is left out";
                    let names: Vec<String> =
                        requirement.keys().map(|name| format!("{name:?}")).collect();
                    let help = format!(
                        "add a `[[client.credentials]]` table with `schemes = [{}]` to the config",
                        names.join(", ")
                    );
                    Diagnostic::warning("unmatched-security-requirement", &at.index(i), text)
                        .help(help)
                }
                Err(Unmet::Same(place)) => {
                    let text = format!(
                        "two schemes of this security requirement use {place}; the requirement is left out"
                    );
                    let help =
                        "if one of the schemes is enough, list them as separate requirements";
                    Diagnostic::warning("conflicting-credentials", &at.index(i), text).help(help)
                }
            };
            warn_once(self.diagnostics, diagnostic);
        }
    }

    /// Warns about credentials of the config that no operation uses.
    fn check_unused(&mut self, unused: &[Credential]) {
        let at = Pointer::root().key("client").key("credentials");
        for (i, given) in self.config.client.credentials.iter().enumerate() {
            if unused.iter().any(|other| other.method == given.method) {
                let text = format!(
                    "no operation uses the credential `{}`; the credential is left out",
                    given.method
                );
                let help = "`schemes` must match a security requirement of the document";
                let diagnostic =
                    Diagnostic::warning("unused-credential", &at.index(i), text).in_config();
                self.diagnostics.push(diagnostic.help(help));
            }
        }
    }

    fn credentials_by_config(&mut self) -> Credentials {
        let at = Pointer::root().key("client").key("credentials");
        let mut credentials = Credentials::default();
        let mut scope = Scope::default();
        for (i, given) in self.config.client.credentials.iter().enumerate() {
            let at = at.index(i);
            let mut secrets = Vec::new();
            for (j, scheme) in given.schemes.iter().enumerate() {
                let found = self.secrets(scheme);
                if found.is_empty() {
                    let text = format!("the document has no security scheme `{scheme}`");
                    let components = self.document.api.components.iter();
                    let known = components.flat_map(|it| it.security_schemes.keys());
                    let known = known.map(String::as_str);
                    let help = did_you_mean(scheme, known, "one of `components/securitySchemes`");
                    let diagnostic = Diagnostic::error(
                        "unknown-security-scheme",
                        &at.key("schemes").index(j),
                        text,
                    );
                    self.diagnostics.push(diagnostic.in_config().help(help));
                }
                secrets.extend(found);
            }
            if !given.variables.is_empty() && given.variables.len() != secrets.len() {
                let names: Vec<String> = secrets
                    .iter()
                    .map(|(name, _)| format!("`{name}`"))
                    .collect();
                let text = "the number of `variables` differs from the number of secrets";
                let help = format!("list one variable each for {}", names.join(" and "));
                let diagnostic =
                    Diagnostic::error("credential-variables", &at.key("variables"), text)
                        .in_config();
                self.diagnostics.push(diagnostic.at_key().help(help));
            }
            let method = at.key("method");
            let taken =
                TAKEN.contains(&given.method.as_str()) || scope.claim(&given.method, &at).is_err();
            if taken {
                let text = format!("the client builder already has a method `{}`", given.method);
                self.diagnostics.push(
                    Diagnostic::error("reserved-credential-method", &method, text)
                        .in_config()
                        .help("choose another name"),
                );
            }
            let secrets = named(secrets);
            let secrets = secrets.enumerate().map(|(n, (argument, place))| Secret {
                argument,
                location: place,
                variable: given.variables.get(n).cloned(),
            });
            let credential = Credential {
                method: given.method.clone(),
                docs: given.docs.clone().unwrap_or_default(),
                secrets: secrets.collect(),
            };
            credentials.add(credential, given.schemes.clone());
        }
        credentials
    }

    /// Returns one credential for each scheme that an operation requires. If no operation requires a scheme, for each scheme.
    fn credentials_by_document(&mut self, operations: &[Found<'a>]) -> Credentials {
        let mut credentials = Credentials::default();
        let mut methods = Scope::default();
        let mut variables = Variables::new(
            &package::name(self.document, self.config),
            package::base_url_variable(self.document, self.config),
        );
        for scheme in self.wanted(operations) {
            let secrets = self.secrets(&scheme);
            if secrets.is_empty() {
                credentials.add_foreign(scheme);
                continue;
            }
            let method = free(&mut methods, names::snake(&scheme, TAKEN));
            let secrets = secrets.into_iter().map(|(argument, place)| Secret {
                variable: Some(variables.name(&method, &argument, &place)),
                argument,
                location: place,
            });
            let credential = Credential {
                secrets: secrets.collect(),
                docs: self.scheme_docs(&scheme),
                method,
            };
            credentials.add(credential, vec![scheme]);
        }
        credentials
    }

    /// Returns the schemes that get a credential, in document order.
    fn wanted(&self, operations: &[Found<'a>]) -> Vec<String> {
        let lists = operations
            .iter()
            .filter_map(|it| requirements(self.document, it));
        let asked: IndexSet<&String> = lists.flatten().flat_map(IndexMap::keys).collect();
        if !asked.is_empty() {
            let global = self.document.api.security.iter().flatten();
            let global = global.flat_map(IndexMap::keys);
            let first: IndexSet<&String> = global.filter(|name| asked.contains(name)).collect();
            return first.union(&asked).map(|name| (*name).clone()).collect();
        }
        let components = self.document.api.components.iter();
        let names = components.flat_map(|components| components.security_schemes.keys());
        names.cloned().collect()
    }

    /// Returns the secrets of a scheme: names and locations. Empty if the scheme is unknown or not supported.
    fn secrets(&mut self, name: &str) -> Vec<(String, CredentialLocation)> {
        let Some((at, scheme)) = self.scheme(name) else {
            return Vec::new();
        };
        let argument = names::snake(name, &["self"]);
        let place = match scheme {
            SecurityScheme::APIKey { location, name, .. }
                if *location != APIKeyLocation::Query && !is_header_name(name) =>
            {
                let text = format!(
                    "`{name}` is not a valid name of a header or cookie; the scheme is left out"
                );
                warn_once(
                    self.diagnostics,
                    Diagnostic::warning("invalid-credential-name", &at.key("name"), text),
                );
                return Vec::new();
            }
            SecurityScheme::APIKey { location, name, .. } => match location {
                APIKeyLocation::Header => CredentialLocation::Header(name.clone()),
                APIKeyLocation::Query => CredentialLocation::Query(name.clone()),
                APIKeyLocation::Cookie => CredentialLocation::Cookie(name.clone()),
            },
            SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
                return vec![
                    ("username".to_owned(), CredentialLocation::BasicUser),
                    ("password".to_owned(), CredentialLocation::BasicPassword),
                ];
            }
            SecurityScheme::HTTP { scheme, .. } if !scheme.eq_ignore_ascii_case("bearer") => {
                warn_once(self.diagnostics, schemes::unsupported(&at, scheme));
                return Vec::new();
            }
            SecurityScheme::HTTP { .. }
            | SecurityScheme::OAuth2 { .. }
            | SecurityScheme::OpenIDConnect { .. } => CredentialLocation::Bearer,
        };
        vec![(argument, place)]
    }

    fn scheme_docs(&self, name: &str) -> String {
        let found = self.scheme(name);
        found.map_or_else(String::new, |(_, scheme)| schemes::docs(scheme))
    }

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

/// Returns the index of an operation's requirements in [`Credentials::needs`].
pub(in crate::lower) fn needs(
    credentials: &Credentials,
    document: &Document,
    found: &Found<'_>,
) -> usize {
    let needs = credentials.needs(requirements(document, found));
    let mut all = credentials.needs.iter();
    all.position(|other| *other == needs).unwrap_or_default()
}

/// Returns the security requirements of an operation: its own, else those of the document.
fn requirements<'a>(
    document: &'a Document,
    found: &Found<'a>,
) -> Option<&'a [SecurityRequirement]> {
    let own = found.operation.security.as_ref();
    own.or(document.api.security.as_ref()).map(Vec::as_slice)
}

/// Makes the names of secrets unique.
fn named(
    secrets: Vec<(String, CredentialLocation)>,
) -> impl Iterator<Item = (String, CredentialLocation)> {
    let mut scope = Scope::default();
    secrets
        .into_iter()
        .map(move |(name, place)| (free(&mut scope, name), place))
}

/// Claims a name. If it is taken, appends the next free number.
fn free(scope: &mut Scope, name: String) -> String {
    let name = match scope.claim(&name, &Pointer::root()) {
        Ok(()) => return name,
        Err(_) => scope.numbered(&name),
    };
    let _ = scope.claim(&name, &Pointer::root());
    name
}
