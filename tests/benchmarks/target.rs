//! The target of calls.

use std::fmt;

use workers_kv::ClientBuilder;

/// A namespace on a server, and its credentials. The text form is one line, which is passed to other processes.
pub(crate) struct Target {
    pub(crate) url: String,
    pub(crate) token: String,
    pub(crate) account: String,
    pub(crate) namespace: String,
}

impl Target {
    pub(crate) fn read(line: &str) -> Self {
        let mut words = line.split_whitespace().map(str::to_owned);
        let mut word = || words.next().expect("four words");
        Self {
            url: word(),
            token: word(),
            account: word(),
            namespace: word(),
        }
    }

    pub(crate) fn configure<C>(&self, builder: ClientBuilder<C>) -> ClientBuilder<C> {
        builder
            .api_token(self.token.as_str())
            .base_url(self.url.as_str())
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            url,
            token,
            account,
            namespace,
        } = self;
        write!(f, "{url} {token} {account} {namespace}")
    }
}
