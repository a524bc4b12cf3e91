//! Media types.

/// Returns true for JSON media types.
pub(crate) fn is_json(media_type: &str) -> bool {
    let name = media_type.split(';').next().unwrap_or_default().trim_end();
    name.ends_with("/json") || name.ends_with("+json")
}
