//! The schema behind a variant of a union.

use crate::lower::schema::resolved::ResolvedSchema;

/// The schema of a variant.
pub(in crate::lower) struct VariantSource<'a> {
    pub(in crate::lower) schema: ResolvedSchema<'a>,
    /// True if the variant is an enum that allows other values.
    pub(in crate::lower) is_open: bool,
    /// The discriminator value, if several values select the same schema.
    pub(in crate::lower) tag: Option<String>,
}
