//! Removes dot segments from request paths, and decodes key names.

/// Normalizes a path like a URL parser: removes `.` and `..`, also percent-encoded ones.
///
/// The service normalizes URLs, so a key `..` cannot be sent as a segment.
pub(crate) fn without_dots(path: &str) -> String {
    let mut kept = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let dot_count = dot_count(segment);
        if dot_count == 2 {
            kept.pop();
        }
        if dot_count == 0 {
            kept.push(segment);
        } else if segments.peek().is_none() {
            kept.push(""); // the path ends in a slash then
        }
    }
    format!("/{}", kept.join("/"))
}

/// Returns 1 for `.`, 2 for `..` and 0 for other segments.
fn dot_count(segment: &str) -> usize {
    if segment.len() > "%2e%2e".len() {
        return 0;
    }
    match segment.to_ascii_lowercase().replace("%2e", ".").as_str() {
        "." => 1,
        ".." => 2,
        _ => 0,
    }
}

/// Returns `None` if a `%` is not followed by two hexadecimal digits, or if the bytes are not UTF-8.
pub(crate) fn decode(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            hex(rest.next()?)? << 4 | hex(rest.next()?)?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::{decode, without_dots};

    #[test]
    fn dot_segments_are_removed() {
        for (path, folded) in [
            ("/", "/"),
            ("", "/"),
            ("/a/b", "/a/b"),
            ("/a/b/", "/a/b/"),
            ("/a//b", "/a//b"),
            ("/a/.", "/a/"),
            ("/a/..", "/"),
            ("/a/b/..", "/a/"),
            ("/a/./b", "/a/b"),
            ("/a/../b", "/b"),
            ("/../../a", "/a"),
            ("/a/%2e", "/a/"),
            ("/a/b/%2E%2e", "/a/"),
            ("/a/b/.%2E/c", "/a/c"),
            ("/a/...", "/a/..."),
            ("/a/..%2F", "/a/..%2F"),
            ("/a/%252e", "/a/%252e"),
        ] {
            assert_eq!(without_dots(path), folded, "{path}");
        }
    }

    #[test]
    fn segments_are_decoded_once() {
        assert_eq!(decode("a%2Fb%2fc+d").as_deref(), Some("a/b/c+d"));
        assert_eq!(decode("%2541").as_deref(), Some("%41"));
        assert_eq!(decode("%00%C3%A9").as_deref(), Some("\0é"));
        for wrong in ["%", "%4", "a%zz", "%+1", "%ff", "%ED%A0%80"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
