//! Semantic equality of JSON texts.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// Values at a greater depth are compared as text.
const DEPTH: u32 = 128;

/// Returns true if two JSON texts are semantically equal. White space, the order of properties and the
/// notation of numbers and strings are ignored. Every digit is significant.
pub(crate) fn json_eq(left: &str, right: &str) -> bool {
    is_eq(left, right, 0)
}

fn is_eq(left: &str, right: &str, depth: u32) -> bool {
    let (left, right) = (left.trim(), right.trim());
    if left == right {
        return true;
    }
    if depth >= DEPTH {
        return false;
    }
    match (left.as_bytes().first(), right.as_bytes().first()) {
        (Some(b'{'), Some(b'{')) => {
            let (Some(left), Some(right)) = (object(left), object(right)) else {
                return false;
            };
            let mut pairs = left.iter().zip(&right);
            left.len() == right.len()
                && pairs.all(|(left, right)| left.0 == right.0 && raw(left.1, right.1, depth))
        }
        (Some(b'['), Some(b'[')) => {
            let (Some(left), Some(right)) = (array(left), array(right)) else {
                return false;
            };
            let mut pairs = left.iter().zip(&right);
            left.len() == right.len() && pairs.all(|(left, right)| raw(left, right, depth))
        }
        (Some(b'"'), Some(b'"')) => match (string(left), string(right)) {
            (Some(left), Some(right)) => left == right,
            _ => false,
        },
        (Some(b'-' | b'0'..=b'9'), Some(b'-' | b'0'..=b'9')) => {
            match (Decimal::read(left), Decimal::read(right)) {
                (Some(left), Some(right)) => left == right,
                _ => false,
            }
        }
        _ => false,
    }
}

fn raw(left: &RawValue, right: &RawValue, depth: u32) -> bool {
    is_eq(left.get(), right.get(), depth + 1)
}

fn object(text: &str) -> Option<BTreeMap<String, &RawValue>> {
    serde_json::from_str(text).ok()
}

fn array(text: &str) -> Option<Vec<&RawValue>> {
    serde_json::from_str(text).ok()
}

fn string(text: &str) -> Option<String> {
    serde_json::from_str(text).ok()
}

/// A number as digits without leading and trailing zeros, and the exponent of the last digit.
#[derive(PartialEq)]
struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    fn read(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let all = format!("{whole}{fraction}");
        let all = all.trim_start_matches('0');
        let digits = all.trim_end_matches('0');
        if digits.is_empty() {
            return Some(Self {
                negative: false,
                digits: String::new(),
                exponent: 0,
            });
        }
        let shift =
            i64::try_from(all.len() - digits.len()).ok()? - i64::try_from(fraction.len()).ok()?;
        Some(Self {
            negative,
            digits: digits.to_owned(),
            exponent: exponent.parse::<i64>().ok()?.checked_add(shift)?,
        })
    }
}
