//! Random bits, from the keys that the standard library draws for its maps; no secret depends on them.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

/// 64 random bits.
pub(crate) fn random() -> u64 {
    RandomState::new().hash_one(0)
}
