//! Lists with unusual or endless pages.

use serde_json::{Value, json};
use workers_kv::{Direction, Order};

use crate::support::mock_api::{ACCOUNT, MockApi, NAMESPACE};
use crate::support::mock_server::{MockResponse, Received};
use crate::support::{Run as _, Walk as _, both, kind};

/// Returns a page of keys with a cursor.
fn page(names: &[&str], cursor: &Value) -> MockResponse {
    let keys: Vec<_> = names.iter().map(|name| json!({"name": name})).collect();
    MockResponse::page(json!(keys), json!({"count": keys.len(), "cursor": cursor}))
}

both! {
    fn empty_pages_with_a_cursor_are_skipped(api: MockApi) {
        let keys = api.client().keys(ACCOUNT, NAMESPACE);
        for last in [json!(""), json!(null)] {
            api.respond_with([
                page(&["a"], &json!("1")),
                page(&[], &json!("2")),
                page(&[], &json!("3")),
                page(&["b", "c"], &json!("4")),
                page(&[], &last),
            ]);
            let names: Vec<_> =
                keys.list().prefix("p").walk().unwrap().into_iter().map(|key| key.name).collect();
            assert_eq!(names, ["a", "b", "c"]);
            let received = api.received();
            let cursors: Vec<_> = received.iter().map(Received::query).collect();
            assert_eq!(
                cursors,
                [
                    "prefix=p",
                    "prefix=p&cursor=1",
                    "prefix=p&cursor=2",
                    "prefix=p&cursor=3",
                    "prefix=p&cursor=4"
                ]
            );
        }
        // Paging by hand gives the same pages.
        api.respond_with([page(&[], &json!("2"))]);
        let empty = keys.list().run().unwrap();
        assert!(empty.result.is_empty() && empty.has_next_page());
        // Without `result_info`, the page is the last one.
        api.respond_with([MockResponse::raw("[]"), MockResponse::raw(r#"[{"name":"a"}]"#)]);
        assert!(!keys.list().run().unwrap().has_next_page());
        assert_eq!(keys.list().walk().unwrap().len(), 1);
    }

    fn repeated_pages_are_an_error(api: MockApi) {
        let client = api.client();
        api.respond_with(vec![page(&["a"], &json!("c")); 50]);
        assert_eq!(kind(&client.keys(ACCOUNT, NAMESPACE).list().walk().unwrap_err()), "Decode");
        assert!(api.received().len() < 5);

        let same = MockResponse::page(
            json!([{"id": "1", "title": "t"}]),
            json!({"page": 1, "per_page": 1, "total_count": 50}),
        );
        api.respond_with(vec![same; 50]);
        assert_eq!(kind(&client.namespaces(ACCOUNT).list().walk().unwrap_err()), "Decode");
        assert!(api.received().len() < 5);
    }

    fn numbered_pages_end_by_count_or_empty_page(api: MockApi) {
        let namespaces = api.client().namespaces(ACCOUNT);
        let page =
            |number: i64, info: Value| MockResponse::page(json!([{"id": number.to_string(), "title": "t"}]), info);
        // By the total count, by the number of pages, and by an empty page.
        let infos: [fn(i64) -> Value; 3] = [
            |number| json!({"page": number, "per_page": 1, "count": 1, "total_count": 3}),
            |number| json!({"page": number, "total_pages": 3.0}),
            |_| json!({}),
        ];
        for info in infos {
            api.respond_with([
                page(1, info(1)),
                page(2, info(2)),
                page(3, info(3)),
                MockResponse::page(json!([]), info(4)),
            ]);
            let all =
                namespaces.list().per_page(1).order(Order::Id).direction(Direction::Asc).walk().unwrap();
            assert_eq!(all.into_iter().map(|namespace| namespace.id).collect::<Vec<_>>(), ["1", "2", "3"]);
            let targets: Vec<_> = api.received().into_iter().map(|request| request.target).collect();
            assert!(targets[0].ends_with("?per_page=1&order=id&direction=asc"), "{targets:?}");
            assert!(targets[1].ends_with("?per_page=1&order=id&direction=asc&page=2"), "{targets:?}");
        }
    }
}
