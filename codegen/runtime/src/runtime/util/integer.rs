//! Integers that are written as floats.

/// Converts a number, if a float represents every integer of its size exactly. A fraction is rounded down if
/// the API allows it. Otherwise a number with a fraction is not an integer.
#[allow(clippy::cast_possible_truncation, reason = "the range is checked")]
pub(crate) fn integer(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[cfg(feature = "part-round-down")]
    let number = number.floor();
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

/// Parses an integer header value.
pub(crate) fn from_header(text: &str) -> Option<i64> {
    let text = text.trim();
    text.parse().ok().or_else(|| integer(text.parse().ok()?))
}
