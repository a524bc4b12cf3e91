//! The schema behind a variant of a union.

use crate::lower::schema::ResolvedSchema;

/// The schema of a variant.
pub(in crate::lower) struct VariantSource<'a> {
    pub(in crate::lower::union) schema: ResolvedSchema<'a>,
    /// True if the variant is an enum that allows other values.
    pub(in crate::lower::union) is_open: bool,
    /// The discriminator value, if several values select the same schema.
    pub(in crate::lower::union) tag: Option<String>,
}
