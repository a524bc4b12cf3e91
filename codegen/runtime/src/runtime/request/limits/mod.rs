//! Limits that are checked before a request is sent. An absent value or an unknown size passes.

#[cfg(any(feature = "part-max-items", feature = "part-min-items"))]
mod count;
#[cfg(feature = "part-max-length")]
mod length;
#[cfg(any(feature = "part-maximum", feature = "part-minimum"))]
mod number;
#[cfg(feature = "part-max-bytes")]
mod size;

#[cfg(any(feature = "part-maximum", feature = "part-minimum"))]
use std::cmp::Ordering;

use crate::runtime::error::validation::ValidationError;
#[cfg(any(feature = "part-max-items", feature = "part-min-items"))]
use crate::runtime::request::limits::count::Count;
#[cfg(feature = "part-max-length")]
use crate::runtime::request::limits::length::Length;
#[cfg(any(feature = "part-maximum", feature = "part-minimum"))]
use crate::runtime::request::limits::number::Number;
#[cfg(feature = "part-max-bytes")]
use crate::runtime::request::limits::size::Size;

/// Checks the maximum size in bytes.
#[cfg(feature = "part-max-bytes")]
pub fn max_bytes<T: Size + ?Sized>(value: &T, max: u64) -> Result<(), ValidationError> {
    match value.size() {
        Some(size) if size > max => refuse(format!("has {size} bytes; the maximum is {max}")),
        _ => Ok(()),
    }
}

/// Checks the maximum number of characters.
#[cfg(feature = "part-max-length")]
pub fn max_length<T: Length + ?Sized>(value: &T, max: u64) -> Result<(), ValidationError> {
    match value.length() {
        Some(length) if length > max => {
            refuse(format!("has {length} characters; the maximum is {max}"))
        }
        _ => Ok(()),
    }
}

/// Checks the minimum of a number.
#[cfg(feature = "part-minimum")]
pub fn minimum<T: Number>(value: &T, min: i64) -> Result<(), ValidationError> {
    if value.compare(min) == Some(Ordering::Less) {
        return refuse(format!("is less than {min}"));
    }
    Ok(())
}

/// Checks the maximum of a number.
#[cfg(feature = "part-maximum")]
pub fn maximum<T: Number>(value: &T, max: i64) -> Result<(), ValidationError> {
    if value.compare(max) == Some(Ordering::Greater) {
        return refuse(format!("is greater than {max}"));
    }
    Ok(())
}

/// Checks the maximum number of items.
#[cfg(feature = "part-max-items")]
pub fn max_items<T: Count + ?Sized>(value: &T, max: u64) -> Result<(), ValidationError> {
    match value.count() {
        Some(count) if count > max => refuse(format!("has {count} items; the maximum is {max}")),
        _ => Ok(()),
    }
}

/// Checks the minimum number of items.
#[cfg(feature = "part-min-items")]
pub fn min_items<T: Count + ?Sized>(value: &T, min: u64) -> Result<(), ValidationError> {
    match value.count() {
        Some(count) if count < min => refuse(format!("has {count} items; the minimum is {min}")),
        _ => Ok(()),
    }
}

/// Checks every item of a list. The error contains the index.
#[cfg(feature = "part-each")]
pub fn each<'a, T: 'a>(
    items: impl IntoIterator<Item = &'a T>,
    check: impl Fn(&T) -> Result<(), ValidationError>,
) -> Result<(), ValidationError> {
    for (index, item) in items.into_iter().enumerate() {
        check(item).map_err(|error| error.within(&format!("[{index}]")))?;
    }
    Ok(())
}

#[cfg(any(
    feature = "part-max-bytes",
    feature = "part-max-items",
    feature = "part-max-length",
    feature = "part-maximum",
    feature = "part-min-items",
    feature = "part-minimum"
))]
fn refuse(reason: String) -> Result<(), ValidationError> {
    Err(ValidationError::new(reason))
}
