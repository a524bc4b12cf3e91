//! Random bits from the hash keys of the standard library. They are not used for secrets.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

/// Returns 64 random bits.
pub(crate) fn random() -> u64 {
    RandomState::new().hash_one(0)
}
