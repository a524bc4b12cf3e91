//! Shares one client between the handlers of a web server: `cargo run --example axum_handler --features axum`.
//!
//! `PUT /notes/NAME` stores a note, `GET /notes/NAME` returns it.

use std::error::Error;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use workers_kv::handles::NamespaceHandle;
use workers_kv::{Client, reqwest};
use workers_kv_examples::connect;

/// The state of the server. Its clones use the connections of one client.
type Kv = NamespaceHandle<Client>;

/// An error of Workers KV as a response. The details are for the log, not for the visitor.
struct Failure(workers_kv::Error);

impl From<workers_kv::Error> for Failure {
    fn from(error: workers_kv::Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        eprintln!("{}", self.0);
        let status = match &self.0 {
            workers_kv::Error::InvalidRequest(_) => StatusCode::BAD_REQUEST,
            _ => StatusCode::BAD_GATEWAY,
        };
        status.into_response()
    }
}

async fn read(State(kv): State<Kv>, Path(name): Path<String>) -> Result<Response, Failure> {
    let note = kv.values().get(name).send_optional().await?;
    Ok(match note {
        Some(note) => note.into_bytes().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    })
}

async fn write(
    State(kv): State<Kv>,
    Path(name): Path<String>,
    note: Bytes,
) -> Result<StatusCode, Failure> {
    kv.values().update(name, note).send().await?;
    Ok(StatusCode::NO_CONTENT)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let connection = connect().await?;
    let app = Router::new()
        .route("/notes/{name}", get(read).put(write))
        .with_state(connection.namespace());
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/notes", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, app).await });

    // A visitor writes a note and reads two.
    let visitor = reqwest::Client::new();
    let written = visitor
        .put(format!("{url}/today"))
        .body("Water the plants.")
        .send()
        .await?;
    println!("PUT /notes/today: {}", written.status());
    for name in ["today", "tomorrow"] {
        let response = visitor.get(format!("{url}/{name}")).send().await?;
        println!(
            "GET /notes/{name}: {} {:?}",
            response.status(),
            response.text().await?
        );
    }
    connection.close().await?;
    Ok(())
}
