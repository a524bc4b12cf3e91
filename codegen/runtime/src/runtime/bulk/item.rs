//! Items of streams and iterators.

use std::error::Error as StdError;

/// An item of a stream or iterator for a bulk call: a value that converts into `T`, or a `Result` with such a value.
///
/// The compiler infers `M`, which distinguishes the two implementations.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an item of this bulk call: it does not convert into `{T}`",
    label = "the items must convert into `{T}`, or be a `Result` with such a value"
)]
pub trait IntoBulkItem<T, M> {
    /// Converts the item.
    fn into_bulk_item(self) -> Result<T, Box<dyn StdError + Send + Sync>>;
}

/// Marker of the implementation for values.
#[doc(hidden)]
pub enum FromValue {}

/// Marker of the implementation for results.
#[doc(hidden)]
pub enum FromResult {}

impl<T, V: Into<T>> IntoBulkItem<T, FromValue> for V {
    fn into_bulk_item(self) -> Result<T, Box<dyn StdError + Send + Sync>> {
        Ok(self.into())
    }
}

impl<T, V: Into<T>, E: Into<Box<dyn StdError + Send + Sync>>> IntoBulkItem<T, FromResult>
    for Result<V, E>
{
    fn into_bulk_item(self) -> Result<T, Box<dyn StdError + Send + Sync>> {
        self.map(Into::into).map_err(Into::into)
    }
}
