//! Passes over the finished models and groups, in the order of [`lower`](super::lower): constants, deduplication, boxing,
//! direction, names, Cargo features.

pub(in crate::lower) mod boxing;
pub(in crate::lower) mod cargo_features;
pub(in crate::lower) mod const_values;
pub(in crate::lower) mod dedup;
pub(in crate::lower) mod direction;
pub(in crate::lower) mod merged_names;
pub(in crate::lower) mod naming;
