//! Tables that describe which keywords an object has, and which value each keyword takes.

pub(crate) mod openapi;
mod spec;

pub(crate) use spec::{ObjectSpec, ValueKind};
