//! Limits that are checked before a request is sent. An argument that is not given, or whose size is not known, passes.

mod measure;

use crate::runtime::error::validation::ValidationError;
use crate::runtime::request::limits::measure::{Count, Length, Number, Size};

/// Refuses more than so many bytes of text, JSON or content.
pub fn max_bytes<T: Size + ?Sized>(value: &T, max: u64) -> Result<(), ValidationError> {
    match value.size() {
        Some(size) if size > max => refuse(format!("has {size} bytes, {max} are allowed")),
        _ => Ok(()),
    }
}

/// Refuses more than so many characters.
pub fn max_length<T: Length + ?Sized>(value: &T, max: u64) -> Result<(), ValidationError> {
    match value.length() {
        Some(length) if length > max => {
            refuse(format!("has {length} characters, {max} are allowed"))
        }
        _ => Ok(()),
    }
}

/// Refuses a number under this one.
pub fn minimum<T: Number>(value: &T, min: i64) -> Result<(), ValidationError> {
    if value.is_below(min) {
        return refuse(format!("is under {min}"));
    }
    Ok(())
}

/// Refuses a number over this one.
pub fn maximum<T: Number>(value: &T, max: i64) -> Result<(), ValidationError> {
    if value.is_above(max) {
        return refuse(format!("is over {max}"));
    }
    Ok(())
}

/// Refuses more than so many items.
pub fn max_items<T: Count + ?Sized>(value: &T, max: u64) -> Result<(), ValidationError> {
    match value.count() {
        Some(count) if count > max => refuse(format!("has {count} items, {max} are allowed")),
        _ => Ok(()),
    }
}

/// Refuses fewer than so many items.
pub fn min_items<T: Count + ?Sized>(value: &T, min: u64) -> Result<(), ValidationError> {
    match value.count() {
        Some(count) if count < min => refuse(format!("has {count} items, {min} are needed")),
        _ => Ok(()),
    }
}

/// Checks every item of a list and says which one is refused.
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
