//! Calls against a server that stores values: the embedded server or another one, see
//! [`test_namespace`](crate::support::test_namespace). The tests use only documented behavior of the API.

mod bulk;
mod keys;
mod lists;
mod namespaces;
mod rejections;
mod values;
