//! Models: the named types of a crate, with their fields, variants and response contents.

use serde_json::Value;

use super::{Check, ModelId, TimeUnit, Type, UnionVariant};

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
    /// Unit of an integer that is a time or a duration.
    pub unit: Option<TimeUnit>,
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
    /// Rust name of the method that returns the content.
    pub accessor: String,
    /// Description.
    pub docs: String,
    /// Its type.
    pub ty: Type,
    /// True if it is a collection inside a property that can be absent or null. The collection is then empty.
    pub is_optional: bool,
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
