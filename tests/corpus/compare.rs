//! Compares two JSON values and returns the first difference.

use std::fmt;

use serde_json::Value;

/// The difference between an original value and its copy.
#[derive(Debug, PartialEq)]
pub(crate) enum Difference {
    /// The copy lacks only properties that are null in the original.
    NullsLeftOut,
    /// Any other difference, with its location.
    Other(String),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NullsLeftOut => f.write_str("nulls are left out"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

/// Compares values. The order of properties and the format of numbers are ignored.
pub(crate) fn difference(one: &Value, other: &Value) -> Option<Difference> {
    let mut nulls = false;
    match first(one, other, "", &mut nulls) {
        Some(place) => Some(Difference::Other(place)),
        None => nulls.then_some(Difference::NullsLeftOut),
    }
}

fn first(one: &Value, other: &Value, at: &str, nulls: &mut bool) -> Option<String> {
    match (one, other) {
        (Value::Object(a), Value::Object(b)) => {
            let mut kept = a.iter().filter_map(|(key, value)| {
                let at = format!("{at}/{key}");
                match b.get(key) {
                    Some(other) => first(value, other, &at, nulls),
                    None if value.is_null() => {
                        *nulls = true;
                        None
                    }
                    None => Some(format!("{at} is lost")),
                }
            });
            let lost = kept.next();
            let mut added = b.keys().filter(|key| !a.contains_key(*key));
            lost.or_else(|| added.next().map(|key| format!("{at}/{key} is added")))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let mut pairs = a.iter().zip(b).enumerate();
            pairs.find_map(|(i, (a, b))| first(a, b, &format!("{at}/{i}"), nulls))
        }
        (Value::Number(a), Value::Number(b)) if is_same(a.as_f64(), b.as_f64()) => None,
        _ if one == other => None,
        _ => Some(format!("{at}/: {one} has become {other}")),
    }
}

/// Numbers are compared as floats. Their last digit depends on the serializer.
fn is_same(one: Option<f64>, other: Option<f64>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return false;
    };
    (one - other).abs() <= 2.0 * f64::EPSILON * one.abs().max(other.abs())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_compared_regardless_of_format() {
        let one = json!({"a": [1, 2.5], "b": {"c": "d"}});
        assert_eq!(
            difference(&one, &json!({"b": {"c": "d"}, "a": [1.0, 2.5]})),
            None
        );
        let other = |text: &str| Some(Difference::Other(text.to_owned()));
        assert_eq!(
            difference(&one, &json!({"a": [1, 2.5]})),
            other("/b is lost")
        );
        assert_eq!(
            difference(&one, &json!({"a": [1, 2], "b": {"c": "d"}})),
            other("/a/1/: 2.5 has become 2")
        );
        assert_eq!(difference(&json!({}), &one), other("/a is added"));
        assert_eq!(
            difference(&json!("1"), &json!(1)),
            other("/: \"1\" has become 1")
        );
    }

    #[test]
    fn omitted_nulls_are_a_separate_difference() {
        let one = json!({"a": null, "b": 1});
        assert_eq!(
            difference(&one, &json!({"b": 1})),
            Some(Difference::NullsLeftOut)
        );
        assert_eq!(
            difference(&json!({"b": 1}), &one),
            Some(Difference::Other("/a is added".to_owned()))
        );
    }
}
