//! Parses `multipart/form-data` bodies. The parts share the bytes of the body.
//!
//! The parser is small, because the body is complete and form data is not nested.

use bytes::Bytes;
use memchr::memmem;

#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) body: Bytes,
}

pub(crate) fn is_form(content_type: &str) -> bool {
    content_type
        .split(';')
        .next()
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("multipart/form-data"))
}

/// Returns an error with the reason if the body is invalid.
pub(crate) fn parse(content_type: &str, body: &Bytes) -> Result<Vec<Part>, &'static str> {
    let boundary = parameter(content_type, "boundary").ok_or("no boundary in content-type")?;
    let first = format!("--{boundary}");
    let next = format!("\r\n{first}");
    let finder = memmem::Finder::new(&next);

    // The first delimiter is at the start or after a preamble, which is skipped.
    let mut at = if body.starts_with(first.as_bytes()) {
        first.len()
    } else {
        finder.find(body).ok_or("no delimiter where one must be")? + next.len()
    };
    let mut parts = Vec::new();
    loop {
        let rest = body.get(at..).unwrap_or_default();
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        let end = finder.find(rest).ok_or("a part is cut short")?;
        let part = rest.get(..end).unwrap_or_default();
        let blank_line = memmem::find(part, b"\r\n\r\n").ok_or("a part is cut short")?;
        let (head, value) = part.split_at(blank_line);
        let name = part_name(head).ok_or("a part has no name")?;
        // An empty value can share its line break with the delimiter.
        parts.push(Part {
            name,
            body: body.slice_ref(value.get(4..).unwrap_or_default()),
        });
        at += end + next.len();
    }
}

fn part_name(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let disposition = head.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = { disposition }
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("content-disposition"))?;
    parameter(value, "name").map(str::to_owned)
}

/// Returns a parameter of a header value such as `form-data; name="value"`, with or without quotes.
fn parameter<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = header;
    loop {
        let (before, value) = rest.split_once('=')?;
        let key = before.rsplit(';').next().unwrap_or_default();
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => value.split_at(value.find(';').unwrap_or(value.len())),
        };
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(value.trim()).filter(|value| !value.is_empty());
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::{parameter, parse};

    #[test]
    fn parameters_are_found_by_name() {
        for (header, expected) in [
            ("multipart/form-data; boundary=abc", Some("abc")),
            (
                "multipart/form-data;BOUNDARY = abc ; charset=utf-8",
                Some("abc"),
            ),
            (r#"a; x="boundary=no;"; y; boundary="b c""#, Some("b c")),
            ("multipart/form-data", None),
            ("multipart/form-data; boundary=", None),
            (r#"multipart/form-data; boundary="abc"#, None),
            ("multipart/form-data; xboundary=abc", None),
        ] {
            assert_eq!(parameter(header, "boundary"), expected, "{header}");
        }
    }

    #[test]
    fn parts_keep_every_byte() {
        let body = b"preamble\r\n--B\r\n\
            Content-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--\x00\xff\r\n\r\n--B\r\n\
            content-type: text/plain\r\n\
            content-disposition: form-data; filename=\"name\"; name=b\r\n\r\n\r\n--B--";
        let parts = parse("multipart/form-data; boundary=B", &Bytes::from_static(body)).unwrap();
        let parts: Vec<(&str, &[u8])> = parts
            .iter()
            .map(|part| (part.name.as_str(), &*part.body))
            .collect();
        assert_eq!(
            parts,
            [
                ("a", b"\r\n--\x00\xff\r\n".as_slice()),
                ("b", b"".as_slice())
            ]
        );
    }

    #[test]
    fn truncated_bodies_are_rejected() {
        let body = b"--B\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\nvalue\r\n--B--";
        for length in 0..body.len() {
            let cut = Bytes::copy_from_slice(&body[..length]);
            assert!(
                parse("multipart/form-data; boundary=B", &cut).is_err(),
                "{length}"
            );
        }
    }
}
