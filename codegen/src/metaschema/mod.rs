//! How objects are described: which keywords they have, and what may stand at each.

/// The objects of OpenAPI 3.0.
pub(crate) mod openapi;

use Shape::Object as Inner;

/// What may stand at a place.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// Anything at all, which nobody looks into.
    Any,
    Text,
    Flag,
    /// A whole number, not negative.
    Count,
    /// A whole number.
    Whole,
    Number,
    /// One of these texts.
    Word(&'static [&'static str]),
    List(&'static Shape),
    /// An object with free keys.
    Map(&'static Shape),
    Object(&'static Object),
    /// An object, or a `$ref` to one.
    Reference(&'static Object),
    /// A flag, an object, or a `$ref` to one.
    FlagOrReference(&'static Object),
}

/// A kind of object.
pub(crate) struct Object {
    /// With its article, as in `a schema`.
    pub(crate) name: &'static str,
    pub(crate) keywords: &'static [(&'static str, Shape)],
    pub(crate) required: &'static [&'static str],
    /// What may stand at keys that are not keywords.
    pub(crate) others: Option<Shape>,
    /// Whether keys that begin with `x-` may hold anything.
    pub(crate) extensible: bool,
}

impl Object {
    pub(crate) fn shape(&self, key: &str) -> Option<Shape> {
        let keyword = self
            .keywords
            .iter()
            .find(|(keyword, _)| *keyword == key)
            .map(|(_, shape)| *shape);
        let extension = || (self.extensible && key.starts_with("x-")).then_some(Shape::Any);
        keyword.or_else(extension).or(self.others)
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Shape {
    /// What is expected here, as in `must be …`.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Any => "anything".to_owned(),
            Self::Text => "a string".to_owned(),
            Self::Flag => "`true` or `false`".to_owned(),
            Self::Count => "a whole number of 0 or more".to_owned(),
            Self::Whole => "a whole number".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Word(words) => format!("one of {}", listed(words)),
            Self::List(_) => "a list".to_owned(),
            Self::Map(_) => "an object".to_owned(),
            Self::Object(object) => object.name.to_owned(),
            Self::Reference(object) => format!("{} or a `$ref` to one", object.name),
            Self::FlagOrReference(object) => format!("`true`, `false` or {}", object.name),
        }
    }

    /// The shape of what stands at a key or an index inside this.
    pub(crate) fn inside(self, segment: &str) -> Option<Self> {
        match self {
            Self::Any => Some(Self::Any),
            Self::List(inner) | Self::Map(inner) => Some(*inner),
            Inner(object) | Self::Reference(object) | Self::FlagOrReference(object) => {
                Some(object.shape(segment).unwrap_or(Self::Any))
            }
            Self::Text | Self::Flag | Self::Count | Self::Whole | Self::Number | Self::Word(_) => {
                None
            }
        }
    }
}

/// Texts as in "`a`, `b` or `c`".
pub(crate) fn listed(words: &[impl AsRef<str>]) -> String {
    let quoted: Vec<String> = words
        .iter()
        .map(|word| format!("`{}`", word.as_ref()))
        .collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}
