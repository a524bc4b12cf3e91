//! Limits that are checked before a request is sent. An argument that is not given, or whose size is not known, passes.

use crate::runtime::body::array::Items;
use crate::runtime::body::upload::Upload;
use crate::runtime::error::validation::Refusal;
use crate::runtime::json::value::Json;

/// Refuses more than so many bytes of text, JSON or content.
pub fn max_bytes<T: Size + ?Sized>(value: &T, max: u64) -> Result<(), Refusal> {
    match value.size() {
        Some(size) if size > max => refuse(format!("has {size} bytes, {max} are allowed")),
        _ => Ok(()),
    }
}

/// Refuses more than so many characters.
pub fn max_length<T: Length + ?Sized>(value: &T, max: u64) -> Result<(), Refusal> {
    match value.length() {
        Some(length) if length > max => {
            refuse(format!("has {length} characters, {max} are allowed"))
        }
        _ => Ok(()),
    }
}

/// Refuses what can be no segment of a path.
pub fn segment<T: Text + ?Sized>(value: &T) -> Result<(), Refusal> {
    match value.text() {
        Some("") => refuse("is empty".to_owned()),
        Some("." | "..") => refuse("is `.` or `..`, which URLs fold away".to_owned()),
        _ => Ok(()),
    }
}

/// Refuses a number under this one.
pub fn minimum<T: Number>(value: &T, min: i64) -> Result<(), Refusal> {
    if value.is_below(min) {
        return refuse(format!("is under {min}"));
    }
    Ok(())
}

/// Refuses a number over this one.
pub fn maximum<T: Number>(value: &T, max: i64) -> Result<(), Refusal> {
    if value.is_above(max) {
        return refuse(format!("is over {max}"));
    }
    Ok(())
}

/// Refuses more than so many items.
pub fn max_items<T: Count + ?Sized>(value: &T, max: u64) -> Result<(), Refusal> {
    match value.count() {
        Some(count) if count > max => refuse(format!("has {count} items, {max} are allowed")),
        _ => Ok(()),
    }
}

/// Refuses fewer than so many items.
pub fn min_items<T: Count + ?Sized>(value: &T, min: u64) -> Result<(), Refusal> {
    match value.count() {
        Some(count) if count < min => refuse(format!("has {count} items, {min} are needed")),
        _ => Ok(()),
    }
}

/// Checks every item of a list and says which one is refused.
pub fn each<'a, T: 'a>(
    items: impl IntoIterator<Item = &'a T>,
    check: impl Fn(&T) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    for (index, item) in items.into_iter().enumerate() {
        check(item).map_err(|refusal| refusal.within(&format!("[{index}]")))?;
    }
    Ok(())
}

fn refuse(reason: String) -> Result<(), Refusal> {
    Err(Refusal::new(reason))
}

/// Something with a size in bytes.
pub trait Size {
    /// Its size, if it is there and its size is known.
    fn size(&self) -> Option<u64>;
}

impl Size for str {
    fn size(&self) -> Option<u64> {
        Some(self.len() as u64)
    }
}

impl Size for String {
    fn size(&self) -> Option<u64> {
        self.as_str().size()
    }
}

impl Size for Json {
    fn size(&self) -> Option<u64> {
        self.as_str().size()
    }
}

impl Size for Upload {
    fn size(&self) -> Option<u64> {
        Self::size(self)
    }
}

impl<T: Size> Size for Option<T> {
    fn size(&self) -> Option<u64> {
        self.as_ref().and_then(Size::size)
    }
}

/// Something that may be text.
pub trait Text {
    /// The text, if it is there.
    fn text(&self) -> Option<&str>;
}

impl Text for str {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Text for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

/// Something made of characters.
pub trait Length {
    /// How many, if it is there.
    fn length(&self) -> Option<u64>;
}

impl Length for str {
    fn length(&self) -> Option<u64> {
        Some(self.chars().count() as u64)
    }
}

impl Length for String {
    fn length(&self) -> Option<u64> {
        self.as_str().length()
    }
}

impl<T: Length> Length for Option<T> {
    fn length(&self) -> Option<u64> {
        self.as_ref().and_then(Length::length)
    }
}

/// Something to compare with a whole number.
pub trait Number {
    /// Whether it is there and less than `min`.
    fn is_below(&self, min: i64) -> bool;
    /// Whether it is there and more than `max`.
    fn is_above(&self, max: i64) -> bool;
}

impl Number for i64 {
    fn is_below(&self, min: i64) -> bool {
        *self < min
    }

    fn is_above(&self, max: i64) -> bool {
        *self > max
    }
}

impl Number for u64 {
    fn is_below(&self, min: i64) -> bool {
        i64::try_from(*self).is_ok_and(|number| number < min)
    }

    fn is_above(&self, max: i64) -> bool {
        i64::try_from(*self).map_or(true, |number| number > max)
    }
}

#[allow(clippy::cast_precision_loss)] // a limit beyond 2^53 is none
impl Number for f64 {
    fn is_below(&self, min: i64) -> bool {
        *self < min as f64
    }

    fn is_above(&self, max: i64) -> bool {
        *self > max as f64
    }
}

impl<T: Number> Number for Option<T> {
    fn is_below(&self, min: i64) -> bool {
        self.as_ref().is_some_and(|number| number.is_below(min))
    }

    fn is_above(&self, max: i64) -> bool {
        self.as_ref().is_some_and(|number| number.is_above(max))
    }
}

/// Something made of items.
pub trait Count {
    /// How many, if it is there.
    fn count(&self) -> Option<u64>;
}

impl<T> Count for Vec<T> {
    fn count(&self) -> Option<u64> {
        Some(self.len() as u64)
    }
}

impl Count for Items {
    fn count(&self) -> Option<u64> {
        Some(self.len() as u64)
    }
}

impl<T: Count> Count for Option<T> {
    fn count(&self) -> Option<u64> {
        self.as_ref().and_then(Count::count)
    }
}
