//! Quantities that limits apply to.

use serde::de::IgnoredAny;

use crate::runtime::body::array::JsonArray;
use crate::runtime::body::upload::Upload;
use crate::runtime::json::value::Json;
use crate::runtime::request::value::Value;

/// A value with a size in bytes.
pub trait Size {
    /// Returns the size, if it is known.
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

/// A value with a number of characters.
pub trait Length {
    /// Returns the number of characters, if the value is present.
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

/// A value that can be compared with an integer.
pub trait Number {
    /// Returns true if the value is present and less than `min`.
    fn is_below(&self, min: i64) -> bool;
    /// Returns true if the value is present and greater than `max`.
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

/// A value with a number of items.
pub trait Count {
    /// Returns the number of items, if the value is present.
    fn count(&self) -> Option<u64>;
}

impl<T> Count for Vec<T> {
    fn count(&self) -> Option<u64> {
        Some(self.len() as u64)
    }
}

impl Count for JsonArray {
    fn count(&self) -> Option<u64> {
        Some(self.len() as u64)
    }
}

impl<T: Count> Count for Option<T> {
    fn count(&self) -> Option<u64> {
        self.as_ref().and_then(Count::count)
    }
}

impl Size for Value {
    fn size(&self) -> Option<u64> {
        match self {
            Self::Text(text) => text.size(),
            Self::Json(text) => Some(text.len() as u64),
            Self::Array(_) => None,
            Self::Content(contents) => match contents.as_slice() {
                [content] => content.size(),
                _ => None,
            },
        }
    }
}

impl Length for Value {
    fn length(&self) -> Option<u64> {
        self.read::<String>()?.length()
    }
}

impl Number for Value {
    fn is_below(&self, min: i64) -> bool {
        self.read::<i64>().is_below(min)
            || (self.read::<i64>().is_none() && self.read::<f64>().is_below(min))
    }

    fn is_above(&self, max: i64) -> bool {
        self.read::<i64>().is_above(max)
            || (self.read::<i64>().is_none() && self.read::<f64>().is_above(max))
    }
}

impl Count for Value {
    fn count(&self) -> Option<u64> {
        match self {
            Self::Array(items) => items.count(),
            Self::Content(contents) => contents.count(),
            Self::Json(text) => serde_json::from_slice::<Vec<IgnoredAny>>(text)
                .ok()?
                .count(),
            Self::Text(_) => None,
        }
    }
}
