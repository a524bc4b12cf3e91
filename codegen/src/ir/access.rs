//! Who may call: the ways to authenticate, and which an operation takes.

/// What a method of the builder takes to authenticate with.
#[derive(Clone, Debug)]
pub struct Credential {
    /// The builder's method.
    pub method: String,
    /// What it is.
    pub docs: String,
    /// What the method takes, in order.
    pub secrets: Vec<Secret>,
}

/// One argument of a credential and where it is sent.
#[derive(Clone, Debug)]
pub struct Secret {
    /// Rust name of the argument.
    pub argument: String,
    /// Where it goes.
    pub location: CredentialLocation,
    /// The environment variable it may come from.
    pub variable: Option<String>,
}

/// Where a secret is sent.
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
    /// `Authorization: Basic …`, the user's name: the first of two secrets.
    BasicUser,
    /// `Authorization: Basic …`, the password: the second of two secrets.
    BasicPassword,
}

/// What an operation asks of a client: one of these ways, of which it must have all. Each is some of
/// [`Api::credentials`](super::Api::credentials), all of which are sent; one without any comes last. Without a way
/// it asks for credentials that the crate does not make.
pub type SecurityRequirements = Vec<Vec<usize>>;
