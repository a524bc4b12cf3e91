//! Objects of OpenAPI 3.0 as tables of keywords, in the order of the specification.

mod common;
mod content;
mod document;
mod operation;
mod schema;
mod security;
mod server;

pub(crate) use content::{
    ENCODING, EXAMPLE, HEADER, MEDIA_TYPE, PARAMETER, REQUEST_BODY, RESPONSE,
};
pub(crate) use document::{COMPONENTS, DOCUMENT, INFO};
pub(crate) use operation::{OPERATION, PATH_ITEM, PATHS, RESPONSES};
pub(crate) use schema::{DISCRIMINATOR, SCHEMA};
pub(crate) use security::SECURITY_SCHEME;
pub(crate) use server::SERVER;
