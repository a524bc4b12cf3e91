//! Unions: their variants, and the matchers that select one.

use super::Type;

/// A variant of a union that is selected by the value.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Rust name of the variant.
    pub variant: String,
    /// Description.
    pub docs: String,
    /// Its type.
    pub ty: Type,
    /// Name and value of a discriminator property that the value may lack. It is added to requests.
    pub tag: Option<(String, String)>,
    /// Matchers of its values. A value belongs to the variant if one of them matches.
    pub matchers: Vec<VariantMatcher>,
}

/// A condition on a JSON value that selects a variant of a union.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct VariantMatcher {
    /// Kind of the value; `None` if any kind matches.
    pub kind: Option<JsonKind>,
    /// Allowed strings. Empty if any string matches.
    pub values: Vec<String>,
    /// Allowed values of properties, if they are present: strings without quotes, other values as JSON.
    pub tags: Vec<(String, Vec<String>)>,
    /// Matchers of properties, if they are present.
    pub properties: Vec<(String, VariantMatcher)>,
    /// Properties that must be present.
    pub required: Vec<String>,
    /// Properties that may be present.
    pub optional: Vec<String>,
    /// Matchers of the items of an array. Each item matches one of them.
    pub items: Vec<VariantMatcher>,
}

/// A kind of JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JsonKind {
    /// A string.
    String,
    /// An integer.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An array.
    Array,
    /// An object.
    Object,
}
