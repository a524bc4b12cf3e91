//! JSON in the form of the API: strict objects, and compact metadata.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Reads `T` from a JSON object only. serde's derive also accepts an array of the fields.
pub(crate) struct Object<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = Object<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }

        deserializer.deserialize_map(Fields(PhantomData))
    }
}

/// Returns compact JSON: without spaces and unnecessary escapes. Numbers keep their digits.
///
/// The limit of metadata counts the bytes of this form.
pub(crate) fn compact(json: &RawValue) -> Box<RawValue> {
    let is_compact = !json
        .get()
        .bytes()
        .any(|byte| byte == b'\\' || byte.is_ascii_whitespace());
    let compacted = if is_compact {
        None
    } else {
        rewrite(json.get())
    };
    compacted.unwrap_or_else(|| json.to_owned())
}

/// Returns `None` for a string with half a surrogate pair. Such JSON is stored unchanged.
fn rewrite(mut json: &str) -> Option<Box<RawValue>> {
    let mut text = String::with_capacity(json.len());
    while let Some(quote) = json.find('"') {
        let (between, rest) = json.split_at(quote);
        text.extend(between.chars().filter(|c| !c.is_ascii_whitespace()));
        let mut strings = serde_json::Deserializer::from_str(rest).into_iter::<String>();
        text.push_str(&serde_json::to_string(&strings.next()?.ok()?).ok()?);
        json = rest.get(strings.byte_offset()..)?;
    }
    text.extend(json.chars().filter(|c| !c.is_ascii_whitespace()));
    RawValue::from_string(text).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::compact;

    #[test]
    fn compact_json_has_the_same_value() {
        for (json, expected) in [
            ("null", "null"),
            (
                r#" { "a b" : [ 1 , -2.50e+10 ] , "c" : " " } "#,
                r#"{"a b":[1,-2.50e+10],"c":" "}"#,
            ),
            (
                "123456789012345678901234567890 ",
                "123456789012345678901234567890",
            ),
            (r#""\u00e9\n\"\/""#, r#""é\n\"/""#),
            (r#"["\"",{"\\":""}]"#, r#"["\"",{"\\":""}]"#),
            (r#"[ "\ud800" ]"#, r#"[ "\ud800" ]"#),
        ] {
            let raw: &RawValue = serde_json::from_str(json).unwrap();
            assert_eq!(compact(raw).get(), expected);
        }
    }
}
