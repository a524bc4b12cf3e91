//! Security schemes -> the ways to authenticate that the client's builder offers, and which of them an operation takes.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme};

use super::Lowering;
use super::operations::{Found, find};
use super::{is_header_name, schemes};
use crate::ir::{Credential, Needs, Secret, SecretPlace};
use crate::names::{self, Scope};
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

/// The ways to authenticate.
#[derive(Default)]
pub(super) struct Credentials {
    pub(super) all: Vec<Credential>,
    /// Whether a client may do without.
    pub(super) anonymous: bool,
    /// The schemes that each consists of, sorted.
    schemes: Vec<Vec<String>>,
    /// What most operations take.
    usual: Needs,
}

impl Credentials {
    fn add(&mut self, credential: Credential, schemes: Vec<String>) {
        self.all.push(credential);
        self.schemes.push(schemes);
    }

    /// What these requirements come to.
    fn needs(&self, requirements: &[SecurityRequirement]) -> Needs {
        let wanted: Vec<Vec<String>> = requirements.iter().map(sorted).collect();
        let pairs = self.all.iter().zip(&self.schemes);
        let any_of = pairs.filter(|(_, schemes)| wanted.contains(schemes));
        Needs {
            any_of: any_of
                .map(|(credential, _)| credential.method.clone())
                .collect(),
            or_none: wanted.is_empty() || wanted.iter().any(Vec::is_empty),
        }
    }
}

impl<'a> Lowering<'a> {
    pub(super) fn credentials(&mut self) -> Credentials {
        let mut credentials = if self.config.client.credentials.is_empty() {
            self.credentials_by_document()
        } else {
            self.credentials_by_config()
        };
        let operations = find(self.document);
        let asked: Vec<Needs> = operations
            .iter()
            .map(|found| credentials.needs(self.requirements(found)))
            .collect();
        credentials.usual = most(&asked).unwrap_or_default();
        credentials.anonymous =
            credentials.all.is_empty() || asked.iter().any(|needs| needs.or_none);
        credentials
    }

    /// What an operation takes, where that is not what most take.
    pub(super) fn needs(&self, found: &Found<'a>) -> Option<Needs> {
        let credentials = &self.credentials;
        let needs = credentials.needs(self.requirements(found));
        let is_known = needs.or_none || !needs.any_of.is_empty();
        (is_known && needs != credentials.usual).then_some(needs)
    }

