//! Authentication schemes of an API.

/// An authentication scheme.
#[derive(Clone, Copy, Debug)]
pub struct Credential {
    /// Name of the builder method that sets the credential.
    pub method: &'static str,
    /// True if the secrets contain no whitespace, no quotation marks and no ellipsis. Bearer tokens never do.
    pub single_word: bool,
    /// Secrets of the credential, in the order in which the builder method takes them.
    pub secrets: &'static [Secret],
}

/// A secret that is part of a credential.
#[derive(Clone, Copy, Debug)]
pub struct Secret {
    /// Location of the secret in a request.
    pub location: CredentialLocation,
    /// Environment variable that can provide the secret.
    pub variable: Option<&'static str>,
}

/// The flow of OAuth 2 client credentials that returns the token of a credential.
#[cfg(feature = "part-client-credentials")]
#[derive(Clone, Copy, Debug)]
pub struct ClientCredentialsFlow {
    /// Name of the builder method.
    pub method: &'static str,
    /// The credential.
    pub credential: &'static Credential,
    /// URL that returns tokens. It can be relative to the base URL.
    pub token_url: &'static str,
}

/// Location of a secret in a request.
#[derive(Clone, Copy, Debug)]
pub enum CredentialLocation {
    /// `Authorization: Bearer …`.
    Bearer,
    /// A header with this name.
    Header(&'static str),
    /// A query parameter with this name.
    Query(&'static str),
    /// A cookie with this name.
    #[cfg(feature = "part-cookies")]
    Cookie(&'static str),
    /// User name of `Authorization: Basic …`. The password follows it.
    BasicUser,
    /// Password of `Authorization: Basic …`.
    BasicPassword,
}

/// Credentials that are sent together. An empty list means that no credentials are needed.
pub(crate) type SecurityRequirement = &'static [&'static Credential];

/// Alternatives of an operation: a call uses one of them.
pub type SecurityRequirements = &'static [SecurityRequirement];
