//! `Display` of errors: causes, request ids, and names of statuses.

use std::time::Duration;

use workers_kv::{Error, Message};

use crate::support::mock_api::{ACCOUNT, MockApi, NAMESPACE};
use crate::support::mock_server::MockResponse;
use crate::support::{Run as _, both, kind};

both! {
    /// The usual response to a malformed token.
    fn causes_and_request_id_are_displayed(api: MockApi) {
        let body = concat!(
            r#"{"success":false,"errors":[{"code":6003,"message":"Invalid request headers","#,
            r#""error_chain":[{"code":6111,"message":"Invalid format for Authorization header"}]}],"#,
            r#""messages":[],"result":null}"#
        );
        api.respond_with([MockResponse::json(body).status("400 Bad Request").header("cf-ray", "ray-1")]);
        let error = api.client().namespaces(ACCOUNT).list().run().unwrap_err();
        assert_eq!((error.code(), error.ray_id()), (Some(6003), Some("ray-1")));
        assert_eq!(
            error.to_string(),
            "GET /accounts/{account_id}/storage/kv/namespaces: the server responded with 400 Bad Request: \
             Invalid request headers (code 6003): Invalid format for Authorization header (code 6111) [cf-ray: ray-1]"
        );
        let Error::Api(error) = error else { panic!("{error:?}") };
        let chain: &[Message] = error.errors()[0].error_chain();
        assert_eq!((chain[0].code, chain[0].message.as_str()), (Some(6111), "Invalid format for Authorization header"));
        assert!(chain[0].error_chain().is_empty());
    }

    fn messages_are_displayed_if_there_are_no_errors(api: MockApi) {
        api.respond_with([MockResponse::json(r#"{"success":false,"errors":[],"messages":[{"code":5,"message":"a note"}]}"#)
            .status("400 Bad Request")]);
        let error = api.client().namespaces(ACCOUNT).list().run().unwrap_err();
        assert!(error.to_string().ends_with("400 Bad Request: a note (code 5)"), "{error}");
    }

    fn statuses_of_the_proxy_have_names(api: MockApi) {
        let client = api.client_with(|builder| builder.api_token("tok").max_retries(0));
        for (status, name) in [
            ("520 x", "520 Web server returned an unknown error"),
            ("521 x", "521 Web server is down"),
            ("522 x", "522 Connection timed out"),
            ("523 x", "523 Origin is unreachable"),
            ("524 x", "524 A timeout occurred"),
            ("525 x", "525 SSL handshake failed"),
            ("526 x", "526 Invalid SSL certificate"),
            ("527 x", "527 Railgun error"),
            ("530 x", "530 Cloudflare error 1XXX"),
        ] {
            api.respond_with([MockResponse::new(status, "")]);
            let error = client.values(ACCOUNT, NAMESPACE).get("k").run().unwrap_err();
            assert!(error.to_string().ends_with(&format!("{name} and an empty body")), "{error}");
        }
    }

    fn errors_with_a_response_have_its_ray_id(api: MockApi) {
        let client = api.client_with(|builder| builder.api_token("tok").max_retries(0));
        api.respond_with([
            MockResponse::json("<html>").header("cf-ray", "ray"),
            MockResponse::bytes("cut").header("cf-ray", "ray").cut(),
        ]);
        let outcomes = [
            client.namespaces(ACCOUNT).list().run().map(drop),
            client.values(ACCOUNT, NAMESPACE).get("k").run().map(drop),
        ];
        for (outcome, variant) in outcomes.into_iter().zip(["Decode", "Body"]) {
            let error = outcome.unwrap_err();
            assert_eq!((kind(&error), error.ray_id()), (variant, Some("ray")));
            assert!(error.to_string().ends_with(" [cf-ray: ray]"), "{error}");
        }
    }

    fn timeouts_are_displayed_with_their_length(api: MockApi) {
        api.respond_with([MockResponse::bytes("v").after(Duration::from_secs(1))]);
        let call = api.client().values(ACCOUNT, NAMESPACE).get("k").max_retries(0);
        let error = call.timeout(Duration::from_millis(50)).run().unwrap_err();
        assert_eq!((kind(&error), error.ray_id()), ("Timeout", None));
        assert!(error.to_string().ends_with("not complete within the timeout of 50ms"), "{error}");
    }
}