    fn requirements(&self, found: &Found<'a>) -> &'a [SecurityRequirement] {
        let own = found.operation.security.as_ref();
        own.or(self.document.api.security.as_ref())
            .map_or(&[], Vec::as_slice)
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
                    self.problems
                        .push(Problem::error(&at.key("schemes").index(j), text).in_config());
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
                let problem = Problem::error(&at.key("variables"), text).in_config();
                self.problems.push(problem.at_key().help(help));
            }
            let method = at.key("method");
            let taken =
                TAKEN.contains(&given.method.as_str()) || scope.claim(&given.method, &at).is_err();
            if taken {
                let text = format!("every builder has a method `{}` already", given.method);
                self.problems.push(
                    Problem::error(&method, text)
                        .in_config()
                        .help("choose another name"),
                );
            }
            let secrets = named(secrets);
            let secrets = secrets.enumerate().map(|(n, (argument, place))| Secret {
                argument,
                place,
                variable: given.variables.get(n).cloned(),
            });
            let credential = Credential {
                method: given.method.clone(),
                docs: given.docs.clone().unwrap_or_default(),
                secrets: secrets.collect(),
            };
            let mut schemes = given.schemes.clone();
            schemes.sort();
            credentials.add(credential, schemes);
        }
        credentials
    }

    /// One way for each set of schemes that some operation asks for; where none asks for any, one for each scheme.
    fn credentials_by_document(&mut self) -> Credentials {
        let package = names::shouty(&self.package_name());
        let mut credentials = Credentials::default();
        let mut scope = Scope::default();
        for schemes in self.wanted() {
            let mut secrets = Vec::new();
            for scheme in &schemes {
                secrets.extend(self.secrets(scheme));
            }
            if secrets.is_empty() {
                continue;
            }
            let secrets = named(secrets).map(|(argument, place)| Secret {
                variable: Some(format!("{package}_{}", names::shouty(&argument))),
                argument,
                place,
            });
            let mut method = names::snake(&schemes.join(" and "), TAKEN);
            if scope.claim(&method, &Pointer::root()).is_err() {
                method = scope.numbered(&method);
                let _ = scope.claim(&method, &Pointer::root());
            }
            let credential = Credential {
                method,
                docs: self.scheme_docs(&schemes),
                secrets: secrets.collect(),
            };
            let mut schemes = schemes;
            schemes.sort();
            credentials.add(credential, schemes);
        }
        credentials
    }

    /// The sets of schemes that credentials are to be made for.
    fn wanted(&self) -> Vec<Vec<String>> {
        let global = self.document.api.security.iter().flatten();
        let own = find(self.document)
            .into_iter()
            .filter_map(|found| found.operation.security.as_ref())
            .flatten();
        let mut wanted: Vec<&SecurityRequirement> = Vec::new();
        for requirement in global.chain(own) {
            let is_known = wanted
                .iter()
                .any(|other| sorted(other) == sorted(requirement));
            if !requirement.is_empty() && !is_known {
                wanted.push(requirement);
            }
        }
        if wanted.is_empty() {
            let components = self.document.api.components.iter();
            let names = components.flat_map(|components| components.security_schemes.keys());
            return names.map(|name| vec![name.clone()]).collect();
        }
        let names = |requirement: &SecurityRequirement| requirement.keys().cloned().collect();
        wanted.into_iter().map(names).collect()
    }

    /// What a scheme takes and where it is sent; nothing when there is no such scheme or it cannot be honoured.
    fn secrets(&mut self, name: &str) -> Vec<(String, SecretPlace)> {
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
                self.warn_once(Problem::warning(&at.key("name"), text));
                return Vec::new();
            }
            SecurityScheme::APIKey { location, name, .. } => match location {
                APIKeyLocation::Header => SecretPlace::Header(name.clone()),
                APIKeyLocation::Query => SecretPlace::Query(name.clone()),
                APIKeyLocation::Cookie => SecretPlace::Cookie(name.clone()),
            },
            SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
                return vec![
                    ("username".to_owned(), SecretPlace::BasicUser),
                    ("password".to_owned(), SecretPlace::BasicPassword),
                ];
            }
            SecurityScheme::HTTP { scheme, .. } if !scheme.eq_ignore_ascii_case("bearer") => {
                self.warn_once(schemes::unsupported(&at, scheme));
                return Vec::new();
            }
            SecurityScheme::HTTP { .. }
            | SecurityScheme::OAuth2 { .. }
            | SecurityScheme::OpenIDConnect { .. } => SecretPlace::Bearer,
        };
        vec![(argument, place)]
    }

    /// What several operations share is told for the first of them.
    pub(super) fn warn_once(&mut self, problem: Problem) {
        if !self.problems.iter().any(|other| *other == problem) {
            self.problems.push(problem);
        }
    }

    fn scheme_docs(&self, names: &[String]) -> String {
        let found = names.iter().filter_map(|name| self.scheme(name));
        let docs: Vec<String> = found.map(|(_, scheme)| schemes::docs(scheme)).collect();
        docs.join("\n\n")
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

/// What is asked most often.
fn most(asked: &[Needs]) -> Option<Needs> {
    let mut counts: IndexMap<&Needs, usize> = IndexMap::new();
    for needs in asked {
        *counts.entry(needs).or_default() += 1;
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| **count);
    most.map(|(needs, _)| (*needs).clone())
}

fn sorted(requirement: &SecurityRequirement) -> Vec<String> {
    let mut names: Vec<String> = requirement.keys().cloned().collect();
    names.sort();
    names
}

/// Secrets whose names differ.
fn named(secrets: Vec<(String, SecretPlace)>) -> impl Iterator<Item = (String, SecretPlace)> {
    let mut scope = Scope::default();
    secrets.into_iter().map(move |(mut name, place)| {
        if scope.claim(&name, &Pointer::root()).is_err() {
            name = scope.numbered(&name);
            let _ = scope.claim(&name, &Pointer::root());
        }
        (name, place)
    })
}
