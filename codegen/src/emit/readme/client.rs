//! Writes the section about the client and its builder.

use crate::emit::client::flow_method;
use crate::emit::index::Index;
use crate::ir::Api;

const BUILDER: &str = "\
## The client

`Client::builder()` sets credentials, timeouts, retries, headers and the HTTP client:

- `http_client_builder` takes a `reqwest::ClientBuilder` with proxies or certificates. The variables `HTTPS_PROXY`,
  `NO_PROXY` and, on Linux, `SSL_CERT_FILE` apply as well.
- `retry_policy` decides which failed attempts are repeated, and when.
- `hook` adds code that runs before and after each attempt. It can change the headers of the request.";

const CREDENTIALS: &str = "\
Credentials are sent only to the server of the base URL: the client follows no redirects. A base URL with `http` must be a
loopback address or the API's own server, unless the builder has `allow_insecure_http(true)`.";

const HOOK: &str = "\
```rust,no_run
use LIBRARY::{AttemptOutcome, Client, Hook};

struct Log;

impl Hook for Log {
    fn after_attempt(&self, outcome: &AttemptOutcome<'_>) {
        println!(\"{} {:?} {:?}\", outcome.operation, outcome.status, outcome.duration);
    }
}

fn client() -> LIBRARY::Result<Client> {
    Client::builder().env().hook(Log).build()
}
```";

/// Returns the section.
pub(super) fn section(index: &Index) -> String {
    let api = index.api;
    let library = api.package.name.replace('-', "_");
    let mut parts = vec![BUILDER.to_owned(), HOOK.replace("LIBRARY", &library)];
    if !api.credentials.is_empty() {
        parts.push(CREDENTIALS.to_owned());
    }
    parts.extend(flows(api));
    parts.join("\n\n")
}

/// Describes the methods for OAuth 2 client credentials.
fn flows(api: &Api) -> impl Iterator<Item = String> {
    api.credentials.iter().filter_map(|credential| {
        let url = &credential.client_credentials.as_ref()?.token_url;
        let method = flow_method(api, credential);
        Some(format!(
            "`{method}(id, secret)` of the builder authenticates with OAuth 2. The client requests access tokens from\n\
             `{url}`, and keeps a token until it expires or the server rejects it."
        ))
    })
}
