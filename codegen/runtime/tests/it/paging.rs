//! Paged lists.

use crate::runtime::Error;
use crate::support::Run;
use crate::support::both;
use crate::support::server::{Step, error, page, result};

fn names(things: &[crate::support::api::Thing]) -> Vec<&str> {
    things.iter().map(|thing| thing.name.as_str()).collect()
}

/// A page with one item.
fn page_of_one(name: &str, info: &str) -> Step {
    page(&format!(r#"[{{"name":"{name}"}}]"#), info)
}

both! {
    fn a_page_is_decoded([page_of_one("a", r#"{"count":1.0,"cursor":"c","new":[]}"#)], server, client) {
        let page = client.shelf("s").list().run().unwrap();
        assert!(page.has_next_page());
        assert_eq!((page.next_cursor(), page.next_page()), (Some("c"), None));
        assert_eq!(page.result_info.unwrap().count, Some(1));
        server.only();
    }
}

both! {
    fn empty_pages_with_a_cursor_do_not_end_the_list([
        page_of_one("a", r#"{"cursor":"c&1"}"#), page("[]", r#"{"cursor":"c2"}"#), page("[]", r#"{"cursor":"c3"}"#),
        page_of_one("b", r#"{"cursor":""}"#),
    ], server, client) {
        let (things, error) = client.shelf("s").list().limit(10).prefix("p").header("x-own", "1").query("q", 2).items();
        assert!(error.is_none(), "{error:?}");
        assert_eq!(names(&things), ["a", "b"]);
        let requests = server.received();
        let targets: Vec<_> = requests.iter().map(|request| request.target.split_once('?').unwrap().1).collect();
        assert_eq!(targets, [
            "limit=10&prefix=p&q=2", "limit=10&prefix=p&cursor=c%261&q=2",
            "limit=10&prefix=p&cursor=c2&q=2", "limit=10&prefix=p&cursor=c3&q=2",
        ]);
        assert!(requests.iter().all(|request| request.header("x-own") == Some("1")));
    }
}

both! {
    fn a_missing_cursor_ends_the_list([page_of_one("a", r#"{"cursor":null}"#), page_of_one("a", "null"), result("[]")], server, client) {
        for _ in 0..3 {
            assert!(client.shelf("s").list().items().1.is_none());
        }
        assert_eq!(server.received().len(), 3);
    }
}

both! {
    fn a_null_list_is_an_empty_page([page("null", r#"{"cursor":"c"}"#), page_of_one("a", "{}")], server, client) {
        assert_eq!(names(&client.shelf("s").list().items().0), ["a"]);
        assert_eq!(server.received().len(), 2);
    }
}

both! {
    fn inconsistent_totals_do_not_end_the_list([
        page_of_one("a", r#"{"page":1,"per_page":1,"total_count":0,"total_pages":0}"#),
        page_of_one("b", r#"{"page":2,"per_page":1,"total_count":1,"total_pages":1}"#),
        page("[]", r#"{"page":3,"per_page":1,"total_count":0,"total_pages":0}"#),
    ], server, client) {
        let (things, error) = client.shelf("s").pages().items();
        assert!(error.is_none(), "{error:?}");
        assert_eq!(names(&things), ["a", "b"]);
        assert_eq!(server.received().len(), 3);
    }
}

both! {
    fn a_repeated_cursor_is_an_error([
        page_of_one("a", r#"{"cursor":"x"}"#), page_of_one("b", r#"{"cursor":"x"}"#),
    ], server, client) {
        let (things, error) = client.shelf("s").list().items();
        assert_eq!(names(&things), ["a"]);
        let error = error.unwrap();
        assert!(matches!(error, Error::Decode { .. }));
        assert_eq!(error.json_path(), Some("result_info.cursor"));
        assert_eq!(server.received().len(), 2);
    }
}

both! {
    fn a_cycle_of_cursors_is_an_error([
        page("[]", r#"{"cursor":"1"}"#), page("[]", r#"{"cursor":"2"}"#), page("[]", r#"{"cursor":"3"}"#),
        page("[]", r#"{"cursor":"4"}"#), page("[]", r#"{"cursor":"2"}"#), page("[]", r#"{"cursor":"3"}"#),
        page("[]", r#"{"cursor":"4"}"#), page("[]", r#"{"cursor":"2"}"#), page("[]", r#"{"cursor":"3"}"#),
        page("[]", r#"{"cursor":"4"}"#), page("[]", r#"{"cursor":"2"}"#), page("[]", r#"{"cursor":"3"}"#),
    ], server, client) {
        let (_, error) = client.shelf("s").list().items();
        assert_eq!(error.unwrap().json_path(), Some("result_info.cursor"));
        assert!(server.received().len() <= 12);
    }
}

both! {
    fn total_pages_ends_the_list([
        page_of_one("a", r#"{"page":1,"total_pages":3}"#), page_of_one("b", r#"{"page":2,"total_pages":3}"#), page_of_one("c", r#"{"page":3,"total_pages":3}"#),
    ], server, client) {
        let (things, error) = client.shelf("s").pages().per_page(1).items();
        assert!(error.is_none(), "{error:?}");
        assert_eq!(names(&things), ["a", "b", "c"]);
        let targets: Vec<_> = server.received().into_iter().map(|request| request.target.split_once('?').unwrap().1.to_owned()).collect();
        assert_eq!(targets, ["per_page=1", "per_page=1&page=2", "per_page=1&page=3"]);
    }
}

both! {
    fn total_count_ends_the_list([
        page_of_one("b", r#"{"page":2,"per_page":1,"total_count":3}"#), page_of_one("c", r#"{"page":3,"per_page":1,"total_count":3}"#),
    ], server, client) {
        let (things, error) = client.shelf("s").pages().page(2).items();
        assert!(error.is_none(), "{error:?}");
        assert_eq!(names(&things), ["b", "c"]);
        assert_eq!(server.received().len(), 2);
    }
}

both! {
    fn an_empty_page_ends_the_list([page_of_one("a", "{}"), page_of_one("b", "null"), page("[]", r#"{"total_pages":9}"#)], server, client) {
        let (things, error) = client.shelf("s").pages().items();
        assert!(error.is_none(), "{error:?}");
        assert_eq!(names(&things), ["a", "b"]);
        assert_eq!(server.received().len(), 3);
    }
}

both! {
    fn a_repeated_page_is_an_error([
        page_of_one("a", r#"{"page":1}"#), page_of_one("b", r#"{"page":1}"#),
        page_of_one("a", "{}"), page_of_one("a", "{}"),
        page_of_one("a", r#"{"page":1,"total_pages":2}"#), page_of_one("a", r#"{"page":1,"total_pages":2}"#),
    ], server, client) {
        for _ in 0..3 {
            let (things, error) = client.shelf("s").pages().items();
            assert_eq!(names(&things), ["a"]);
            assert_eq!(error.unwrap().json_path(), Some("result_info.page"));
        }
        assert_eq!(server.received().len(), 6);
    }
}

both! {
    fn an_error_ends_the_list([page_of_one("a", r#"{"cursor":"x"}"#), error("403 Forbidden", 5), page_of_one("b", "{}")], server, client) {
        let (things, error) = client.shelf("s").list().items();
        assert_eq!(names(&things), ["a"]);
        assert_eq!(error.unwrap().code(), Some(5));
        assert_eq!(server.received().len(), 2);
    }
}

both! {
    fn page_requests_are_retried([page_of_one("a", r#"{"cursor":"x"}"#), error("503 S", 5), page_of_one("b", "{}")], server, client) {
        let (things, error) = client.shelf("s").list().items();
        assert!(error.is_none(), "{error:?}");
        assert_eq!(names(&things), ["a", "b"]);
        assert_eq!(server.received().len(), 3);
    }
}

#[test]
fn pages_are_requested_on_demand() {
    use crate::support::{RUNTIME, configured};
    use futures_util::StreamExt;

    let server = crate::support::server::Server::start([
        page(r#"[{"name":"a"},{"name":"b"}]"#, r#"{"cursor":"x"}"#),
        page_of_one("c", "{}"),
    ]);
    let client = configured(crate::runtime::Client::builder(), &server.url)
        .build()
        .unwrap();
    RUNTIME.block_on(async {
        let mut stream = client.shelf("s").list().stream();
        assert!(server.received().is_empty());
        assert_eq!(stream.next().await.unwrap().unwrap().name, "a");
        assert_eq!(stream.next().await.unwrap().unwrap().name, "b");
        assert_eq!(server.received().len(), 1);
        assert_eq!(stream.next().await.unwrap().unwrap().name, "c");
        assert!(stream.next().await.is_none());
        assert!(stream.next().await.is_none());
        assert_eq!(server.received().len(), 2);
    });
}
