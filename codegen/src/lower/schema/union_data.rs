//! Data of unions that the resolver caches.

use std::collections::HashSet;

use serde_json::Value;

use crate::ir::JsonKind;
use crate::lower::schema::enum_labels::EnumLabel;
use crate::lower::schema::resolved::ResolvedSchema;
use crate::pointer::Pointer;

/// The variants of a union. Those of nested inline unions are included.
#[derive(Default)]
pub(in crate::lower) struct UnionVariants<'a> {
    pub(in crate::lower) schemas: Vec<ResolvedSchema<'a>>,
    /// True if `null` is a variant.
    pub(in crate::lower) nullable: bool,
    /// True if a variant allows every value.
    pub(in crate::lower) takes_any: bool,
    /// Locations of the variants. If there is a discriminator, also their component names: two names may refer to one schema.
    pub(super) seen: HashSet<(Pointer, Option<String>)>,
}

/// A schema whose variants are all strings, all numbers or all booleans.
pub(in crate::lower) struct Scalar {
    pub(in crate::lower) kind: JsonKind,
    /// Enum values of all variants.
    pub(in crate::lower) values: Vec<Value>,
    /// Names and descriptions of single enum values.
    pub(in crate::lower) enum_labels: Vec<EnumLabel>,
    /// True if other values are allowed as well.
    pub(in crate::lower) open: bool,
}
