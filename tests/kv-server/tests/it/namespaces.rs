//! Lists, creates, gets, renames and deletes namespaces.

use kv_server::KvServer;
use serde_json::{Value, json};

use crate::support::Kv;

const UNKNOWN_ID: &str = "/00000000000000000000000000000000";

fn titles(result: &Value) -> Vec<&str> {
    let list = result.as_array().expect("a list");
    list.iter()
        .filter_map(|namespace| namespace["title"].as_str())
        .collect()
}

#[tokio::test]
async fn namespaces_are_created_renamed_and_deleted() {
    let kv = Kv::start().await;
    let created = kv
        .on_account("POST", "", r#"{"title":"Ünï"}"#)
        .await
        .result();
    let id = created["id"].as_str().unwrap();
    assert!(
        id.len() == 32 && id.bytes().all(|byte| b"0123456789abcdef".contains(&byte)),
        "{id}"
    );
    assert_eq!(
        created,
        json!({ "id": id, "title": "Ünï", "supports_url_encoding": true })
    );
    let path = format!("/{id}");
    assert_eq!(kv.on_account("GET", &path, "").await.result(), created);

    let renamed = kv
        .on_account("PUT", &path, r#"{"title":"new"}"#)
        .await
        .result();
    assert_eq!(
        renamed,
        json!({ "id": id, "title": "new", "supports_url_encoding": true })
    );
    assert_eq!(kv.on_account("GET", &path, "").await.result(), renamed);

    assert_eq!(
        kv.on_account("DELETE", &path, "{}").await.result(),
        Value::Null
    );
    for method in ["GET", "PUT", "DELETE"] {
        assert_eq!(
            kv.on_account(method, &path, r#"{"title":"x"}"#)
                .await
                .rejection(),
            (404, 10_013)
        );
    }
    kv.create("new").await; // the title is free again
}

#[tokio::test]
async fn deleting_removes_the_pairs_of_one_namespace() {
    let kv = Kv::start().await;
    let other = kv.create("other").await;
    kv.put("/values/key", "value").await.result();
    assert_eq!(
        kv.on_account("GET", &format!("/{other}/values/key"), "")
            .await
            .rejection(),
        (404, 10_009)
    );
    kv.on_account("DELETE", &format!("/{other}"), "")
        .await
        .result();
    assert_eq!(kv.get("/values/key").await.body, b"value");
    kv.call("DELETE", "", "").await.result();
    assert_eq!(kv.get("/values/key").await.rejection(), (404, 10_013));
}

#[tokio::test]
async fn titles_are_required_and_unique() {
    let kv = Kv::start().await;
    for body in [
        "{}",
        "null",
        "[]",
        r#"["x"]"#,
        r#""x""#,
        r#"{"title":""}"#,
        r#"{"title":5}"#,
        r#"{"title":null}"#,
    ] {
        assert_eq!(
            kv.on_account("POST", "", body).await.rejection(),
            (400, 10_019),
            "{body}"
        );
        assert_eq!(kv.put("", body).await.rejection(), (400, 10_019), "{body}");
    }
    for body in ["", "{", "title"] {
        assert_eq!(
            kv.on_account("POST", "", body).await.rejection(),
            (400, 10_001),
            "{body}"
        );
    }
    kv.create("taken").await;
    kv.create("Taken").await;
    let body = r#"{"title":"taken"}"#;
    assert_eq!(
        kv.on_account("POST", "", body).await.rejection(),
        (400, 10_014)
    );
    assert_eq!(kv.put("", body).await.rejection(), (400, 10_014));
    kv.put("", r#"{"title":"the namespace"}"#).await.result(); // its own
}

#[tokio::test]
async fn titles_over_512_characters_are_rejected() {
    let kv = Kv::start().await;
    kv.create(&"é".repeat(512)).await;
    let body = json!({ "title": "e".repeat(513) }).to_string();
    assert_eq!(
        kv.on_account("POST", "", body).await.rejection(),
        (400, 10_001)
    );
}

#[tokio::test]
async fn jurisdictions_are_stored() {
    let kv = Kv::start().await;
    for name in ["eu", "fedramp", "us"] {
        let body = json!({ "title": name, "jurisdiction": name }).to_string();
        let created = kv.on_account("POST", "", body).await.result();
        assert_eq!(created["jurisdiction"], name);
        let path = format!("/{}", created["id"].as_str().unwrap());
        let renamed = kv
            .on_account("PUT", &path, format!(r#"{{"title":"{name} 2"}}"#))
            .await
            .result();
        assert_eq!(renamed["jurisdiction"], name);
        assert_eq!(kv.on_account("GET", &path, "").await.result(), renamed);
    }
    let body = r#"{"title":"x","jurisdiction":"moon"}"#;
    assert_eq!(
        kv.on_account("POST", "", body).await.rejection(),
        (400, 10_001)
    );
}

#[tokio::test]
async fn malformed_and_unknown_ids_have_different_errors() {
    let kv = Kv::start().await;
    for id in ["/x", "/0123", "/0123456789ABCDEF0123456789ABCDEF", "/a%2Fb"] {
        assert_eq!(
            kv.on_account("GET", id, "").await.rejection(),
            (400, 10_011),
            "{id}"
        );
        assert_eq!(
            kv.on_account("GET", &format!("{id}/keys"), "")
                .await
                .rejection(),
            (400, 10_011),
            "{id}"
        );
    }
    for (method, path) in [
        ("GET", ""),
        ("PUT", ""),
        ("DELETE", ""),
        ("GET", "/keys"),
        ("GET", "/values/a"),
        ("PUT", "/values/a"),
        ("DELETE", "/values/a"),
        ("GET", "/metadata/a"),
        ("PUT", "/bulk"),
        ("DELETE", "/bulk"),
        ("POST", "/bulk/delete"),
        ("POST", "/bulk/get"),
    ] {
        let response = kv
            .on_account(method, &format!("{UNKNOWN_ID}{path}"), "not read")
            .await;
        assert_eq!(response.rejection(), (404, 10_013), "{method} {path}");
    }
}

#[tokio::test]
async fn lists_have_numbered_pages() {
    let kv = Kv::start().await;
    for number in 1..25 {
        kv.create(&format!("n{number:02}")).await;
    }
    let first = kv.on_account("GET", "", "").await;
    assert_eq!(first.result().as_array().unwrap().len(), 20);
    let info =
        json!({ "page": 1, "per_page": 20, "count": 20, "total_count": 25, "total_pages": 2 });
    assert_eq!(first.result_info(), info);

    let last = kv
        .on_account("GET", "?page=3&per_page=10&order=title", "")
        .await;
    assert_eq!(
        titles(&last.result()),
        ["n21", "n22", "n23", "n24", "the namespace"].as_slice()
    );
    let info =
        json!({ "page": 3, "per_page": 10, "count": 5, "total_count": 25, "total_pages": 3 });
    assert_eq!(last.result_info(), info);

    let beyond = kv.on_account("GET", "?page=4&per_page=10", "").await;
    assert_eq!(beyond.result(), json!([]));
    assert_eq!(beyond.result_info()["count"], 0);
}

#[tokio::test]
async fn lists_are_sorted() {
    let kv = Kv::start().await;
    for title in ["b", "a", "é", "B"] {
        kv.create(title).await;
    }
    let list = async |query: &str| kv.on_account("GET", query, "").await.result();
    let up = list("?order=title").await;
    assert_eq!(titles(&up), ["B", "a", "b", "the namespace", "é"]);
    let down = list("?order=title&direction=desc").await;
    assert_eq!(titles(&down), ["é", "the namespace", "b", "a", "B"]);

    let by_id = list("?direction=desc").await;
    let ids: Vec<&str> = by_id
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|n| n["id"].as_str())
        .collect();
    assert!(ids.len() == 5 && ids.is_sorted_by(|a, b| a > b), "{ids:?}");
    assert_eq!(list("?order=id&direction=desc").await, by_id);
}

#[tokio::test]
async fn page_numbers_out_of_range_are_rejected() {
    let kv = Kv::start().await;
    for query in [
        "page=0",
        "page=-1",
        "page=x",
        "page=",
        "page=1.5",
        "per_page=0",
        "per_page=1001",
    ] {
        assert_eq!(
            kv.on_account("GET", &format!("?{query}"), "")
                .await
                .rejection(),
            (400, 10_001),
            "{query}"
        );
    }
    for query in [
        "page=1.0",
        "per_page=1",
        "per_page=1000",
        "page=1&page=x",
        "unknown=1",
    ] {
        kv.on_account("GET", &format!("?{query}"), "")
            .await
            .result();
    }
}

#[tokio::test]
async fn page_size_can_be_limited() {
    let kv = Kv::with(KvServer::builder().page_size_cap(2)).await;
    kv.create("b").await;
    kv.create("c").await;
    let page = kv.on_account("GET", "", "").await;
    assert_eq!(page.result().as_array().unwrap().len(), 2);
    let info = json!({ "page": 1, "per_page": 2, "count": 2, "total_count": 3, "total_pages": 2 });
    assert_eq!(page.result_info(), info);
}
