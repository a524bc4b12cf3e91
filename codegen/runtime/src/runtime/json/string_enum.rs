//! Maps enums to JSON strings.

use std::fmt;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

/// Maps an enum to JSON strings: each variant has a value. Also implements `as_str` and `Display`.
///
/// ```text
/// string_enum! { Type { One = "one", Two = "two", ..Unknown } }
/// ```
///
/// The variant after `..` keeps other values. Without it, other values are errors.
macro_rules! string_enum {
    ($name:ident { $($variant:ident = $value:literal),* }) => {
        impl $name {
            /// Returns the value in JSON, queries and headers.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $value,)* }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let known = [$(($value, Self::$variant)),*];
                $crate::runtime::json::string_enum::read(deserializer, &known, None)
            }
        }

        $crate::runtime::json::string_enum::string_enum! { write $name }
    };
    ($name:ident { $($variant:ident = $value:literal,)* ..$unknown:ident }) => {
        impl $name {
            /// Returns the value in JSON, queries and headers.
            pub fn as_str(&self) -> &str {
                match self { $(Self::$variant => $value,)* Self::$unknown(value) => value }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let known = [$(($value, Self::$variant)),*];
                $crate::runtime::json::string_enum::read(deserializer, &known, Some(Self::$unknown))
            }
        }

        $crate::runtime::json::string_enum::string_enum! { write $name }
    };
    (write $name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use string_enum;

/// Reads a known value, or converts an unknown value.
pub fn read<'de, T: Clone, D: Deserializer<'de>>(
    deserializer: D,
    known: &[(&'static str, T)],
    unknown: Option<fn(String) -> T>,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(StringEnumVisitor { known, unknown })
}

struct StringEnumVisitor<'a, T> {
    known: &'a [(&'static str, T)],
    unknown: Option<fn(String) -> T>,
}

impl<T: Clone> Visitor<'_> for StringEnumVisitor<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.unknown.is_some() {
            return f.write_str("a string");
        }
        f.write_str("one of")?;
        let mut names = self.known.iter().map(|(value, _)| value);
        names.try_for_each(|value| write!(f, " `{value}`"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        let known = self.known.iter().find(|(value, _)| *value == text);
        match (known, self.unknown) {
            (Some((_, value)), _) => Ok(value.clone()),
            (None, Some(unknown)) => Ok(unknown(text.to_owned())),
            (None, None) => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }
}
