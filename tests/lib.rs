//! Compiles the programs in the README as doc tests. The tests are in `it/`, the examples in `examples/`.

/// The repository's README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
