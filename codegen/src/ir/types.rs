//! Types of fields, arguments and results. They refer to models by id.

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

/// Unit of an integer that is a time or a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// A duration in seconds.
    Seconds,
    /// A time in seconds since 1970-01-01 UTC.
    UnixSeconds,
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

    /// True if the type is an integer, or contains integers.
    pub fn has_integers(&self) -> bool {
        self.any(&Self::is_integer)
    }

    /// True if the type is a string, a number or a boolean.
    pub fn is_scalar(&self) -> bool {
        matches!(
            self,
            Self::String | Self::Bool | Self::Int | Self::UInt | Self::Float
        )
    }

    /// True if it is an integer type, which also accepts `1.0`.
    pub fn is_integer(&self) -> bool {
        matches!(self, Self::Int | Self::UInt)
    }
}
