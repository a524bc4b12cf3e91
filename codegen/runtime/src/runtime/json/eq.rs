//! Whether two JSON texts mean the same.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// Deeper than this, texts are compared letter by letter.
const DEPTH: u32 = 128;

/// Whether two JSON texts mean the same: spaces, the order of properties, and the way a number or a string is written
/// do not matter, but every digit does.
pub(crate) fn same(one: &str, other: &str) -> bool {
    is_same(one, other, 0)
}

fn is_same(one: &str, other: &str, depth: u32) -> bool {
    let (one, other) = (one.trim(), other.trim());
    if one == other {
        return true;
    }
    if depth >= DEPTH {
        return false;
    }
    match (one.as_bytes().first(), other.as_bytes().first()) {
        (Some(b'{'), Some(b'{')) => {
            let (Some(one), Some(other)) = (object(one), object(other)) else {
                return false;
            };
            let mut pairs = one.iter().zip(&other);
            one.len() == other.len()
                && pairs.all(|(one, other)| one.0 == other.0 && raw(one.1, other.1, depth))
        }
        (Some(b'['), Some(b'[')) => {
            let (Some(one), Some(other)) = (array(one), array(other)) else {
                return false;
            };
            let mut pairs = one.iter().zip(&other);
            one.len() == other.len() && pairs.all(|(one, other)| raw(one, other, depth))
        }
        (Some(b'"'), Some(b'"')) => match (string(one), string(other)) {
            (Some(one), Some(other)) => one == other,
            _ => false,
        },
        (Some(b'-' | b'0'..=b'9'), Some(b'-' | b'0'..=b'9')) => {
            match (Decimal::read(one), Decimal::read(other)) {
                (Some(one), Some(other)) => one == other,
                _ => false,
            }
        }
        _ => false,
    }
}

fn raw(one: &RawValue, other: &RawValue, depth: u32) -> bool {
    is_same(one.get(), other.get(), depth + 1)
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

/// A number, as digits without zeros at either end, and the power of ten of the last one.
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
