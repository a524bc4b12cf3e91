//! Lists that end otherwise than one would think, or never.

use serde_json::{Value, json};
use workers_kv::{Direction, Order};

use crate::support::script::{Answer, Received};
use crate::support::scripted::{ACCOUNT, NAMESPACE, Scripted};
use crate::support::{Run as _, Walk as _, both, kind};

/// A page of keys with names and a cursor.
fn page(names: &[&str], cursor: &Value) -> Answer {
    let keys: Vec<_> = names.iter().map(|name| json!({"name": name})).collect();
    Answer::page(json!(keys), json!({"count": keys.len(), "cursor": cursor}))
}

both! {
    fn an_empty_page_with_a_cursor(api: Scripted) {
        let keys = api.client().keys(ACCOUNT, NAMESPACE);
        for last in [json!(""), json!(null)] {
            api.answers([
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
        // By hand it is the same.
        api.answers([page(&[], &json!("2"))]);
        let empty = keys.list().run().unwrap();
        assert!(empty.result.is_empty() && empty.has_next_page());
        // No details at all: the last page.
        api.answers([Answer::raw("[]"), Answer::raw(r#"[{"name":"a"}]"#)]);
        assert!(!keys.list().run().unwrap().has_next_page());
        assert_eq!(keys.list().walk().unwrap().len(), 1);
    }

    fn the_same_page_for_ever(api: Scripted) {
        let client = api.client();
        api.answers(vec![page(&["a"], &json!("c")); 50]);
        assert_eq!(kind(&client.keys(ACCOUNT, NAMESPACE).list().walk().unwrap_err()), "Decode");
        assert!(api.received().len() < 5);

        let same = Answer::page(
            json!([{"id": "1", "title": "t"}]),
            json!({"page": 1, "per_page": 1, "total_count": 50}),
        );
        api.answers(vec![same; 50]);
        assert_eq!(kind(&client.namespaces(ACCOUNT).list().walk().unwrap_err()), "Decode");
        assert!(api.received().len() < 5);
    }

    fn pages_of_namespaces(api: Scripted) {
        let namespaces = api.client().namespaces(ACCOUNT);
        let page =
            |number: i64, info: Value| Answer::page(json!([{"id": number.to_string(), "title": "t"}]), info);
        // By the count of all, by the count of pages, and by nothing but an empty page.
        let infos: [fn(i64) -> Value; 3] = [
            |number| json!({"page": number, "per_page": 1, "count": 1, "total_count": 3}),
            |number| json!({"page": number, "total_pages": 3.0}),
            |_| json!({}),
        ];
        for info in infos {
            api.answers([
                page(1, info(1)),
                page(2, info(2)),
                page(3, info(3)),
                Answer::page(json!([]), info(4)),
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
