//! Faults of HTTP/2.

use h2::Reason;

use super::{BROKEN, Fault, LOST, Outcome, Outcomes, Retry, SILENT, fails_and, fault};
use crate::faults::http2::{Http2End, ResetPoint};
use crate::faults::reply::{Reply, RequestRead};

/// The server did not process the request.
const REFUSED: Outcome = fails_and("Connect", Retry::Always);

pub(super) fn faults() -> Vec<Fault> {
    use ResetPoint::{AfterHeaders, BeforeResponse, InBody, InUpload};

    let reset = Http2End::Reset;
    let rows: [(&str, Outcomes, Http2End); 12] = [
        (
            "a successful response",
            Outcome::Success.into(),
            Http2End::Success,
        ),
        (
            "GOAWAY before the stream",
            REFUSED.into(),
            Http2End::GoAway {
                is_processed: false,
            },
        ),
        (
            "GOAWAY after the stream",
            LOST.into(),
            Http2End::GoAway { is_processed: true },
        ),
        (
            "a refused stream",
            REFUSED.into(),
            reset(Reason::REFUSED_STREAM, BeforeResponse),
        ),
        (
            "an internal error",
            LOST.into(),
            reset(Reason::INTERNAL_ERROR, BeforeResponse),
        ),
        (
            "a cancelled stream",
            LOST.into(),
            reset(Reason::CANCEL, BeforeResponse),
        ),
        (
            "HTTP/1.1 required",
            LOST.into(),
            reset(Reason::HTTP_1_1_REQUIRED, BeforeResponse),
        ),
        (
            "a reset in the upload",
            LOST.into(),
            reset(Reason::INTERNAL_ERROR, InUpload),
        ),
        (
            "a stream refused in the upload",
            REFUSED.into(),
            reset(Reason::REFUSED_STREAM, InUpload),
        ),
        (
            "a reset after the headers",
            BROKEN,
            reset(Reason::INTERNAL_ERROR, AfterHeaders),
        ),
        (
            "a reset in mid-body",
            BROKEN,
            reset(Reason::INTERNAL_ERROR, InBody),
        ),
        (
            "silence after the settings",
            SILENT.into(),
            Http2End::Silence,
        ),
    ];
    let rows = rows.into_iter().map(|(name, outcomes, end)| {
        let fault = fault(format!("HTTP/2: {name}"), outcomes, move |_| {
            Reply::from([]).with_http2(end)
        });
        let read = match end {
            Http2End::Success => RequestRead::Whole,
            _ => RequestRead::Head,
        };
        fault
            .reading_request(read)
            .silent(end == Http2End::Silence)
            .over_http2()
    });
    rows.collect()
}
