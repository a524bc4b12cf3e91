//! Starts, uses and stops the server.

use std::io::{Read, Write};
use std::net::TcpStream;

use kv_server::KvServer;

use crate::support::{Kv, send};

#[test]
fn dropping_the_server_closes_its_connections() {
    let server = KvServer::start().unwrap();
    let host = server.base_url().split('/').nth(2).unwrap().to_owned();
    let mut stream = TcpStream::connect(&host).unwrap();
    // Two requests on one connection, which is kept alive.
    for _ in 0..2 {
        write!(stream, "GET / HTTP/1.1\r\nhost: {host}\r\n\r\n").unwrap();
        let mut start = [0; 12];
        stream.read_exact(&mut start).unwrap();
        assert_eq!(&start, b"HTTP/1.1 400");
        let mut rest = Vec::new();
        while !rest.ends_with(b"\"result\":null}") {
            let mut buffer = [0; 1024];
            let length = stream.read(&mut buffer).unwrap();
            assert_ne!(length, 0, "closed in mid-response");
            rest.extend_from_slice(&buffer[..length]);
        }
    }
    drop(server);
    assert_eq!(
        stream.read(&mut [0; 1]).unwrap_or(0),
        0,
        "the connection is closed"
    );
}

#[tokio::test]
async fn dropping_inside_a_runtime_does_not_panic() {
    let kv = Kv::start().await;
    kv.get("/keys").await.result();
    drop(kv);
}

#[tokio::test]
async fn servers_are_independent() {
    let (one, other) = (Kv::start().await, Kv::start().await);
    assert_ne!(one.server.token(), other.server.token());
    one.put("/values/key", "value").await.result();
    assert_eq!(other.get("/values/key").await.rejection(), (404, 10_009));
}

#[tokio::test]
async fn responses_have_unique_ray_ids() {
    let kv = Kv::start().await;
    let (one, other) = (kv.get("/keys").await, kv.get("/values/none").await);
    let rays = (
        one.header("cf-ray").unwrap(),
        other.header("cf-ray").unwrap(),
    );
    assert_ne!(rays.0, rays.1);
}

#[tokio::test]
async fn bodies_over_100_mb_are_rejected_without_closing_the_connection() {
    let kv = Kv::start().await;
    let response = kv.put("/bulk", vec![b' '; 100_000_001]).await;
    assert_eq!(response.rejection(), (413, 10_001));
    // A body of the maximum size is read, and it is not JSON.
    let response = kv.put("/bulk", vec![b'x'; 100_000_000]).await;
    assert_eq!(response.rejection(), (400, 10_001));
}

#[tokio::test]
async fn chunked_bodies_are_accepted() {
    let kv = Kv::start().await;
    let host = kv.server.base_url().split('/').nth(2).unwrap();
    let path = kv.url().split_once(host).unwrap().1.to_owned();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "PUT {path}/{}/values/key HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {}\r\n\
         connection: close\r\ntransfer-encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n",
        kv.namespace,
        kv.server.token()
    )
    .unwrap();
    stream.read_to_end(&mut Vec::new()).unwrap();
    assert_eq!(kv.get("/values/key").await.body, b"onetwo");
}

#[tokio::test]
async fn debug_output_contains_no_credentials() {
    let kv = Kv::start().await;
    let shown = format!("{:?}", kv.server);
    assert!(shown.contains(kv.server.base_url()), "{shown}");
    for secret in [
        kv.server.token(),
        kv.server.api_key(),
        kv.server.api_email(),
    ] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn parallel_clients_are_served() {
    let kv = std::sync::Arc::new(Kv::start().await);
    let tasks: Vec<_> = (0..50)
        .map(|number| {
            let kv = std::sync::Arc::clone(&kv);
            tokio::spawn(async move {
                let path = format!("/values/key{number}");
                kv.put(&path, number.to_string()).await.result();
                assert_eq!(kv.get(&path).await.body, number.to_string().into_bytes());
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(kv.names("").await.len(), 50);
    let last = send(kv.request("GET", "")).await;
    assert_eq!(last.status, 200);
}
