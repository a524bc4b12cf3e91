//! The workspace's integration tests.
