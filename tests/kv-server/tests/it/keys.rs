//! Lists of keys: pages, prefixes, cursors and order.

use kv_server::KvServer;
use serde_json::{Value, json};

use crate::support::Kv;

async fn write(kv: &Kv, keys: impl IntoIterator<Item = String>) {
    let items = keys
        .into_iter()
        .map(|key| json!({ "key": key, "value": "" }));
    kv.json("PUT", "/bulk", items.collect()).await.result();
}

/// Follows the cursors, and returns the keys of each page.
async fn pages(kv: &Kv, query: &str) -> Vec<Vec<String>> {
    let mut pages = vec![];
    let mut cursor = String::new();
    loop {
        let page = kv.get(&format!("/keys?{query}&cursor={cursor}")).await;
        let result = page.result();
        let names: Vec<String> = result.as_array().unwrap().iter().map(name).collect();
        assert_eq!(page.result_info()["count"], names.len());
        pages.push(names);
        page.result_info()["cursor"]
            .as_str()
            .unwrap()
            .clone_into(&mut cursor);
        if cursor.is_empty() {
            return pages;
        }
    }
}

fn name(key: &Value) -> String {
    key["name"].as_str().expect("a name").to_owned()
}

#[tokio::test]
async fn empty_namespaces_have_one_empty_page() {
    let kv = Kv::start().await;
    let page = kv.get("/keys").await;
    assert_eq!(
        (page.result(), page.result_info()),
        (json!([]), json!({ "count": 0, "cursor": "" }))
    );
}

#[tokio::test]
async fn keys_have_metadata_and_expiration() {
    let kv = Kv::start().await;
    let items = json!([
        { "key": "a", "value": "" },
        { "key": "b", "value": "", "expiration": 4_000_000_000_u32, "metadata": { "n": [1] } },
    ]);
    kv.json("PUT", "/bulk", items).await.result();
    let expected = json!([
        { "name": "a" },
        { "name": "b", "expiration": 4_000_000_000_u32, "metadata": { "n": [1] } },
    ]);
    assert_eq!(kv.get("/keys").await.result(), expected);
}

#[tokio::test]
async fn cursors_reach_all_keys() {
    let kv = Kv::start().await;
    let all: Vec<String> = (0..25).map(|number| format!("k/{number:02}")).collect();
    write(&kv, all.iter().cloned().chain(["j".into(), "l".into()])).await;
    let pages = pages(&kv, "prefix=k/&limit=10").await;
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [10, 10, 5]);
    assert_eq!(pages.concat(), all);
}

#[tokio::test]
async fn full_last_pages_have_no_cursor() {
    let kv = Kv::start().await;
    write(&kv, (0..20).map(|number| format!("{number:02}"))).await;
    assert_eq!(pages(&kv, "limit=10").await.len(), 2);
}

#[tokio::test]
async fn cursors_of_deleted_keys_are_valid() {
    let kv = Kv::start().await;
    write(&kv, (0..12).map(|number| format!("{number:02}"))).await;
    let first = kv.get("/keys?limit=10").await;
    let cursor = first.result_info()["cursor"].as_str().unwrap().to_owned();
    kv.call("DELETE", "/values/09", "").await.result();
    kv.call("DELETE", "/values/10", "").await.result();
    assert_eq!(kv.names(&format!("limit=10&cursor={cursor}")).await, ["11"]);
}

#[tokio::test]
async fn cursors_before_the_prefix_are_ignored() {
    let kv = Kv::start().await;
    write(&kv, (0..12).map(|number| format!("a{number:02}"))).await;
    write(&kv, ["b", "c1", "c2"].map(String::from)).await;
    let first = kv.get("/keys?limit=10").await;
    let cursor = first.result_info()["cursor"].as_str().unwrap().to_owned();
    assert_eq!(
        kv.names(&format!("prefix=c&cursor={cursor}")).await,
        ["c1", "c2"]
    );
}

#[tokio::test]
async fn prefixes_are_compared_by_bytes() {
    let kv = Kv::start().await;
    write(
        &kv,
        ["a", "a b", "a%", "a_", "A", "é", "e\u{301}", "\0x"].map(String::from),
    )
    .await;
    for (prefix, expected) in [
        ("a", ["a", "a b", "a%", "a_"].as_slice()),
        ("a%25", &["a%"]),
        ("a_", &["a_"]),
        ("a+b", &["a b"]),
        ("a*", &[]),
        ("%C3%A9", &["é"]),
        ("%00", &["\0x"]),
        ("zz", &[]),
    ] {
        assert_eq!(
            kv.names(&format!("prefix={prefix}")).await,
            expected,
            "{prefix}"
        );
    }
    assert_eq!(kv.names("prefix=").await.len(), 8);
}

#[tokio::test]
async fn keys_are_ordered_by_their_utf_8_bytes() {
    let kv = Kv::start().await;
    let ordered =
        ["", "\u{1}", "A", "z", "é", "\u{e000}", "\u{ffff}", "😀"].map(|c| format!("k{c}"));
    write(&kv, ordered.iter().rev().cloned()).await;
    assert_eq!(kv.names("").await, ordered);
}

#[tokio::test]
async fn limits_out_of_range_are_rejected() {
    let kv = Kv::start().await;
    for query in [
        "limit=9",
        "limit=1001",
        "limit=x",
        "limit=",
        "limit=10.5",
        "limit=-10",
        "cursor=%21",
        "cursor=%ff",
    ] {
        assert_eq!(
            kv.get(&format!("/keys?{query}")).await.rejection(),
            (400, 10_001),
            "{query}"
        );
    }
    let longest = "p".repeat(512);
    kv.get(&format!("/keys?prefix={longest}")).await.result();
    assert_eq!(
        kv.get(&format!("/keys?prefix=p{longest}"))
            .await
            .rejection(),
        (414, 10_001)
    );
}

#[tokio::test]
async fn pages_have_up_to_1000_keys() {
    let kv = Kv::start().await;
    write(&kv, (0..2100).map(|number| format!("{number:04}"))).await;
    for query in ["", "limit=1000"] {
        let pages = pages(&kv, query).await;
        assert_eq!(
            pages.iter().map(Vec::len).collect::<Vec<_>>(),
            [1000, 1000, 100],
            "{query}"
        );
    }
}

#[tokio::test]
async fn page_size_can_be_limited() {
    let kv = Kv::with(KvServer::builder().page_size_cap(2)).await;
    write(&kv, ["a", "b", "c"].map(String::from)).await;
    assert_eq!(pages(&kv, "").await, [vec!["a", "b"], vec!["c"]]);
    let kv = Kv::with(KvServer::builder().page_size_cap(0)).await;
    write(&kv, ["a", "b"].map(String::from)).await;
    assert_eq!(pages(&kv, "").await, [["a"], ["b"]]);
}
