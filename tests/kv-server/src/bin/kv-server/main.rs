//! The command `kv-server`: a local server with the REST API of Workers KV.

mod args;
mod signals;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser as _;
use kv_server::KvServer;

use args::Args;

fn main() -> ExitCode {
    // A wrong command line ends the process with status 2.
    match run(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kv-server: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args) -> Result<(), Box<dyn Error>> {
    let signals = signals::Signals::listen()?;
    if args.is_open() {
        eprintln!(
            "kv-server: warning: everyone who can reach {} can read and write all data; set --token",
            args.host
        );
    }
    let server = args.builder().start()?;
    announce(&server)?;
    signals.wait();
    server.shutdown();
    Ok(())
}

/// Prints one line of JSON, so that a program knows when the server is ready and where it is.
fn announce(server: &KvServer) -> std::io::Result<()> {
    let line = serde_json::json!({
        "base_url": server.base_url(),
        "account_id": server.account_id(),
        "pid": std::process::id(),
    });
    let mut stdout = std::io::stdout();
    writeln!(stdout, "{line}")?;
    stdout.flush()
}
