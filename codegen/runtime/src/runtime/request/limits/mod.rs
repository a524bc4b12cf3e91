//! Limits that are checked before a request is sent. An absent value or an unknown size passes.

#[cfg(feature = "part-each")]
pub(crate) mod each;
#[cfg(feature = "part-item-limits")]
pub(crate) mod items;
#[cfg(feature = "part-max-length")]
pub(crate) mod length;
#[cfg(feature = "part-number-limits")]
pub(crate) mod number;
#[cfg(feature = "part-max-bytes")]
pub(crate) mod size;
