//! Builds blocking clients.

use std::sync::Arc;

use crate::runtime::blocking::Client;
use crate::runtime::builder::ClientBuilder;
use crate::runtime::client::Client as AsyncClient;
use crate::runtime::error::Result;

impl ClientBuilder<Client> {
    /// Builds the client. Returns `Error::Config` if the configuration is invalid or incomplete.
    pub fn build(self) -> Result<Client> {
        let core = Arc::new(self.core()?);
        Client::new(AsyncClient { core })
    }
}
