//! Starts the server of the tests and runs a command. The command finds the server in `WORKERS_KV_TEST_SERVER`.

use std::env;
use std::io;
use std::process::{Command, ExitCode};
use std::time::Duration;

use kv_server::{Fault, KvServer};

/// Target of a redirect.
const REDIRECTED: &str = "/redirected";

fn main() -> io::Result<ExitCode> {
    let server = KvServer::start()?;
    for fault in faults(&server) {
        server.fail_next(fault);
    }
    let address = [server.base_url(), server.token(), server.account_id()].join(" ");
    let mut words = env::args_os().skip(1);
    let command = words.next().ok_or_else(|| io::Error::other("no command"))?;
    let mut command = Command::new(command);
    let status = command
        .args(words)
        .env("WORKERS_KV_TEST_SERVER", address)
        .status()?;
    let mut requests = server.requests().into_iter();
    if requests.any(|request| request.path().ends_with(REDIRECTED)) {
        return Err(io::Error::other("the client followed a redirect"));
    }
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// `Hello!`, 200 times, compressed with gzip.
const COMPRESSED: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 243, 72, 205, 201, 201, 87, 244, 24, 37, 71, 201, 81, 114,
    148, 28, 244, 36, 0, 69, 134, 224, 64, 176, 4, 0, 0,
];

/// Returns the failures of some keys.
fn faults(server: &KvServer) -> [Fault; 6] {
    // Another host for the client: the name instead of the address.
    let other = server.base_url().replace("127.0.0.1", "localhost");
    [
        Fault::status(503).path_ends_with("/values/busy"),
        Fault::slow(Duration::from_secs(30))
            .path_ends_with("/values/slow")
            .always(),
        Fault::truncated()
            .method("GET")
            .path_ends_with("/values/truncated")
            .always(),
        Fault::reset().path_ends_with("/values/reset").always(),
        Fault::status(302)
            .header("location", &format!("{other}{REDIRECTED}"))
            .path_ends_with("/values/moved"),
        Fault::body(200, "application/octet-stream", COMPRESSED)
            .header("content-encoding", "gzip")
            .path_ends_with("/values/compressed")
            .always(),
    ]
}
