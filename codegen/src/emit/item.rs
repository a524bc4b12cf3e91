//! The items that emitted code imports: items of the runtime, of std and of dependencies.
//!
//! [`Scope::import`](super::code::Scope::import) returns the name of an item and records the import.

use super::imports::Item;

/// Defines an item of the runtime for each constant, and a list of all items.
macro_rules! items {
    (
        runtime { $($runtime:ident = $runtime_name:literal,)* }
        other { $($other:ident = $module:literal :: $other_name:literal,)* }
    ) => {
        $(pub(super) const $runtime: Item = Item { module: "crate::runtime", name: $runtime_name };)*
        $(pub(super) const $other: Item = Item { module: $module, name: $other_name };)*

        #[cfg(test)]
        const ALL: &[Item] = &[$($runtime,)* $($other,)*];
    };
}

items! {
    runtime {
        API_ERROR = "ApiError",
        BASE64 = "base64",
        BINARY = "Binary",
        BODY_FORMAT = "BodyFormat",
        BULK = "Bulk",
        CALL = "Call",
        CHECK = "check",
        CLIENT = "Client",
        CLIENT_BUILDER = "ClientBuilder",
        CLIENT_CREDENTIALS_FLOW = "ClientCredentialsFlow",
        COMPLETE = "Complete",
        CREDENTIAL = "Credential",
        CREDENTIAL_LOCATION = "CredentialLocation",
        DECODE_ERROR = "DecodeError",
        DOWNLOAD = "Download",
        DOWNLOADABLE = "Downloadable",
        EACH = "each",
        ERROR = "Error",
        ENVELOPE = "Envelope",
        INTEGER = "integer",
        INTO_OPTIONAL = "IntoOptional",
        JSON = "Json",
        JSON_ARRAY = "JsonArray",
        JSON_OBJECT = "json_object",
        JSON_OPERATION = "JsonOperation",
        JSON_UNION = "json_union",
        MAXIMUM = "maximum",
        MAX_BYTES = "max_bytes",
        MAX_ITEMS = "max_items",
        MAX_LENGTH = "max_length",
        MERGE = "Merge",
        META = "Meta",
        MINIMUM = "minimum",
        MIN_ITEMS = "min_items",
        NULLABLE = "Nullable",
        OPERATION = "Operation",
        PAGE = "Page",
        PAGED = "Paged",
        PAGING = "Paging",
        PARAM_LOCATION = "ParamLocation",
        RAW_RESPONSE = "RawResponse",
        REQUEST = "Request",
        RESULT = "Result",
        SECRET = "Secret",
        SEGMENT = "segment",
        SETTINGS = "Settings",
        STRING_ENUM = "string_enum",
        STYLE = "Style",
        UNION_DISPLAY = "union_display",
        UNIX_SECONDS = "UnixSeconds",
        UPLOAD = "Upload",
        VALIDATION_ERROR = "ValidationError",
        WHOLE_SECONDS = "WholeSeconds",
    }
    other {
        BTREE_MAP = "std::collections"::"BTreeMap",
        BYTES = "bytes"::"Bytes",
        DESERIALIZE = "serde"::"Deserialize",
        DESERIALIZE_OWNED = "serde::de"::"DeserializeOwned",
        SERIALIZE = "serde"::"Serialize",
        SERIALIZER = "serde"::"Serializer",
    }
}

#[cfg(test)]
mod tests {
    use super::ALL;
    use crate::names::is_reserved_type;

    #[test]
    fn names_of_imported_items_are_reserved() {
        for item in ALL {
            assert!(is_reserved_type(item.name), "{}", item.name);
        }
    }
}
