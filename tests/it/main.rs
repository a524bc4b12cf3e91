//! The workspace's integration tests.

mod diagnostics;
mod emit;
mod faults;
mod layers;
mod properties;
mod prose;
mod sources;
mod support;
mod wire;
