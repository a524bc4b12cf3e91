//! The workspace's integration tests.

mod emit;
mod faults;
mod problems;
mod properties;
mod support;
mod wire;
