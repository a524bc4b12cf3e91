//! Types: models, and what they are made of.

use serde_json::Value;

use super::{Content, Header};

/// A type of `types.rs`.
#[derive(Clone, Debug)]
pub struct Model {
    /// As in `BulkWrite`.
    pub name: String,
    /// What it is.
    pub docs: String,
    /// Where the document defines it, as a JSON pointer.
    pub origin: String,
    /// What it looks like.
    pub shape: Shape,
    /// Whether it is part of a request: it then has a constructor, setters and checks.
    pub in_request: bool,
    /// Whether it is part of an answer: its enums are then open.
    pub in_response: bool,
    /// Whether it is an enum beside whose values any other text may stand, whoever sends it.
    pub is_open: bool,
}

impl Model {
    /// Returns the fields of a struct.
    pub fn fields(&self) -> &[Field] {
        match &self.shape {
            Shape::Struct(fields) => fields,
            _ => &[],
        }
    }

    /// True if the model is an enum without a variant for unknown values: it is only sent.
    pub fn is_closed_enum(&self) -> bool {
        matches!(self.shape, Shape::Enum(_)) && !self.in_response && !self.is_open
    }

    /// True if the model is a union that keeps unknown values as JSON.
    pub fn is_union(&self) -> bool {
        matches!(self.shape, Shape::OneOf(_))
    }

    /// True if the model is a struct that implements `Default`.
    pub fn has_default(&self) -> bool {
        let is_optional = |field: &Field| !field.required || field.is_additional_properties;
        matches!(&self.shape, Shape::Struct(fields) if fields.iter().all(is_optional))
    }
}

/// What a model looks like.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Another name of a type.
    Alias(Type),
    /// An object with known properties.
    Struct(Vec<Field>),
    /// A string with known values.
    Enum(Vec<Variant>),
    /// One of several; which, the value itself says.
    OneOf(Vec<UnionVariant>),
    /// One of several; which, only the request says.
    ByArgument {
        /// The one property around each case.
        property: Option<String>,
        /// The cases.
        cases: Vec<ArgumentCase>,
    },
    /// Bytes with typed response headers.
    Binary(Vec<Header>),
    /// What came of a call that may go well in several ways.
    ResponseEnum(Vec<ResponseVariant>),
}

impl Shape {
    /// The types that it is made of.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Alias(ty) => vec![ty],
            Self::Struct(fields) => fields.iter().map(|field| &field.ty).collect(),
            Self::OneOf(choices) => choices.iter().map(|choice| &choice.ty).collect(),
            Self::ByArgument { cases, .. } => cases.iter().map(|case| &case.ty).collect(),
            Self::ResponseEnum(outcomes) => {
                let contents = outcomes.iter().map(|outcome| &outcome.content);
                contents.filter_map(Content::ty).collect()
            }
            Self::Enum(_) | Self::Binary(_) => Vec::new(),
        }
    }

    /// Calls `visit` for the id of each model that the shape refers to.
    pub(crate) fn visit_models(&mut self, visit: &mut dyn FnMut(&mut ModelId)) {
        for ty in self.types_mut() {
            ty.visit_models(visit);
        }
    }

    /// As [`types`](Self::types).
    pub fn types_mut(&mut self) -> Vec<&mut Type> {
        match self {
            Self::Alias(ty) => vec![ty],
            Self::Struct(fields) => fields.iter_mut().map(|field| &mut field.ty).collect(),
            Self::OneOf(choices) => choices.iter_mut().map(|choice| &mut choice.ty).collect(),
            Self::ByArgument { cases, .. } => cases.iter_mut().map(|case| &mut case.ty).collect(),
            Self::ResponseEnum(outcomes) => {
                let contents = outcomes.iter_mut().map(|outcome| &mut outcome.content);
                contents.filter_map(Content::ty_mut).collect()
            }
            Self::Enum(_) | Self::Binary(_) => Vec::new(),
        }
    }
}

/// A property of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// Rust name.
    pub name: String,
    /// Name on the wire.
    pub wire_name: String,
    /// What it means.
    pub docs: String,
    /// Its type; `Type::Option` when it may be null.
    pub ty: Type,
    /// Whether it is always there.
    pub required: bool,
    /// The only way it goes, if it does not go both.
    pub access: Option<Access>,
    /// Whether the document says so.
    pub deprecated: bool,
    /// What is refused before sending.
    pub checks: Vec<Check>,
    /// A value from the document, as JSON.
    pub example: Option<Value>,
    /// The one text that it has wherever the type stands, which nobody needs to give.
    pub const_value: Option<String>,
    /// Whether it is the map, always there, of all properties that have no field of their own. It has no name on the wire.
    pub is_additional_properties: bool,
}

