//! Calls and what they do on a server that stores things: the embedded one or, as
//! [`stage`](crate::support::stage) says, any other. Nothing here may rely on more than the API.

mod bulk;
mod keys;
mod lists;
mod namespaces;
mod refused;
mod values;
