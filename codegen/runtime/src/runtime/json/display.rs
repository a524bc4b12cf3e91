//! Text of unions whose variants are all single values.

use std::fmt::{self, Display};

use crate::runtime::json::union::parse;
use crate::runtime::json::value::Json;

/// Implements `Display` for a union of strings, numbers and booleans, as in queries and headers.
macro_rules! union_display {
    ($name:ident { $($variant:ident),+ }) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(Self::$variant(value) => value.fmt(f),)+
                    Self::Unknown(json) => crate::runtime::json::display::display_json(json, f),
                }
            }
        }
    };
}

pub(crate) use union_display;

/// Displays a string without quotes, and other values as JSON.
pub fn display_json(json: &Json, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match parse::<String>(json.as_str()) {
        Some(text) => text.fmt(f),
        None => json.fmt(f),
    }
}
