//! Suggestions for names in a config that the document does not contain.

pub(super) use crate::suggest::did_you_mean as meant;
