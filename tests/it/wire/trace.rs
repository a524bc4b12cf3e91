//! Spans and events of the generated crate.

use crate::support::mock_api::{ACCOUNT, MockApi, NAMESPACE};
use crate::support::mock_server::MockResponse;
use crate::support::recorder::recorded;
use crate::support::{Run as _, both};

both! {
    fn calls_are_spans(api: MockApi) {
        api.respond_with([
            MockResponse::failure("503 Service Unavailable", 1).header("cf-ray", "ray-1"),
            MockResponse::bytes("s3cret").header("cf-ray", "ray-2"),
            MockResponse::new("404 Not Found", "").header("cf-ray", "ray-3"),
        ]);
        let client = api.client_with(|builder| builder.api_token("s3cret"));
        let values = client.values(ACCOUNT, NAMESPACE);
        let lines = recorded(|| {
            values.get("s3cret").query("s3cret", "s3cret").run().unwrap();
            let error = values.update("s3cret", "s3cret").run().unwrap_err();
            assert_eq!(error.operation(), Some("values.update"));
        });
        let path = "/accounts/{account_id}/storage/kv/namespaces/{namespace_id}/values/{key_name}";
        let get = format!(r#"call{{operation="values.get" method="GET" path="{path}""#);
        let update = format!(r#"call{{operation="values.update" method="PUT" path="{path}""#);
        let target = "workers_kv:";
        assert_eq!(lines, [
            format!(r#"DEBUG {get}}}: {target} retrying error="api" status=503 request_id="ray-1" wait=0ns"#),
            format!(r#"INFO {get} attempts=2 sent=0 status=200 request_id="ray-2" received=6}}: {target} close"#),
            format!(
                r#"INFO {update} attempts=1 sent=6 status=404 request_id="ray-3" received=0 error="api"}}: {target} close"#
            ),
        ]);
    }

    /// Methods of two groups have the name of their first group.
    fn operations_have_one_name_in_spans(api: MockApi) {
        api.respond_with([MockResponse::raw("{}"), MockResponse::raw("{}")]);
        let client = api.client();
        let lines = recorded(|| {
            client.keys(ACCOUNT, NAMESPACE).bulk_delete(["k"]).run().unwrap().complete().unwrap();
            client.namespaces(ACCOUNT).bulk_delete(NAMESPACE, ["k"]).run().unwrap().complete().unwrap();
        });
        assert_eq!(lines.len(), 2, "{lines:?}");
        for line in lines {
            assert!(line.starts_with(r#"INFO call{operation="namespaces.bulk_delete" method="POST""#), "{line}");
        }
    }
}
