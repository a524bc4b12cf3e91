//! Comparison of numbers.

use std::cmp::Ordering;

use crate::runtime::error::validation::ValidationError;
use crate::runtime::request::value::Value;

/// Checks the minimum of a number.
#[cfg(feature = "part-minimum")]
pub fn minimum<T: Number>(value: &T, min: i64) -> Result<(), ValidationError> {
    if value.compare(min) == Some(Ordering::Less) {
        return Err(ValidationError::new(format!("is less than {min}")));
    }
    Ok(())
}

/// Checks the maximum of a number.
#[cfg(feature = "part-maximum")]
pub fn maximum<T: Number>(value: &T, max: i64) -> Result<(), ValidationError> {
    if value.compare(max) == Some(Ordering::Greater) {
        return Err(ValidationError::new(format!("is greater than {max}")));
    }
    Ok(())
}

/// A value that can be compared with an integer.
pub trait Number {
    /// Compares the value with a limit. `None` if it is absent or not a number.
    fn compare(&self, limit: i64) -> Option<Ordering>;
}

impl Number for i64 {
    fn compare(&self, limit: i64) -> Option<Ordering> {
        Some(self.cmp(&limit))
    }
}

impl Number for u64 {
    fn compare(&self, limit: i64) -> Option<Ordering> {
        let number = i64::try_from(*self);
        Some(number.map_or(Ordering::Greater, |number| number.cmp(&limit)))
    }
}

#[allow(clippy::cast_precision_loss, reason = "a limit above 2^53 is rounded")]
impl Number for f64 {
    fn compare(&self, limit: i64) -> Option<Ordering> {
        self.partial_cmp(&(limit as f64))
    }
}

impl<T: Number> Number for Option<T> {
    fn compare(&self, limit: i64) -> Option<Ordering> {
        self.as_ref()?.compare(limit)
    }
}

impl Number for Value {
    fn compare(&self, limit: i64) -> Option<Ordering> {
        match self.read::<i64>() {
            Some(number) => number.compare(limit),
            None => self.read::<f64>().compare(limit),
        }
    }
}
