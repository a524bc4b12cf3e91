//! The workspace's integration tests.

mod emit;
mod faults;
mod layers;
mod problems;
mod properties;
mod prose;
mod sources;
mod support;
mod wire;
