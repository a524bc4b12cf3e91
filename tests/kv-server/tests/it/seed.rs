//! Namespaces and pairs that are stored without requests.

use std::io::ErrorKind;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kv_server::{KvServer, Namespace, Pair};
use serde_json::{Value, json};

use crate::support::{Kv, send};

const ID: &str = "0f2ac74b498b48028cb68387c421e279";

#[tokio::test]
async fn seeded_namespaces_are_served() {
    let time = UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let pairs = ["b", "c"].map(|key| Pair::new(key, key));
    let namespace = Namespace::new("seeded")
        .id(ID)
        .pair(Pair::new("a/1", [0xff, 0]).metadata(json!({ "n": 1 })))
        .pair(Pair::new("ttl", "").expiration_ttl(Duration::from_secs(90)))
        .pair(Pair::new("at", "").expiration(1_800_000_010))
        .pair(Pair::new("past", "").expiration(1_700_000_000))
        .pairs(pairs);
    let builder = KvServer::builder().freeze_clock_at(time);
    let kv = Kv::with(builder.namespace(namespace)).await;
    let get = async |path: &str| send(kv.request("GET", &format!("/{ID}{path}"))).await;

    assert_eq!(get("").await.result()["title"], "seeded");
    assert_eq!(
        get("/keys").await.result(),
        json!([
            { "name": "a/1", "metadata": { "n": 1 } },
            { "name": "at", "expiration": 1_800_000_010 },
            { "name": "b" },
            { "name": "c" },
            { "name": "ttl", "expiration": 1_800_000_090 },
        ])
    );
    assert_eq!(get("/values/a%2F1").await.body, [0xff, 0]);
}

#[tokio::test]
async fn seeded_namespaces_can_have_another_account() {
    let other = "b".repeat(32);
    let namespace = Namespace::new("seeded").id(ID).account(&other);
    let kv = Kv::with(KvServer::builder().namespace(namespace)).await;
    let url = kv.url().replace(kv.server.account_id(), &other);
    let request = kv.client.get(url).bearer_auth(kv.server.token());
    assert_eq!(send(request).await.result()[0]["id"], ID);
    assert_eq!(
        kv.on_account("GET", &format!("/{ID}"), "")
            .await
            .rejection(),
        (404, 10_013)
    );
}

#[test]
fn invalid_seeds_are_errors() {
    let twice = [
        Namespace::new("a").id(ID),
        Namespace::new("a").id("1".repeat(32)),
    ];
    for namespaces in [
        vec![Namespace::new("a").id("short")],
        vec![Namespace::new("a").account("short")],
        Vec::from(twice),
    ] {
        let builder = namespaces
            .into_iter()
            .fold(KvServer::builder(), kv_server::KvServerBuilder::namespace);
        let error = builder.start().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
    }
}

#[tokio::test]
async fn handles_write_and_read_pairs() {
    let kv = Kv::start().await;
    let handle = kv.server.namespace("the namespace");
    assert_eq!(handle.id(), kv.namespace, "the existing namespace is used");

    handle.put(
        Pair::new("key", "value")
            .metadata(["m"])
            .expiration(4_000_000_000),
    );
    let response = kv.get("/values/key").await;
    assert_eq!(
        (&*response.body, response.expiration()),
        (&b"value"[..], Some(4_000_000_000))
    );

    kv.put("/values/other?expiration_ttl=60", "é")
        .await
        .result();
    assert_eq!(handle.keys(), ["key", "other"]);
    let stored = handle.get("key").unwrap();
    assert_eq!(stored.value(), b"value");
    assert_eq!(stored.metadata::<Value>().unwrap(), Some(json!(["m"])));
    let other = handle.get("other").unwrap();
    assert_eq!(
        (other.text(), other.metadata::<Value>().unwrap()),
        (Some("é"), None)
    );
    assert!(other.expiration().is_some());

    kv.server.advance(Duration::from_secs(60));
    assert!(handle.get("other").is_none());
    handle.delete("key");
    assert_eq!(kv.names("").await, [""; 0]);
}

#[tokio::test]
async fn handles_of_new_titles_create_namespaces() {
    let kv = Kv::start().await;
    let id = kv.server.namespace("new").id().to_owned();
    assert_eq!(kv.server.namespace("new").id(), id);
    let response = kv.on_account("GET", &format!("/{id}"), "").await;
    assert_eq!(response.result()["title"], "new");

    let handle = kv.server.namespace("new");
    kv.on_account("DELETE", &format!("/{id}"), "")
        .await
        .result();
    handle.put(Pair::new("key", ""));
    assert!(
        handle.get("key").is_none(),
        "a deleted namespace stays deleted"
    );
}

#[tokio::test]
async fn a_frozen_clock_moves_only_with_advance() {
    let time = UNIX_EPOCH + Duration::from_secs(1_600_000_000);
    let kv = Kv::with(KvServer::builder().freeze_clock_at(time)).await;
    assert_eq!(kv.server.now(), time);
    kv.put("/values/key?expiration_ttl=60", "").await.result();
    assert_eq!(
        kv.get("/values/key").await.expiration(),
        Some(1_600_000_060)
    );
    kv.server.advance(Duration::from_secs(59));
    assert_eq!(kv.get("/values/key").await.status, 200);
    kv.server.advance(Duration::from_secs(1));
    assert_eq!(kv.get("/values/key").await.status, 404);
    assert_eq!(kv.server.now(), time + Duration::from_secs(60));
}

#[test]
fn the_clock_runs_with_the_system_by_default() {
    let server = KvServer::start().unwrap();
    let before = SystemTime::now();
    server.advance(Duration::from_secs(3600));
    let ahead = server.now().duration_since(before).unwrap();
    assert!((3600..3660).contains(&ahead.as_secs()), "{ahead:?}");
}
