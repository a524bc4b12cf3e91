//! Limits that are checked before a request is sent. An argument that is not given, or whose size is not known, passes.

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

/// Refuses more than so many bytes of text, JSON or content.
#[cfg(feature = "part-max-bytes")]
pub fn max_bytes<T: Size + ?Sized>(value: &T, max: u64) -> Result<(), ValidationError> {
    match value.size() {
        Some(size) if size > max => refuse(format!("has {size} bytes, {max} are allowed")),
        _ => Ok(()),
    }
}

/// Refuses more than so many characters.
#[cfg(feature = "part-max-length")]
pub fn max_length<T: Length + ?Sized>(value: &T, max: u64) -> Result<(), ValidationError> {
    match value.length() {
        Some(length) if length > max => {
            refuse(format!("has {length} characters, {max} are allowed"))
        }
        _ => Ok(()),
    }
}

/// Refuses a number under this one.
#[cfg(feature = "part-minimum")]
pub fn minimum<T: Number>(value: &T, min: i64) -> Result<(), ValidationError> {
    if value.compare(min) == Some(Ordering::Less) {
        return refuse(format!("is under {min}"));
    }
    Ok(())
}

/// Refuses a number over this one.
#[cfg(feature = "part-maximum")]
pub fn maximum<T: Number>(value: &T, max: i64) -> Result<(), ValidationError> {
    if value.compare(max) == Some(Ordering::Greater) {
        return refuse(format!("is over {max}"));
    }
    Ok(())
}

/// Refuses more than so many items.
#[cfg(feature = "part-max-items")]
pub fn max_items<T: Count + ?Sized>(value: &T, max: u64) -> Result<(), ValidationError> {
    match value.count() {
        Some(count) if count > max => refuse(format!("has {count} items, {max} are allowed")),
        _ => Ok(()),
    }
}

/// Refuses fewer than so many items.
#[cfg(feature = "part-min-items")]
pub fn min_items<T: Count + ?Sized>(value: &T, min: u64) -> Result<(), ValidationError> {
    match value.count() {
        Some(count) if count < min => refuse(format!("has {count} items, {min} are needed")),
        _ => Ok(()),
    }
}

/// Checks every item of a list and says which one is refused.
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
