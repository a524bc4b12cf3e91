//! Credentials and security requirements.

/// A credential that a method of the client builder accepts.
#[derive(Clone, Debug)]
pub struct Credential {
    /// Name of the builder method, as in `api_token`.
    pub method: String,
    /// Documentation of the builder method.
    pub docs: String,
    /// True if the secrets contain no whitespace, quotation marks or ellipsis.
    pub single_word: bool,
    /// Arguments of the builder method, in order.
    pub secrets: Vec<Secret>,
    /// The OAuth 2 flow that returns the token. Only a credential with a single bearer token has one.
    pub client_credentials: Option<ClientCredentialsFlow>,
}

/// The client credentials flow of OAuth 2.
#[derive(Clone, Debug)]
pub struct ClientCredentialsFlow {
    /// URL that returns tokens. It can be relative to the base URL.
    pub token_url: String,
    /// Names of the scopes with their descriptions.
    pub scopes: Vec<(String, String)>,
}

/// One argument of a credential and where it is sent.
#[derive(Clone, Debug)]
pub struct Secret {
    /// Rust name of the argument.
    pub argument: String,
    /// Location in the request.
    pub location: CredentialLocation,
    /// The environment variable that `from_env` reads it from.
    pub variable: Option<String>,
}

/// Location of a secret in the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialLocation {
    /// `Authorization: Bearer …`.
    Bearer,
    /// A header of this name.
    Header(String),
    /// A query parameter of this name.
    Query(String),
    /// A cookie of this name.
    Cookie(String),
    /// The user name of `Authorization: Basic …`: the first of two secrets.
    BasicUser,
    /// The password of `Authorization: Basic …`: the second of two secrets.
    BasicPassword,
}

/// Security requirements of an operation: a list of alternatives.
///
/// Each alternative is a list of indices into [`Api::credentials`](super::Api::credentials). The client sends all
/// credentials of one alternative. An empty alternative means that authentication is optional; it is always last. An
/// empty list means that the operation needs a credential that the crate does not support.
pub type SecurityRequirements = Vec<Vec<usize>>;
