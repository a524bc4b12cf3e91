//! Parameters that the client sets itself: headers of the HTTP stack, and credentials.

use crate::diagnostic::Diagnostic;
use crate::ir::{CredentialLocation, ParamLocation};
use crate::lower::arguments::parameters::ParameterLowering;
use crate::pointer::Pointer;

/// Headers that the client sets itself, and how to describe each in the document.
const CLIENT_HEADERS: &[(&str, Option<&str>)] = &[
    ("accept", Some(BY_MEDIA_TYPES)),
    (
        "authorization",
        Some("describe it as a security scheme instead"),
    ),
    ("connection", None),
    ("content-length", None),
    ("content-type", Some(BY_MEDIA_TYPES)),
    (
        "cookie",
        Some("describe each cookie as a parameter with `in: cookie`"),
    ),
    ("expect", None),
    ("host", Some("describe the host under `servers`")),
    ("keep-alive", None),
    ("te", None),
    ("trailer", None),
    ("transfer-encoding", None),
    ("upgrade", None),
];

const BY_MEDIA_TYPES: &str = "list the media types under `content` instead";

impl ParameterLowering<'_, '_> {
    /// Returns a warning if the client sets the parameter itself.
    pub(in crate::lower) fn reserved_parameter(
        &self,
        name: &str,
        location: ParamLocation,
        at: &Pointer,
    ) -> Option<Diagnostic> {
        if location == ParamLocation::Header
            && let Some(diagnostic) = client_header(name, at)
        {
            return Some(diagnostic);
        }
        let method = self.credential_at(name, location)?;
        let text = format!("the parameter `{name}` is left out: the credential `{method}` sets it");
        Some(Diagnostic::warning("credential-parameter", at, text))
    }

    /// Returns the builder method of a credential that the operation needs and that is sent in this parameter.
    fn credential_at(&self, name: &str, location: ParamLocation) -> Option<&str> {
        let known = &self.context.credentials;
        let index = known.requirements_index(self.context.document, self.operation_ref);
        let alternatives = known.requirements.get(index)?;
        let credentials = alternatives
            .iter()
            .flatten()
            .filter_map(|credential| known.all.get(*credential));
        credentials
            .filter(|credential| {
                let mut secrets = credential.secrets.iter();
                secrets.any(|secret| is_sent_in(&secret.location, location, name))
            })
            .map(|credential| credential.method.as_str())
            .next()
    }
}

/// Returns a warning if the HTTP stack of the client sets this header.
fn client_header(name: &str, at: &Pointer) -> Option<Diagnostic> {
    let mut headers = CLIENT_HEADERS.iter();
    let (_, help) = headers.find(|(header, _)| header.eq_ignore_ascii_case(name))?;
    let text =
        format!("the header parameter `{name}` is left out: the client sets this header itself");
    let diagnostic = Diagnostic::warning("client-header", at, text);
    Some(match help {
        Some(help) => diagnostic.help(*help),
        None => diagnostic,
    })
}

/// True if a credential location is the parameter with this location and name.
fn is_sent_in(credential: &CredentialLocation, location: ParamLocation, name: &str) -> bool {
    match credential {
        CredentialLocation::Header(header) => {
            location == ParamLocation::Header && header.eq_ignore_ascii_case(name)
        }
        CredentialLocation::Query(query) => location == ParamLocation::Query && query == name,
        CredentialLocation::Cookie(cookie) => location == ParamLocation::Cookie && cookie == name,
        CredentialLocation::Bearer
        | CredentialLocation::BasicUser
        | CredentialLocation::BasicPassword => false,
    }
}
