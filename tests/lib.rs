//! Holds nothing: the tests are in `it/`, the examples in `examples/`.
