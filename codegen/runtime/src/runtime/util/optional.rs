//! Values of optional arguments.

/// A value for an optional argument: a value that converts into `T`, or an `Option` of such a value.
///
/// The compiler infers `M`, which distinguishes the two implementations.
#[diagnostic::on_unimplemented(
    message = "`{Self}` converts neither into `{T}` nor into `Option<{T}>`",
    label = "expected a value of `{T}`, or an `Option`"
)]
pub trait IntoOptional<T, M> {
    /// Converts the value.
    fn into_optional(self) -> Option<T>;
}

/// Marker of the implementation for values.
#[doc(hidden)]
pub enum FromValue {}

/// Marker of the implementation for options.
#[doc(hidden)]
pub enum FromOption {}

impl<T, V: Into<T>> IntoOptional<T, FromValue> for V {
    fn into_optional(self) -> Option<T> {
        Some(self.into())
    }
}

impl<T, V: Into<T>> IntoOptional<T, FromOption> for Option<V> {
    fn into_optional(self) -> Option<T> {
        self.map(Into::into)
    }
}
