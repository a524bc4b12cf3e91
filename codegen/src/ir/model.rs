//! Types: models, and what they are made of.

use serde_json::Value;

/// A type of `types.rs`.
#[derive(Clone, Debug)]
pub struct Model {
    /// As in `BulkWrite`.
    pub name: String,
    /// Description.
    pub docs: String,
    /// JSON pointer of the definition.
    pub origin: String,
    /// Its form.
    pub shape: Shape,
    /// True if it is part of a request. It then has a constructor, setters and checks.
    pub in_request: bool,
    /// True if it is part of a response. Enums then keep unknown values.
    pub in_response: bool,
    /// True if it is an enum that also accepts other strings, in requests and responses.
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

/// The form of a model.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An alias of a type.
    Alias(Type),
    /// An object with properties.
    Struct(Vec<Field>),
    /// A string enum.
    Enum(Vec<Variant>),
    /// A union whose variant is selected by the value.
    OneOf(Vec<UnionVariant>),
    /// A union whose variant is selected by an argument of the request.
    ByArgument {
        /// The only property of each case, if the cases are inside a property.
        property: Option<String>,
        /// The cases.
        cases: Vec<ArgumentCase>,
    },
    /// Bytes with typed response headers.
    Binary(Vec<Header>),
    /// The result of an operation with several success responses.
    ResponseEnum(Vec<ResponseVariant>),
}

impl Shape {
    /// Returns the types of its parts.
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

    /// Returns the types of its parts, mutably. See [`types`](Self::types).
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
    /// Description.
    pub docs: String,
    /// Its type; `Type::Option` when it may be null.
    pub ty: Type,
    /// True if the property is required.
    pub required: bool,
    /// `readOnly` or `writeOnly`.
    pub access: Option<Access>,
    /// True if the property is deprecated.
    pub deprecated: bool,
    /// Checks before a request is sent.
    pub checks: Vec<Check>,
    /// Example from the document, as JSON.
    pub example: Option<Value>,
    /// Constant value. Constructors set it.
    pub const_value: Option<String>,
    /// True if the field is the map of additional properties. It has no wire name.
    pub is_additional_properties: bool,
}

/// Direction of a property that is not part of both requests and responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Only part of responses.
    ReadOnly,
    /// Only part of requests.
    WriteOnly,
}

/// A variant of a string enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Rust name.
    pub name: String,
    /// Value on the wire.
    pub wire_name: String,
    /// Description.
    pub docs: String,
}

/// A case of a union that an argument of the request selects.
#[derive(Clone, Debug)]
pub struct ArgumentCase {
    /// Rust name of the variant.
    pub variant: String,
    /// Description.
    pub docs: String,
    /// Its type.
    pub ty: Type,
}

/// A success response as a variant of a result.
#[derive(Clone, Debug)]
pub struct ResponseVariant {
    /// Rust name of the variant.
    pub variant: String,
    /// Description.
    pub docs: String,
    /// Its content.
    pub content: Content,
}

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
    pub known: Vec<String>,
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

/// A type of a field, argument or result.
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
    /// Any JSON, kept as text.
    Json,
    /// Bytes: an upload in a request, `Binary` in a response.
    Bytes,
    /// `Vec<T>`.
    List(Box<Type>),
    /// `BTreeMap<String, T>`.
    Map(Box<Type>),
    /// `Option<T>`: the value may be null.
    Option(Box<Type>),
    /// A model.
    Model(ModelId),
    /// A model in a `Box`: it is recursive or large.
    Boxed(ModelId),
}

/// Index of a model in [`Api::models`](super::Api::models).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModelId(pub usize);

impl Type {
    /// Calls `visit` with the id of the model in this type, if there is one.
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

    /// True if it is an integer type, which also accepts `1.0`.
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Int | Self::UInt)
    }
}

/// A check before a request is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The rule.
    pub rule: Rule,
    /// Rust name of an optional boolean sibling field that suspends the rule if it is true.
    pub unless: Option<String>,
}

/// A rule for a value that is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Maximum number of bytes of a string, of JSON or of content. For a list, of each item.
    MaxBytes(u64),
    /// Maximum number of characters.
    MaxLength(u64),
    /// A valid path segment: not empty, neither `.` nor `..`.
    Segment,
    /// Minimum of a number.
    Minimum(i64),
    /// Maximum of a number.
    Maximum(i64),
    /// Maximum number of items.
    MaxItems(u64),
    /// Minimum number of items.
    MinItems(u64),
}

/// Decoded form of a response body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// No body, or an ignored one.
    Nothing,
    /// JSON.
    Json(Type),
    /// Text.
    Text,
    /// Bytes.
    Binary,
}

impl Content {
    /// Returns the type of a JSON body.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) => Some(ty),
            _ => None,
        }
    }

    /// Returns the type of a JSON body for modification.
    pub fn ty_mut(&mut self) -> Option<&mut Type> {
        match self {
            Self::Json(ty) => Some(ty),
            _ => None,
        }
    }
}

/// A response header with a type.
#[derive(Clone, Debug)]
pub struct Header {
    /// Rust name of the accessor. Empty for a header without accessor.
    pub name: String,
    /// Name on the wire.
    pub wire_name: String,
    /// Description.
    pub docs: String,
    /// `String`, `Int`, `UInt`, `Float` or `Bool`.
    pub ty: Type,
}
