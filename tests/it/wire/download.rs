//! Downloads, and the size limit of other responses.

use std::time::Duration;

use workers_kv::blocking;

use crate::support::mock_api::{ACCOUNT, MockApi, NAMESPACE, TOKEN};
use crate::support::mock_server::MockResponse;
use crate::support::test_namespace::TestNamespace;
use crate::support::{Drain as _, Fetch as _, Run as _, both, content, kind};

both! {
    fn downloads_return_the_value_and_its_headers(api: MockApi) {
        let value = || api.client().values(ACCOUNT, NAMESPACE).get("k");
        api.respond_with([
            MockResponse::failure("503 Busy", 1),
            MockResponse::bytes(content(300_000)).header("expiration", "1893456000"),
            MockResponse::bytes(""),
        ]);
        let download = value().fetch().unwrap();
        assert_eq!(download.status(), 200);
        assert_eq!(download.headers()["content-type"], "application/octet-stream");
        assert_eq!((download.content_length(), download.expiration()), (Some(300_000), Some(1_893_456_000)));
        assert!(download.drain().unwrap() == content(300_000));
        assert_eq!(api.received().len(), 2);

        let download = value().fetch().unwrap();
        assert_eq!((download.content_length(), download.expiration()), (Some(0), None));
        assert_eq!(download.drain().unwrap(), b"");
    }

    fn missing_values_are_not_found(kv: TestNamespace) {
        let missing = kv.values().get("k").fetch().unwrap_err();
        assert_eq!((kind(&missing), missing.code()), ("Api", Some(10009)));
        assert!(missing.is_not_found());
    }

    fn interrupted_downloads_are_errors(api: MockApi) {
        let value = || api.client().values(ACCOUNT, NAMESPACE).get("k");
        api.respond_with([MockResponse::bytes(content(300_000)).cut(), MockResponse::bytes("v")]);
        let error = value().fetch().unwrap().drain().unwrap_err();
        assert_eq!((kind(&error), error.attempts()), ("Body", 1));
        assert!(error.path().unwrap().ends_with("/values/{key_name}"));
        assert_eq!(value().fetch().unwrap().drain().unwrap(), b"v");

        // `send` retries the request.
        api.respond_with([MockResponse::bytes("valu").cut(), MockResponse::bytes("value")]);
        assert_eq!(value().run().unwrap().text().unwrap(), "value");
    }

    fn dropped_downloads_close_the_connection(kv: TestNamespace) {
        let values = kv.values();
        values.update("k", content(5_000_000)).run().unwrap();
        for _ in 0..3 {
            drop(values.get("k").fetch().unwrap());
        }
        assert!(values.get("k").fetch().unwrap().drain().unwrap() == content(5_000_000));
    }

    fn interrupted_error_bodies_are_api_errors(api: MockApi) {
        let namespaces = api.client().namespaces(ACCOUNT);
        let busy = MockResponse::new("429 Slow Down", "{").header("retry-after", "0").cut();
        api.respond_with([busy, MockResponse::raw(r#"{"id":"i","title":"t"}"#), MockResponse::new("403 No", "no wa").cut()]);
        assert_eq!(namespaces.create("t").run().unwrap().id, "i");
        let error = namespaces.create("t").run().unwrap_err();
        assert_eq!((kind(&error), error.status().unwrap().as_u16()), ("Api", 403));
        assert_eq!(api.received().len(), 3);
    }

    fn oversized_responses_are_rejected(api: MockApi) {
        let client = api.client_with(|builder| builder.api_token(TOKEN).max_response_bytes(1_000));
        let values = client.values(ACCOUNT, NAMESPACE);
        api.respond_with([MockResponse::bytes(content(1_000)), MockResponse::bytes(content(1_001)), MockResponse::bytes(content(1_001))]);
        assert!(values.get("k").run().is_ok());
        let error = values.get("k").run().unwrap_err();
        assert_eq!(kind(&error), "Decode");
        assert!(error.to_string().contains("more than 1000 bytes"), "{error}");
        assert_eq!(values.get("k").fetch().unwrap().drain().unwrap(), content(1_001));
        assert_eq!(api.received().len(), 3);
    }

    /// The limit is higher than for other responses: 25 MB of values can be longer as JSON.
    fn bulk_gets_have_a_higher_limit(api: MockApi) {
        let text = "v".repeat(40_000_000);
        api.respond_with([MockResponse::raw(&format!(r#"{{"values":{{"k":"{text}"}}}}"#))]);
        let keys = api.client().keys(ACCOUNT, NAMESPACE);
        assert!(keys.bulk_get(["k"]).run().is_ok());
    }

    fn compressed_content_is_not_decoded(api: MockApi) {
        let value = || api.client().values(ACCOUNT, NAMESPACE).get("k");
        let gzip = || MockResponse::bytes([0x1f, 0x8b]).header("content-encoding", "gzip");
        api.respond_with([gzip(), gzip()]);
        for error in [value().run().unwrap_err(), value().fetch().unwrap_err()] {
            assert_eq!((kind(&error), error.attempts()), ("Decode", 1));
            assert!(error.to_string().contains("gzip"), "{error}");
        }
    }

    fn timeouts_cover_the_whole_download(api: MockApi) {
        api.respond_with([MockResponse::bytes("v").after(Duration::from_secs(2))]);
        let call = api.client().values(ACCOUNT, NAMESPACE).get("k").timeout(Duration::from_millis(50));
        assert_eq!(kind(&call.max_retries(0).fetch().unwrap_err()), "Timeout");
    }
}

/// The kind of an I/O error tells the cause, for callers that know only `std::io`.
#[test]
fn reader_errors_have_a_matching_kind() {
    let api = MockApi::<blocking::Client>::open();
    api.respond_with([MockResponse::bytes("v").cut()]);
    let mut download = api
        .client()
        .values(ACCOUNT, NAMESPACE)
        .get("k")
        .download()
        .unwrap();
    let error = std::io::copy(&mut download, &mut Vec::new()).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::UnexpectedEof);
    assert!(
        error.to_string().contains("the response body ended early"),
        "{error}"
    );
    let error = std::io::copy(&mut download, &mut Vec::new()).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::UnexpectedEof);
}
