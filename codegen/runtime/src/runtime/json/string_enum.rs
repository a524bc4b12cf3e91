//! Maps enums to JSON strings.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};

/// Maps an enum to JSON strings: each variant has a value. Also implements conversions from and to text.
///
/// ```text
/// string_enum! { Type { One = "one", Two = "two", ..Unknown } }
/// ```
///
/// The variant after `..` keeps other values. Without it, other values are errors.
macro_rules! string_enum {
    ($name:ident { $($variant:ident = $value:literal),* }) => {
        impl $name {
            /// All values.
            pub const KNOWN: &[Self] = &[$(Self::$variant),*];

            /// Returns the value in JSON, queries and headers.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $value,)* }
            }
        }

        /// Accepts only the known values.
        impl ::std::convert::TryFrom<&str> for $name {
            type Error = $crate::runtime::json::unknown_value::UnknownValue;

            fn try_from(text: &str) -> ::std::result::Result<Self, Self::Error> {
                match text {
                    $($value => Ok(Self::$variant),)*
                    _ => Err(Self::Error::new(text, &[$($value),*])),
                }
            }
        }

        /// Accepts only the known values.
        impl ::std::str::FromStr for $name {
            type Err = $crate::runtime::json::unknown_value::UnknownValue;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                Self::try_from(text)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let value = $crate::runtime::json::string_enum::read(deserializer, |text| Self::try_from(text))?;
                value.map_err(|unknown| unknown.into_decode_error())
            }
        }

        $crate::runtime::json::string_enum::string_enum! { write $name }
    };
    ($name:ident { $($variant:ident = $value:literal,)* ..$unknown:ident }) => {
        impl $name {
            /// The known values.
            pub const KNOWN: &[Self] = &[$(Self::$variant),*];

            /// Returns the value in JSON, queries and headers.
            pub fn as_str(&self) -> &str {
                match self { $(Self::$variant => $value,)* Self::$unknown(value) => value }
            }
        }

        /// Accepts any text. A text that is not a known value is kept.
        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text { $($value => Self::$variant,)* _ => Self::$unknown(text.to_owned()) }
            }
        }

        /// Accepts any text. A text that is not a known value is kept.
        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::runtime::json::string_enum::read(deserializer, |text| Self::from(text))
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

/// Reads a string and converts it.
pub fn read<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    convert: fn(&str) -> T,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(StringVisitor(convert))
}

struct StringVisitor<T>(fn(&str) -> T);

impl<T> Visitor<'_> for StringVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok((self.0)(text))
    }
}
