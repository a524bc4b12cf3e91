//! Arguments that are rejected before sending.

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
    fn invalid_path_segments_are_rejected([], server, client) {
        invalid(client.shelf("").list().run(), "shelf_id", "is empty");
        let folded = "is `.` or `..`, which URLs remove";
        invalid(client.shelf("s").delete("..").run(), "thing_id", folded);
        invalid(client.shelf(".").delete("x").run(), "shelf_id", folded);
        assert!(server.received().is_empty());
    }
}

both! {
    fn exceeded_limits_are_rejected([], server, client) {
        let shelf = client.shelf("s");
        invalid(shelf.value("é".repeat(257)).run(), "key_name", "has 514 bytes; the maximum is 512");
        invalid(shelf.update("k", vec![0; 26_214_401]).run(), "value", "has 26214401 bytes; the maximum is 26214400");
        invalid(shelf.update("k", "v").expiration_ttl(59).run(), "expiration_ttl", "is less than 60");
        invalid(shelf.update("k", "v").metadata("m".repeat(1_023)).run(), "metadata", "has 1025 bytes; the maximum is 1024");
        invalid(shelf.bulk_get(vec!["k"; 101]).run(), "keys", "has 101 items; the maximum is 100");
        invalid(shelf.bulk_delete(vec!["k"; 10_001]).run(), "keys", "has 10001 items; the maximum is 10000");
        let large = (0..11).map(|_| Pair::new("k", "v".repeat(100_000)));
        invalid(shelf.bulk_update(large).run(), "pairs", "has 1100254 bytes; the maximum is 1000000");
        assert!(server.received().is_empty());
    }
}

both! {
    fn values_at_the_limit_are_accepted([result("{}"), result("{}"), result(r#"{"values":{}}"#)], server, client) {
        let shelf = client.shelf("s");
        shelf.update("k".repeat(512), "v").expiration_ttl(60).metadata("m".repeat(1_022)).run().unwrap();
        shelf.bulk_delete(vec!["k"; 10_000]).run().unwrap();
        shelf.bulk_get(vec!["k"; 100]).run().unwrap();
        assert_eq!(server.received().len(), 3);
    }
}

both! {
    fn invalid_items_are_reported_by_index([result("{}")], server, client) {
        let shelf = client.shelf("s");
        let pairs = |wrong: Pair| (0..20).map(move |i| if i == 17 { wrong.clone() } else { Pair::new("k", "v") });
        let key = Pair::new("k".repeat(513), "v");
        invalid(shelf.bulk_update(pairs(key)).run(), "pairs[17].key", "has 513 bytes; the maximum is 512");
        let metadata = Pair::new("k", "v").metadata("m".repeat(1_023));
        invalid(shelf.bulk_update(pairs(metadata)).run(), "pairs[17].metadata", "has 1025 bytes; the maximum is 1024");
        invalid(shelf.bulk_delete(["a", &"k".repeat(513)]).run(), "keys[1]", "has 513 bytes; the maximum is 512");
        assert!(server.received().is_empty());
    }
}

both! {
    fn unserializable_values_are_rejected([], server, client) {
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
    fn invalid_headers_are_rejected([json("200 OK", "")], server, client) {
        invalid(client.shelf("s").list().header("x-a", "b\nc").run(), "header x-a", "contains a control character");
        invalid(client.shelf("s").list().header("x a", "b").run(), "header x a", "is not a valid header name");
        assert!(server.received().is_empty());
    }
}
