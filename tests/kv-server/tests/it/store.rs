//! Data in a file.

use std::path::PathBuf;
use std::time::Duration;

use kv_server::{KvServer, KvServerBuilder, Namespace, Pair};
use serde_json::json;
use tempfile::TempDir;

use crate::support::Kv;

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";

struct Place {
    _folder: TempDir,
    file: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kv.redb");
        Self {
            _folder: folder,
            file,
        }
    }

    fn builder(&self) -> KvServerBuilder {
        KvServer::builder().account(ACCOUNT).store(&self.file)
    }

    /// Starts a server with the namespace of the previous one, if there is one.
    fn start(&self) -> Kv {
        let mut kv = Kv::without_namespace(self.builder());
        kv.namespace = kv.server.namespace("the namespace").id().to_owned();
        kv
    }
}

#[tokio::test]
async fn data_survives_a_restart() {
    let place = Place::new();
    let kv = place.start();
    let items = json!([
        { "key": "a/1", "value": "aGk=", "base64": true, "metadata": { "n": 12_345_678_901_234_567_890_u64 } },
        { "key": "deleted", "value": "" },
        { "key": "ttl", "value": "t", "expiration_ttl": 1000 },
    ]);
    kv.json("PUT", "/bulk", items).await.result();
    kv.put("/values/a%2F1x", "old").await.result();
    kv.put("/values/a%2F1x", "new").await.result();
    kv.call("DELETE", "/values/deleted", "").await.result();
    let namespace = kv.namespace.clone();
    let list = kv.get("/keys").await.result();
    drop(kv);

    let kv = place.start();
    assert_eq!(kv.namespace, namespace);
    assert_eq!(kv.get("/keys").await.result(), list);
    assert_eq!(kv.get("/values/a%2F1").await.body, b"hi");
    assert_eq!(kv.get("/values/a%2F1x").await.body, b"new");
    let metadata = kv.get("/metadata/a%2F1").await;
    let text = String::from_utf8(metadata.body).unwrap();
    assert!(text.contains(r#"{"n":12345678901234567890}"#), "{text}");
}

#[tokio::test]
async fn namespaces_survive_a_restart() {
    let place = Place::new();
    let kv = place.start();
    let body = json!({ "title": "old", "jurisdiction": "eu" }).to_string();
    let created = kv.on_account("POST", "", body).await.result();
    let path = format!("/{}", created["id"].as_str().unwrap());
    let renamed = json!({ "title": "new" }).to_string();
    kv.on_account("PUT", &path, renamed).await.result();
    let gone = kv.create("gone").await;
    let key = format!("/{gone}/values/key");
    kv.on_account("PUT", &key, "v").await.result();
    kv.on_account("DELETE", &format!("/{gone}"), "")
        .await
        .result();
    let expected = kv.on_account("GET", &path, "").await.result();
    assert_eq!(
        (&expected["title"], &expected["jurisdiction"]),
        (&json!("new"), &json!("eu"))
    );
    drop(kv);

    // A namespace with the same id as a deleted one does not get its pairs.
    let again = Namespace::new("again").id(&gone);
    let kv = Kv::without_namespace(place.builder().namespace(again));
    assert_eq!(kv.on_account("GET", &path, "").await.result(), expected);
    assert_eq!(
        kv.on_account("GET", &format!("/{gone}/keys"), "")
            .await
            .result(),
        json!([])
    );
}

#[tokio::test]
async fn expired_pairs_are_removed_from_the_file() {
    let place = Place::new();
    let kv = place.start();
    kv.put("/values/short?expiration_ttl=60", "").await.result();
    kv.put("/values/long?expiration_ttl=3600", "")
        .await
        .result();
    kv.server.advance(Duration::from_secs(60));
    assert_eq!(kv.names("").await, ["long"]);
    drop(kv);
    // The new server has a new clock.
    let kv = place.start();
    assert_eq!(kv.names("").await, ["long"]);
}

#[tokio::test]
async fn seeds_and_handles_are_stored() {
    let place = Place::new();
    let namespace = || Namespace::new("seeded").pair(Pair::new("seed", "1"));
    let server = place.builder().namespace(namespace()).start().unwrap();
    let handle = server.namespace("seeded");
    handle.put(Pair::new("handle", "2").metadata("m"));
    handle.delete("seed");
    let id = handle.id().to_owned();
    drop(server);
    let server = place.builder().namespace(namespace()).start().unwrap();
    let handle = server.namespace("seeded");
    assert_eq!(
        (handle.id(), handle.keys()),
        (&*id, vec!["handle".to_owned(), "seed".to_owned()])
    );
}

#[test]
fn a_file_is_used_by_one_server_at_a_time() {
    let place = Place::new();
    let server = place.builder().start().unwrap();
    let error = place.builder().start().unwrap_err();
    assert!(error.to_string().contains("kv.redb"), "{error}");
    drop(server);
    place.builder().start().unwrap();
}

#[test]
fn other_files_are_rejected() {
    let place = Place::new();
    let text = "not a database, and long enough to have a header. ".repeat(100);
    std::fs::write(&place.file, &text).unwrap();
    assert!(place.builder().start().is_err());
    assert_eq!(std::fs::read_to_string(&place.file).unwrap(), text);
    let missing = place.file.join("no/folder");
    assert!(KvServer::builder().store(missing).start().is_err());
}
