//! What is refused before anything is sent.

use std::collections::BTreeMap;

use crate::runtime::Error;
use crate::support::Run;
use crate::support::api::Pair;
use crate::support::both;
use crate::support::server::{json, result};

#[track_caller]
fn invalid<T: std::fmt::Debug>(result: Result<T, Error>, parameter: &str, text: &str) {
    let error = result.unwrap_err();
    assert!(matches!(error, Error::InvalidRequest { .. }), "{error:?}");
    assert_eq!(error.parameter(), Some(parameter));
    assert!(
        error
            .to_string()
            .ends_with(&format!("`{parameter}` {text}")),
        "{error}"
    );
    assert_eq!(error.attempts(), 0);
    assert!(error.method().is_some() && error.path().is_some());
    assert!(!error.is_retryable());
}

both! {
    fn what_urls_cannot_hold([], server, client) {
        invalid(client.shelf("").list().run(), "shelf_id", "is empty");
        let folded = "is `.` or `..`, which URLs fold away";
        invalid(client.shelf("s").delete("..").run(), "thing_id", folded);
        invalid(client.shelf(".").delete("x").run(), "shelf_id", folded);
        assert!(server.received().is_empty());
    }
}

both! {
    fn what_is_over_a_limit([], server, client) {
        let shelf = client.shelf("s");
        invalid(shelf.value("é".repeat(257)).run(), "key_name", "has 514 bytes, 512 are allowed");
        invalid(shelf.update("k", vec![0; 26_214_401]).run(), "value", "has 26214401 bytes, 26214400 are allowed");
        invalid(shelf.update("k", "v").expiration_ttl(59).run(), "expiration_ttl", "is under 60");
        invalid(shelf.update("k", "v").metadata("m".repeat(1_023)).run(), "metadata", "has 1025 bytes, 1024 are allowed");
        invalid(shelf.bulk_get(vec!["k"; 101]).run(), "keys", "has 101 items, 100 are allowed");
        invalid(shelf.bulk_delete(vec!["k"; 10_001]).run(), "keys", "has 10001 items, 10000 are allowed");
        let large = (0..11).map(|_| Pair::new("k", "v".repeat(100_000)));
        invalid(shelf.bulk_update(large).run(), "pairs", "has 1100254 bytes, 1000000 are allowed");
        assert!(server.received().is_empty());
    }
}

both! {
    fn what_just_fits([result("{}"), result("{}"), result(r#"{"values":{}}"#)], server, client) {
        let shelf = client.shelf("s");
        shelf.update("k".repeat(512), "v").expiration_ttl(60).metadata("m".repeat(1_022)).run().unwrap();
        shelf.bulk_delete(vec!["k"; 10_000]).run().unwrap();
        shelf.bulk_get(vec!["k"; 100]).run().unwrap();
        assert_eq!(server.received().len(), 3);
    }
}

both! {
    fn an_item_of_many([result("{}")], server, client) {
        let shelf = client.shelf("s");
        let pairs = |wrong: Pair| (0..20).map(move |i| if i == 17 { wrong.clone() } else { Pair::new("k", "v") });
        let key = Pair::new("k".repeat(513), "v");
        invalid(shelf.bulk_update(pairs(key)).run(), "pairs[17].key", "has 513 bytes, 512 are allowed");
        let metadata = Pair::new("k", "v").metadata("m".repeat(1_023));
        invalid(shelf.bulk_update(pairs(metadata)).run(), "pairs[17].metadata", "has 1025 bytes, 1024 are allowed");
        invalid(shelf.bulk_delete(["a", &"k".repeat(513)]).run(), "keys[1]", "has 513 bytes, 512 are allowed");
        assert!(server.received().is_empty());
    }
}

both! {
    fn what_is_no_json([], server, client) {
        let no_json = BTreeMap::from([([1], 2)]);
        let error = client.shelf("s").update("k", "v").metadata(&no_json).run().unwrap_err();
        assert_eq!(error.parameter(), Some("metadata"));
        let pairs = [Pair::new("a", "b"), Pair::new("k", "v").metadata(&no_json)];
        let error = client.shelf("s").bulk_update(pairs).run().unwrap_err();
        assert_eq!(error.parameter(), Some("pairs[1]"));
        assert!(server.received().is_empty());
    }
}

both! {
    fn headers_that_are_none([json("200 OK", "")], server, client) {
        invalid(client.shelf("s").list().header("x-a", "b\nc").run(), "header x-a", "holds a control character");
        invalid(client.shelf("s").list().header("x a", "b").run(), "header x a", "is no name of a header");
        assert!(server.received().is_empty());
    }
}
