//! Selects the decoder of a response by its status and media type. The body is not inspected.

use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;

use crate::runtime::decode::path::JsonError;
use crate::runtime::http::media_type::is_json;
use crate::runtime::http::raw_response::RawResponse;
use crate::runtime::response::decode::DecodeError;

/// Status (`200`, `2XX` or `default`), media type without parameters (empty if there is no body), and decoder.
pub type ResponseCase<T> = (
    &'static str,
    &'static str,
    fn(&RawResponse) -> Result<T, DecodeError>,
);

impl RawResponse {
    /// Decodes the response with the best match: first by status, then by media type. If no status matches,
    /// the media type must match alone.
    pub fn select<T>(&self, cases: &[ResponseCase<T>]) -> Result<T, DecodeError> {
        let of_status = nearest(cases.iter(), |(status, ..)| {
            status_distance(status, self.status)
        });
        let is_known = !of_status.is_empty();
        let candidates = if is_known {
            of_status
        } else {
            cases.iter().collect()
        };
        if let ([(.., read)], true) = (&candidates[..], is_known) {
            return read(self);
        }
        let media_type = self.media_type();
        let of_media_type = nearest(candidates.into_iter(), |(_, known, _)| {
            if known.is_empty() {
                return self.body.is_empty().then_some(0);
            }
            media_type_distance(known, media_type.as_deref())
        });
        match &of_media_type[..] {
            [(.., read), rest @ ..] if is_known || rest.is_empty() => read(self),
            _ => Err(self.unknown(cases, media_type)),
        }
    }

    /// Returns the media type in lower case, without parameters.
    fn media_type(&self) -> Option<String> {
        let text = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        let essence = text.split(';').next().unwrap_or_default();
        Some(essence.trim().to_ascii_lowercase()).filter(|essence| !essence.is_empty())
    }

    fn unknown<T>(&self, cases: &[ResponseCase<T>], media_type: Option<String>) -> DecodeError {
        let media_type = media_type.map_or_else(
            || "no media type".to_owned(),
            |name| format!("`{}`", name.escape_debug()),
        );
        let known: Vec<_> = cases
            .iter()
            .map(|(status, media_type, _)| [status, *media_type].join(" "))
            .collect();
        let known: Vec<_> = known.iter().map(|case| case.trim_end()).collect();
        let text = format!(
            "status {} and {media_type} match no documented response; documented are {}",
            self.status.as_str(),
            known.join(", ")
        );
        DecodeError::Json(JsonError {
            path: String::new(),
            text,
        })
    }
}

/// Returns the cases with the smallest distance, in order. A case without a distance does not match.
fn nearest<'a, T>(
    cases: impl Iterator<Item = &'a T>,
    distance: impl Fn(&T) -> Option<u8>,
) -> Vec<&'a T> {
    let mut best = None;
    let mut found = Vec::new();
    for case in cases {
        let Some(distance) = distance(case) else {
            continue;
        };
        if best.is_none_or(|best| distance < best) {
            best = Some(distance);
            found.clear();
        }
        if best == Some(distance) {
            found.push(case);
        }
    }
    found
}

fn status_distance(known: &str, status: StatusCode) -> Option<u8> {
    let text = status.as_str();
    let is_range = || known.ends_with("XX") && known.get(..1) == text.get(..1);
    match known {
        "default" => Some(2),
        _ if known == text => Some(0),
        _ => is_range().then_some(1),
    }
}

fn media_type_distance(known: &str, found: Option<&str>) -> Option<u8> {
    let Some(found) = found else {
        return Some(4);
    };
    let is_range = || {
        let start = known.strip_suffix('*');
        start.is_some_and(|start| found.starts_with(start))
    };
    match known {
        _ if known == found => Some(0),
        _ if is_json(known) && is_json(found) => Some(1),
        "*/*" => Some(3),
        _ => is_range().then_some(2),
    }
}
