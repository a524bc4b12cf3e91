//! Classification of media types.

/// Returns a media type in lower case without its parameters.
pub(crate) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_lowercase()
}

/// True if content of this type is JSON. The runtime has the same rule.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// True if content of this type may be JSON: the type is JSON or `*/*`.
pub(crate) fn allows_json(media_type: &str) -> bool {
    is_json(media_type) || essence(media_type) == "*/*"
}

/// True if content of this type is a multipart or URL-encoded form.
pub(crate) fn is_form(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "multipart/form-data" || essence == "application/x-www-form-urlencoded"
}

/// True if content of this type is neither text nor JSON.
pub(crate) fn is_opaque(media_type: &str) -> bool {
    !allows_json(media_type) && !essence(media_type).starts_with("text/")
}

#[cfg(test)]
mod tests {
    use super::{allows_json, essence, is_json, is_opaque};

    #[test]
    fn parameters_are_not_part_of_the_essence() {
        assert_eq!(essence("Text/Plain; charset=utf-8"), "text/plain");
    }

    #[test]
    fn subtypes_and_suffixes_select_json() {
        for media_type in [
            "application/json",
            "application/problem+json",
            "Text/JSON; charset=utf-8",
        ] {
            assert!(is_json(media_type), "{media_type}");
        }
        assert!(!is_json("application/x-ndjson"));
    }

    #[test]
    fn the_wildcard_allows_json_but_is_not_json() {
        assert!(allows_json("*/*"));
        assert!(!is_json("*/*"));
    }

    #[test]
    fn text_is_not_opaque() {
        assert!(is_opaque("image/png"));
        assert!(!is_opaque("text/csv"));
        assert!(!is_opaque("application/json"));
    }
}
