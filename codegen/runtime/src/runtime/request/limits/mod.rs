//! Limits that are checked before a request is sent. An absent value or an unknown size passes.

mod measure;

use crate::runtime::error::validation::ValidationError;
use crate::runtime::request::limits::measure::{Count, Length, Number, Size};

/// Checks the maximum size in bytes.
pub fn max_bytes<T: Size + ?Sized>(value: &T, max: u64) -> Result<(), ValidationError> {
    match value.size() {
        Some(size) if size > max => refuse(format!("has {size} bytes, {max} are allowed")),
        _ => Ok(()),
    }
}

/// Checks the maximum number of characters.
pub fn max_length<T: Length + ?Sized>(value: &T, max: u64) -> Result<(), ValidationError> {
    match value.length() {
        Some(length) if length > max => {
            refuse(format!("has {length} characters, {max} are allowed"))
        }
        _ => Ok(()),
    }
}

/// Checks the minimum of a number.
pub fn minimum<T: Number>(value: &T, min: i64) -> Result<(), ValidationError> {
    if value.is_below(min) {
        return refuse(format!("is under {min}"));
    }
    Ok(())
}

/// Checks the maximum of a number.
pub fn maximum<T: Number>(value: &T, max: i64) -> Result<(), ValidationError> {
    if value.is_above(max) {
        return refuse(format!("is over {max}"));
    }
    Ok(())
}

/// Checks the maximum number of items.
pub fn max_items<T: Count + ?Sized>(value: &T, max: u64) -> Result<(), ValidationError> {
    match value.count() {
        Some(count) if count > max => refuse(format!("has {count} items, {max} are allowed")),
        _ => Ok(()),
    }
}

/// Checks the minimum number of items.
pub fn min_items<T: Count + ?Sized>(value: &T, min: u64) -> Result<(), ValidationError> {
    match value.count() {
        Some(count) if count < min => refuse(format!("has {count} items, {min} are needed")),
        _ => Ok(()),
    }
}

/// Checks every item of a list. The error contains the index.
pub fn each<'a, T: 'a>(
    items: impl IntoIterator<Item = &'a T>,
    check: impl Fn(&T) -> Result<(), ValidationError>,
) -> Result<(), ValidationError> {
    for (index, item) in items.into_iter().enumerate() {
        check(item).map_err(|error| error.within(&format!("[{index}]")))?;
    }
    Ok(())
}

fn refuse(reason: String) -> Result<(), ValidationError> {
    Err(ValidationError::new(reason))
}
