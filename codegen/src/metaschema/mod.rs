//! Tables that describe which keywords an object has and which value each keyword takes, and the validation of a tree of
//! values against them.

mod coerce;
mod defaults;
mod hints;
pub(crate) mod openapi;
mod spec;
mod validator;

pub(crate) use coerce::coerced;
pub(crate) use defaults::default_value;
pub(crate) use hints::{describe, subject};
pub(crate) use spec::{ObjectSpec, ValueKind};
pub(crate) use validator::{TreeValidator, Visitor};
