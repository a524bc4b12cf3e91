//! Security schemes -> the ways to authenticate that the client's builder offers, and which of them an operation takes.

pub(in crate::lower) mod requirements;
pub(in crate::lower) mod schemes;
pub(in crate::lower) mod variables;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme};

pub(in crate::lower) use requirements::Credentials;
use requirements::Unmet;
use variables::Variables;

use crate::diagnostic::Diagnostic;
use crate::ir::{Credential, CredentialLocation, Secret, SecurityRequirements};
use crate::lower::Lowering;
use crate::lower::operation::operation_ref::{Found, find};
use crate::lower::settings::is_header_name;
use crate::names::{self, Scope};
use crate::pointer::Pointer;
use crate::suggest::did_you_mean;

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

impl<'a> Lowering<'a> {
    pub(in crate::lower) fn credentials(&mut self) -> Credentials {
        let operations = find(self.document);
        let mut credentials = if self.config.client.credentials.is_empty() {
            self.credentials_by_document(&operations)
        } else {
            self.credentials_by_config()
        };
        let mut required = operations.iter().filter_map(|it| self.requirements(it));
        credentials.required = required.any(|list| list.iter().any(|it| !it.is_empty()));
        let asked: Vec<SecurityRequirements> = operations
            .iter()
            .map(|found| {
                self.check_requirements(&credentials, found);
                credentials.needs(self.requirements(found))
            })
            .collect();
        let unused = credentials.settle(&asked);
        self.check_unused(&unused);
        credentials
    }

    /// What an operation takes: its place in [`Credentials::needs`].
    pub(in crate::lower) fn needs(&self, found: &Found<'a>) -> usize {
        let needs = self.credentials.needs(self.requirements(found));
        let mut all = self.credentials.needs.iter();
        all.position(|other| *other == needs).unwrap_or_default()
    }

    fn requirements(&self, found: &Found<'a>) -> Option<&'a [SecurityRequirement]> {
        let own = found.operation.security.as_ref();
        own.or(self.document.api.security.as_ref())
            .map(Vec::as_slice)
    }

    /// Says of which requirements no credential is made.
    fn check_requirements(&mut self, credentials: &Credentials, found: &Found<'a>) {
        let requirements = self.requirements(found).unwrap_or_default();
        let own = found.operation.security.as_ref();
        let around = own.map_or_else(Pointer::root, |_| found.at.clone());
        let at = around.key("security");
        for (i, requirement) in requirements.iter().enumerate() {
            let diagnostic = match credentials.way(requirement) {
                Ok(_) => continue,
                Err(Unmet::Unknown) => {
                    let text = "no credential of the config is what is required here; this way to authenticate is left out";
                    let names: Vec<String> =
                        requirement.keys().map(|name| format!("{name:?}")).collect();
                    let help = format!(
                        "give the config a `[[client.credentials]]` with `schemes = [{}]`",
                        names.join(", ")
                    );
                    Diagnostic::warning("unmatched-security-requirement", &at.index(i), text)
                        .help(help)
                }
                Err(Unmet::Same(place)) => {
                    let text = format!(
                        "two of these schemes are both sent in {place}; this way to authenticate is left out"
                    );
                    let help = "list them one by one if either of them is enough";
                    Diagnostic::warning("conflicting-credentials", &at.index(i), text).help(help)
                }
            };
            self.warn_once(diagnostic);
        }
    }

    /// Says which credentials of the config no operation takes.
    fn check_unused(&mut self, unused: &[Credential]) {
        let at = Pointer::root().key("client").key("credentials");
        for (i, given) in self.config.client.credentials.iter().enumerate() {
            if unused.iter().any(|other| other.method == given.method) {
                let text = format!(
                    "no operation takes the credential `{}`; it is left out",
                    given.method
                );
                let help = "the document's `security` says which schemes go together";
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
                let text = "there must be as many `variables` as secrets";
                let help = format!("name one each for {}", names.join(" and "));
                let diagnostic =
                    Diagnostic::error("credential-variables", &at.key("variables"), text)
                        .in_config();
                self.diagnostics.push(diagnostic.at_key().help(help));
            }
            let method = at.key("method");
            let taken =
                TAKEN.contains(&given.method.as_str()) || scope.claim(&given.method, &at).is_err();
            if taken {
                let text = format!("every builder has a method `{}` already", given.method);
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

    /// One credential for each scheme that some operation requires; where none requires any, for each scheme.
    fn credentials_by_document(&mut self, operations: &[Found<'a>]) -> Credentials {
        let mut credentials = Credentials::default();
        let mut methods = Scope::default();
        let mut variables = Variables::new(&self.package_name(), self.base_url_variable());
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

    /// The schemes that credentials are to be made for, in the document's order.
    fn wanted(&self, operations: &[Found<'a>]) -> Vec<String> {
        let lists = operations.iter().filter_map(|it| self.requirements(it));
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

    /// What a scheme takes and where it is sent; nothing when there is no such scheme or it cannot be honoured.
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
                    "no header and no cookie can be called `{name}`; the scheme is left out"
                );
                self.warn_once(Diagnostic::warning(
                    "invalid-credential-name",
                    &at.key("name"),
                    text,
                ));
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
                self.warn_once(schemes::unsupported(&at, scheme));
                return Vec::new();
            }
            SecurityScheme::HTTP { .. }
            | SecurityScheme::OAuth2 { .. }
            | SecurityScheme::OpenIDConnect { .. } => CredentialLocation::Bearer,
        };
        vec![(argument, place)]
    }

    /// What several operations share is told for the first of them.
    pub(in crate::lower) fn warn_once(&mut self, diagnostic: Diagnostic) {
        if !self.diagnostics.iter().any(|other| *other == diagnostic) {
            self.diagnostics.push(diagnostic);
        }
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

/// Secrets whose names differ.
fn named(
    secrets: Vec<(String, CredentialLocation)>,
) -> impl Iterator<Item = (String, CredentialLocation)> {
    let mut scope = Scope::default();
    secrets
        .into_iter()
        .map(move |(name, place)| (free(&mut scope, name), place))
}

/// Takes a name, or the next that is free.
fn free(scope: &mut Scope, name: String) -> String {
    let name = match scope.claim(&name, &Pointer::root()) {
        Ok(()) => return name,
        Err(_) => scope.numbered(&name),
    };
    let _ = scope.claim(&name, &Pointer::root());
    name
}
