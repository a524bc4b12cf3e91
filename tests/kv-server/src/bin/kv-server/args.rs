//! The command line.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::Parser;
use kv_server::{KvServer, KvServerBuilder, Namespace};

/// The account to use if the command line names none. Every other account is accepted, too.
const DEFAULT_ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";

/// A local server with the REST API of Workers KV.
///
/// Prints one line of JSON with `base_url`, `account_id` and `pid` when it is ready. Ends at SIGINT or SIGTERM, after the
/// requests that have started are complete.
#[derive(Parser)]
#[command(version)]
pub(crate) struct Args {
    /// Port to listen on; 0 selects a free port.
    #[arg(long, default_value_t = 8790)]
    port: u16,

    /// Address to listen on.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) host: IpAddr,

    /// API token to accept. Without it, every token is accepted, and every key with an e-mail address.
    #[arg(long)]
    token: Option<String>,

    /// Account to accept, as 32 hexadecimal digits. Can be repeated. Without it, every account is accepted.
    #[arg(long = "account", value_name = "ID")]
    accounts: Vec<String>,

    /// Namespace to create if it is missing. The id has 32 hexadecimal digits. Can be repeated.
    #[arg(long = "namespace", value_name = "ID=TITLE", value_parser = namespace)]
    namespaces: Vec<Namespace>,

    /// File that keeps the data. Without it, the data is lost when the server ends.
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
}

impl Args {
    pub(crate) fn builder(self) -> KvServerBuilder {
        let builder = KvServer::builder()
            .host(self.host)
            .port(self.port)
            .record_requests(false);
        let builder = match self.token {
            Some(token) => builder.token(token),
            None => builder.any_credentials(),
        };
        let builder = match self.store {
            Some(file) => builder.store(file),
            None => builder,
        };
        let builder = if self.accounts.is_empty() {
            builder.default_account(DEFAULT_ACCOUNT)
        } else {
            { self.accounts.into_iter() }.fold(builder, KvServerBuilder::account)
        };
        { self.namespaces.into_iter() }.fold(builder, KvServerBuilder::namespace)
    }

    /// True if other machines can connect and no token is needed.
    pub(crate) fn is_open(&self) -> bool {
        !self.host.is_loopback() && self.token.is_none()
    }
}

fn namespace(text: &str) -> Result<Namespace, String> {
    let (id, title) = text.split_once('=').unwrap_or((text, text));
    let is_id = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_id || title.is_empty() {
        return Err("expected 32 hexadecimal digits, `=` and a title".to_owned());
    }
    Ok(Namespace::new(title).id(id.to_ascii_lowercase()))
}
