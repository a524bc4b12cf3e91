//! The ways to authenticate that an API has.

/// One way to authenticate.
#[derive(Clone, Copy, Debug)]
pub struct Credential {
    /// The builder's method that takes it.
    pub method: &'static str,
    /// What it consists of.
    pub secrets: &'static [Secret],
}

/// A part of a credential.
#[derive(Clone, Copy, Debug)]
pub struct Secret {
    /// Where it is sent.
    pub location: CredentialLocation,
    /// The environment variable that may hold it.
    pub variable: Option<&'static str>,
}

/// Where a secret is sent.
#[derive(Clone, Copy, Debug)]
pub enum CredentialLocation {
    /// `Authorization: Bearer …`.
    Bearer,
    /// A header of this name.
    Header(&'static str),
    /// A query parameter of this name.
    Query(&'static str),
    /// A cookie of this name.
    Cookie(&'static str),
    /// `Authorization: Basic …`, the user's name; the password comes next.
    BasicUser,
    /// `Authorization: Basic …`, the password.
    BasicPassword,
}

/// Credentials that go out together; none of them is a way too.
pub(crate) type SecurityRequirement = &'static [&'static Credential];

/// What operations take: one of these ways whose credentials a client all holds.
pub type SecurityRequirements = &'static [SecurityRequirement];