/// A way that a property goes, of the two there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It is part of answers alone.
    ReadOnly,
    /// It is part of requests alone.
    WriteOnly,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Rust name.
    pub name: String,
    /// Value on the wire.
    pub wire_name: String,
    /// What it means.
    pub docs: String,
}

/// A case of a union.
#[derive(Clone, Debug)]
pub struct ArgumentCase {
    /// Rust name of the variant.
    pub variant: String,
    /// What it means.
    pub docs: String,
    /// What it holds.
    pub ty: Type,
}

/// One way in which a call may go well.
#[derive(Clone, Debug)]
pub struct ResponseVariant {
    /// Rust name of the variant.
    pub variant: String,
    /// What it means.
    pub docs: String,
    /// What it holds.
    pub content: Content,
}

/// A case of a union that is told from the others by its looks.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Rust name of the variant.
    pub variant: String,
    /// What it means.
    pub docs: String,
    /// What it holds.
    pub ty: Type,
    /// A property that the value itself may lack, by name and value: it is added to what is sent.
    pub tag: Option<(String, String)>,
    /// What a value of it looks like: any of these, no two of which have the same kind unless they say more.
    pub matchers: Vec<VariantMatcher>,
}

/// What a JSON value may look like, as far as that tells it from other cases of a union.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct VariantMatcher {
    /// Its kind; none if it may be of any.
    pub kind: Option<JsonKind>,
    /// The strings that it may be.
    pub values: Vec<String>,
    /// Properties that have one of a few values when they are there: strings, or other JSON as its text.
    pub tags: Vec<(String, Vec<String>)>,
    /// Properties that look like this when they are there.
    pub properties: Vec<(String, VariantMatcher)>,
    /// Properties that are there.
    pub required: Vec<String>,
    /// Properties that may be there.
    pub known: Vec<String>,
    /// What the items of a list look like: any of these.
    pub items: Vec<VariantMatcher>,
}

/// A kind of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JsonKind {
    /// A string.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list.
    Array,
    /// An object.
    Object,
}

/// A type as a field or an argument has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// `String`.
    String,
    /// `bool`.
    Bool,
    /// `i64`.
    Int,
    /// `u64`.
    UInt,
    /// `f64`.
    Float,
    /// JSON of any kind, kept as text.
    Json,
    /// Bytes: an upload as an argument, a `Binary` as a result.
    Bytes,
    /// `Vec<T>`.
    List(Box<Type>),
    /// `BTreeMap<String, T>`.
    Map(Box<Type>),
    /// May be null.
    Option(Box<Type>),
    /// A model.
    Model(ModelId),
    /// A model in a `Box`: it contains itself or is large.
    Boxed(ModelId),
}

/// Index of a model in [`Api::models`](super::Api::models).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModelId(pub usize);

impl Type {
    /// Calls `visit` for the id of the model in this type, if there is one.
    pub(crate) fn visit_models(&mut self, visit: &mut dyn FnMut(&mut ModelId)) {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Option(inner) => inner.visit_models(visit),
            Self::Model(id) | Self::Boxed(id) => visit(id),
            _ => {}
        }
    }

    /// Returns the model that the type is.
    pub fn model(&self) -> Option<ModelId> {
        match self {
            Self::Model(id) | Self::Boxed(id) => Some(*id),
            _ => None,
        }
    }

    /// True if `test` is true of the type or of a type in it.
    pub fn any(&self, test: &dyn Fn(&Type) -> bool) -> bool {
        test(self)
            || match self {
                Self::List(inner) | Self::Map(inner) | Self::Option(inner) => inner.any(test),
                _ => false,
            }
    }

    /// True if the type is a string, a number or a boolean.
    pub fn is_scalar(&self) -> bool {
        matches!(
            self,
            Self::String | Self::Bool | Self::Int | Self::UInt | Self::Float
        )
    }

    /// Whether it is a whole number, which is also read from `1.0`.
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Int | Self::UInt)
    }
}

/// What is refused before a request is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What must hold.
    pub rule: Rule,
    /// Rust name of an optional boolean field beside it that, when true, suspends the rule.
    pub unless: Option<String>,
}

/// What must hold of a value before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// UTF-8 or JSON text or content of at most so many bytes; for a list, each item.
    MaxBytes(u64),
    /// At most so many characters.
    MaxLength(u64),
    /// Text that may be a segment of a path: not empty, neither `.` nor `..`.
    Segment,
    /// A number of at least this.
    Minimum(i64),
    /// A number of at most this.
    Maximum(i64),
    /// At most so many items.
    MaxItems(u64),
    /// At least so many items.
    MinItems(u64),
}
