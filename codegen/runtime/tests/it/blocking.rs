//! The blocking client.

use std::thread;
use std::time::Duration;

use crate::runtime::blocking::Client;
use crate::support::configured;
use crate::support::server::{Server, Step, page, response, result};

fn client(steps: impl IntoIterator<Item = Step>) -> (Server, Client) {
    let server = Server::start(steps);
    let client = configured(Client::builder(), &server.url)
        .max_retries(0)
        .build()
        .unwrap();
    (server, client)
}

#[test]
fn calls_work_inside_an_async_runtime() {
    for runtime in [
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap(),
        tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .unwrap(),
    ] {
        let (server, client) = client([
            response("200 OK", &[], "a"),
            response("200 OK", &[], "b"),
            result("[]"),
        ]);
        runtime.block_on(async move {
            let value = client.shelf("s").value("k").send().unwrap();
            assert_eq!(value.text().unwrap(), "a");
            let inner = client.clone();
            let value = tokio::spawn(async move { inner.shelf("s").value("k").send() }).await;
            assert_eq!(value.unwrap().unwrap().text().unwrap(), "b");
            assert_eq!(client.shelf("s").list().iter().count(), 0);
            // The last clone is dropped inside the runtime. It must not panic.
            drop(client);
        });
        let connections: Vec<_> = server
            .received()
            .iter()
            .map(|request| request.connection)
            .collect();
        assert_eq!(connections, [0, 0, 0]);
    }
}

#[test]
fn pages_are_requested_on_demand() {
    let (server, client) = client([
        page(r#"[{"name":"a"}]"#, r#"{"cursor":"x"}"#),
        page(r#"[{"name":"b"}]"#, "{}"),
    ]);
    let mut things = client.shelf("s").list().iter();
    assert!(server.received().is_empty());
    assert_eq!(things.next().unwrap().unwrap().name, "a");
    assert_eq!(server.received().len(), 1);
    assert_eq!(things.next().unwrap().unwrap().name, "b");
    assert!(things.next().is_none() && things.next().is_none());
    assert_eq!(server.received().len(), 2);
}

#[test]
fn threads_make_calls_concurrently() {
    let steps = (0..400).map(|_| response("200 OK", &[], "v").after(Duration::from_millis(1)));
    let (server, client) = client(steps);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..50 {
                    let value = client.shelf("s").value("k").send().unwrap();
                    assert_eq!(value.text().unwrap(), "v");
                }
            });
        }
    });
    let requests = server.received();
    assert_eq!(requests.len(), 400);
    assert!(
        requests.iter().all(|request| request.connection < 32),
        "connections are used again"
    );
}

#[test]
fn slow_calls_do_not_block_other_calls() {
    let slow = response("200 OK", &[], "slow").after(Duration::from_millis(1_500));
    let (_server, client) = client([slow, response("200 OK", &[], "fast")]);
    thread::scope(|scope| {
        let slow = scope.spawn(|| client.shelf("s").value("k").send().unwrap());
        thread::sleep(Duration::from_millis(100));
        let start = std::time::Instant::now();
        assert_eq!(
            client.shelf("s").value("k").send().unwrap().text().unwrap(),
            "fast"
        );
        assert!(start.elapsed() < Duration::from_secs(1));
        assert_eq!(slow.join().unwrap().text().unwrap(), "slow");
    });
}

#[test]
fn closed_idle_connections_are_not_used() {
    for _ in 0..8 {
        let thing = || result(r#"{"name":"n"}"#);
        let idle = || thing().closing_after(Duration::from_millis(20));
        let (server, client) = client([idle(), idle(), thing()]);
        for connection in 0..3 {
            // `create` is not retried.
            client.shelf("s").create("n").send().unwrap();
            assert_eq!(server.received().last().unwrap().connection, connection);
            thread::sleep(Duration::from_millis(50));
        }
    }
}
