//! Unions as enums. A value that matches no variant is kept as JSON.

use serde::de::{DeserializeOwned, Deserializer};
use serde::ser::{Error, Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

use crate::runtime::json::matcher::{VariantMatcher, select_variant};
use crate::runtime::json::value::Json;

/// Maps an enum to JSON, with matchers for each variant:
///
/// ```text
/// json_union! {
///     Pet {
///         Cat(Cat): Object.tag("kind", &["cat"]);
///         Age(i64) as Integer: Integer;
///         Other: List;
///     }
/// }
/// ```
///
/// The types in parentheses get a `From` implementation. `as Integer` accepts integers with a fraction
/// of zero. `+ "kind" = "cat"` adds a property that the value may not have. The enum also has a variant
/// `Unknown(Json)`.
macro_rules! json_union {
    ($name:ident { $(
        $variant:ident $(($($from:ty),+))? $(as $integer:ident)? $(+ $tag:literal = $value:literal)?:
        $($kind:ident $(.$condition:ident $operand:tt)*),+;
    )+ }) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                const MATCHERS: &[&[crate::runtime::json::matcher::VariantMatcher]] = &[$(&[
                    $(crate::runtime::json::matcher::variant_matcher!($kind $(.$condition $operand)*)),+
                ]),+];
                let readers: &[fn(&str) -> Option<Self>] = &[$(|text| {
                    let value = crate::runtime::json::union::parse(text)?;
                    $(let crate::runtime::decode::integer::$integer(value) = value;)?
                    Some(Self::$variant(value))
                }),+];
                crate::runtime::json::union::read(MATCHERS, readers, Self::Unknown, deserializer)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        crate::runtime::json::union::write(value, &[$(($tag, $value))?], serializer)
                    })+
                    Self::Unknown(json) => json.serialize(serializer),
                }
            }
        }

        $($($(
            impl From<$from> for $name {
                fn from(value: $from) -> Self {
                    // A model may have a method called `into`.
                    Self::$variant(::std::convert::Into::into(value))
                }
            }
        )+)?)+
    };
}

pub(crate) use json_union;

/// Reads a union. A value that cannot be read as its variant is unknown.
pub fn read<'de, T, D: Deserializer<'de>>(
    matchers: &[&[VariantMatcher]],
    readers: &[fn(&str) -> Option<T>],
    unknown: fn(Json) -> T,
    deserializer: D,
) -> Result<T, D::Error> {
    let json: Json = serde::Deserialize::deserialize(deserializer)?;
    let text = json.as_str();
    let reader = select_variant(matchers, text).and_then(|case| readers.get(case));
    let value = reader.and_then(|read| read(text));
    Ok(value.unwrap_or_else(|| unknown(json)))
}

/// Reads the value of a variant.
pub fn parse<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// Writes the value of a variant, and adds the discriminator if it is absent.
pub fn write<T: Serialize, S: Serializer>(
    value: &T,
    tags: &[(&str, &str)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let [(name, tag)] = tags else {
        return value.serialize(serializer);
    };
    let json = to_raw_value(value).map_err(S::Error::custom)?;
    match with_property(json.get(), name, tag).map_err(S::Error::custom)? {
        Some(text) => text.serialize(serializer),
        None => json.serialize(serializer),
    }
}

/// Adds a property to an object, unless the object has it.
fn with_property(json: &str, name: &str, tag: &str) -> serde_json::Result<Option<Box<RawValue>>> {
    let Some(rest) = json.strip_prefix('{') else {
        return Ok(None);
    };
    let properties: std::collections::BTreeMap<String, &RawValue> = serde_json::from_str(json)?;
    if properties.contains_key(name) {
        return Ok(None);
    }
    let comma = if properties.is_empty() { "" } else { "," };
    let (name, tag) = (serde_json::to_string(name)?, serde_json::to_string(tag)?);
    RawValue::from_string(format!("{{{name}:{tag}{comma}{rest}")).map(Some)
}
