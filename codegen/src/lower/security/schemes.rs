//! Security schemes: the secrets of a scheme and where each is sent.

use openapiv3::{APIKeyLocation, SecurityScheme};

use crate::diagnostic::Diagnostic;
use crate::document::MUTUAL_TLS;
use crate::ir::{ClientCredentialsFlow, CredentialLocation};
use crate::lower::header_names::is_header_name;
use crate::lower::security::lowering::SecurityLowering;
use crate::lower::security::scheme_docs;
use crate::names;
use crate::pointer::Pointer;

/// A secret of a security scheme.
pub(in crate::lower) struct SchemeSecret {
    /// Rust name of the argument.
    pub(in crate::lower) argument: String,
    pub(in crate::lower) location: CredentialLocation,
}

impl<'a> SecurityLowering<'a> {
    /// Returns the secrets of a scheme. Empty if the scheme is unknown or not supported.
    pub(in crate::lower) fn secrets(&mut self, name: &str) -> Vec<SchemeSecret> {
        let Some((at, scheme)) = self.scheme(name) else {
            return Vec::new();
        };
        let location = match scheme {
            SecurityScheme::APIKey { location, name, .. } => api_key_location(location, name, &at),
            SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
                return basic_secrets();
            }
            SecurityScheme::HTTP { scheme, .. } if !scheme.eq_ignore_ascii_case("bearer") => {
                Err(Box::new(unsupported(&at, scheme)))
            }
            SecurityScheme::HTTP { .. }
            | SecurityScheme::OAuth2 { .. }
            | SecurityScheme::OpenIDConnect { .. } => Ok(CredentialLocation::Bearer),
        };
        match location {
            Ok(location) => vec![SchemeSecret {
                argument: names::snake(name, &["self"]),
                location,
            }],
            Err(diagnostic) => {
                self.diagnostics.push_once(*diagnostic);
                Vec::new()
            }
        }
    }

    /// Returns the client credentials flow of a scheme.
    pub(in crate::lower) fn client_credentials(&self, name: &str) -> Option<ClientCredentialsFlow> {
        let (_, SecurityScheme::OAuth2 { flows, .. }) = self.scheme(name)? else {
            return None;
        };
        let flow = flows.client_credentials.as_ref()?;
        let scopes = flow.scopes.iter();
        Some(ClientCredentialsFlow {
            token_url: flow.token_url.clone(),
            scopes: scopes
                .map(|(name, docs)| (name.clone(), docs.clone()))
                .collect(),
        })
    }

    /// Returns the docs of a scheme.
    pub(in crate::lower) fn scheme_docs(&self, name: &str) -> String {
        let scheme = self.scheme(name);
        scheme.map_or_else(String::new, |(_, scheme)| scheme_docs::docs(scheme))
    }

    fn scheme(&self, name: &str) -> Option<(Pointer, &'a SecurityScheme)> {
        let at = Pointer::root().key("components").key("securitySchemes");
        let components = self.document.api.components.as_ref()?;
        let scheme = components.security_schemes.get(name)?;
        self.document.security_scheme(scheme, &at.key(name))
    }
}

fn basic_secrets() -> Vec<SchemeSecret> {
    vec![
        SchemeSecret {
            argument: "username".to_owned(),
            location: CredentialLocation::BasicUser,
        },
        SchemeSecret {
            argument: "password".to_owned(),
            location: CredentialLocation::BasicPassword,
        },
    ]
}

/// Returns the location of an API key. An invalid name of a header or cookie is an error.
fn api_key_location(
    location: &APIKeyLocation,
    name: &str,
    at: &Pointer,
) -> Result<CredentialLocation, Box<Diagnostic>> {
    let name = name.to_owned();
    match location {
        APIKeyLocation::Query => Ok(CredentialLocation::Query(name)),
        APIKeyLocation::Header if is_header_name(&name) => Ok(CredentialLocation::Header(name)),
        APIKeyLocation::Cookie if is_header_name(&name) => Ok(CredentialLocation::Cookie(name)),
        APIKeyLocation::Header | APIKeyLocation::Cookie => {
            let text = format!(
                "`{name}` is not a valid name of a header or cookie; the scheme is left out"
            );
            let at = at.key("name");
            Err(Box::new(Diagnostic::warning(
                "invalid-credential-name",
                &at,
                text,
            )))
        }
    }
}

/// Returns a warning about a scheme that is not supported.
fn unsupported(at: &Pointer, scheme: &str) -> Diagnostic {
    if scheme == MUTUAL_TLS {
        let text = "mutual TLS is left out: the client builder has no method for a certificate";
        let help = "in programs, pass a builder with the certificate to `.http_client_builder(…)`";
        return Diagnostic::warning("mutual-tls", at, text).help(help);
    }
    let text =
        format!("the HTTP scheme `{scheme}` is left out: only `bearer` and `basic` are supported");
    let help = "in programs, send it with `.default_header(\"authorization\", …)`";
    Diagnostic::warning("unsupported-http-scheme", at, text).help(help)
}
