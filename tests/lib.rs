//! Holds nothing but the programs of the README, as doc tests: the tests are in `it/`, the examples in `examples/`.

/// The programs in the repository's README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
