//! String enums.

use std::fmt;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

/// Makes an enum of what a string may be, a variant and its text on the wire at a time:
///
/// ```text
/// words! {
///     /// The docs of the enum.
///     pub enum Type { One = "one", Two = "two", ..Unknown }
/// }
/// ```
///
/// The variant after `..` keeps what is none of the others. Without one, there are no others. A variant may have docs.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal),* $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $(
                #[doc = concat!("`` ", stringify!($word), " ``")]
                #[doc = ""]
                $(#[$of])*
                $variant,
            )*
        }

        impl $name {
            /// Returns the wire value.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::runtime::string_enum::read(deserializer, &[$(($word, Self::$variant)),*], None)
            }
        }

        $crate::runtime::words! { as_str $name }
    };
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal,)* ..$unknown:ident }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!("`` ", stringify!($word), " ``")]
                #[doc = ""]
                $(#[$of])*
                $variant,
            )*
            /// A value that this version of the crate does not know.
            $unknown(String),
        }

        impl $name {
            /// Returns the wire value.
            pub fn as_str(&self) -> &str {
                match self { $(Self::$variant => $word,)* Self::$unknown(word) => word }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let known = [$(($word, Self::$variant)),*];
                $crate::runtime::string_enum::read(deserializer, &known, Some(Self::$unknown))
            }
        }

        $crate::runtime::words! { as_str $name }
    };
    (as_str $name:ident) => {
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

pub(crate) use words;

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
        let mut names = self.known.iter().map(|(word, _)| word);
        names.try_for_each(|word| write!(f, " `{word}`"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        let known = self.known.iter().find(|(word, _)| *word == text);
        match (known, self.unknown) {
            (Some((_, value)), _) => Ok(value.clone()),
            (None, Some(unknown)) => Ok(unknown(text.to_owned())),
            (None, None) => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }
}
