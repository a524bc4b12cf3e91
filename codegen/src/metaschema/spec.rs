//! Description of an object and of the values of its keywords.

use crate::suggest::or_list;

/// Kind of value that a keyword takes.
#[derive(Clone, Copy)]
pub(crate) enum ValueKind {
    /// Any value; its content is not validated.
    Any,
    String,
    Bool,
    /// An integer that is not negative.
    UInt,
    /// An integer.
    Int,
    Number,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    List(&'static ValueKind),
    /// An object with arbitrary keys.
    Map(&'static ValueKind),
    Object(&'static ObjectSpec),
    /// An object, or a `$ref` to one.
    Reference(&'static ObjectSpec),
    /// A boolean, an object, or a `$ref` to one.
    BoolOrReference(&'static ObjectSpec),
}

/// Keywords of an object.
pub(crate) struct ObjectSpec {
    /// Name with its article, as in `a schema`.
    pub(crate) name: &'static str,
    pub(crate) keywords: &'static [(&'static str, ValueKind)],
    pub(crate) required: &'static [&'static str],
    /// Kind of the values at keys that are not keywords.
    pub(crate) additional: Option<ValueKind>,
    /// True if keys that begin with `x-` are allowed with any value.
    pub(crate) extensible: bool,
}

impl ObjectSpec {
    /// Returns the kind of value at a key, or `None` if the key is unknown.
    pub(crate) fn value_kind(&self, key: &str) -> Option<ValueKind> {
        let keyword = self
            .keywords
            .iter()
            .find(|(keyword, _)| *keyword == key)
            .map(|(_, kind)| *kind);
        let extension = || (self.extensible && key.starts_with("x-")).then_some(ValueKind::Any);
        keyword.or_else(extension).or(self.additional)
    }
}

/// Each object has one table, so the address identifies it.
impl PartialEq for ObjectSpec {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl ValueKind {
    /// Names the expected value, as in `must be …`.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Any => "any value".to_owned(),
            Self::String => "a string".to_owned(),
            Self::Bool => "`true` or `false`".to_owned(),
            Self::UInt => "a non-negative integer".to_owned(),
            Self::Int => "an integer".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::OneOf(values) => format!("one of {}", or_list(values)),
            Self::List(_) => "a list".to_owned(),
            Self::Map(_) => "an object".to_owned(),
            Self::Object(spec) => spec.name.to_owned(),
            Self::Reference(spec) => format!("{} or a `$ref` to one", spec.name),
            Self::BoolOrReference(spec) => format!("`true`, `false` or {}", spec.name),
        }
    }

    /// Returns the kind of the value at a key or index inside this value.
    pub(crate) fn child(self, segment: &str) -> Option<Self> {
        match self {
            Self::Any => Some(Self::Any),
            Self::List(inner) | Self::Map(inner) => Some(*inner),
            Self::Object(spec) | Self::Reference(spec) | Self::BoolOrReference(spec) => {
                Some(spec.value_kind(segment).unwrap_or(Self::Any))
            }
            Self::String | Self::Bool | Self::UInt | Self::Int | Self::Number | Self::OneOf(_) => {
                None
            }
        }
    }
}
