//! The workspace's integration tests.

mod emit;
mod problems;
mod support;
mod wire;
