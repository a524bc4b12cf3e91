//! How blocking clients are made.

use std::sync::Arc;

use crate::runtime::blocking::Client;
use crate::runtime::builder::ClientBuilder;
use crate::runtime::client::Client as AsyncClient;
use crate::runtime::error::Result;

impl ClientBuilder<Client> {
    /// The client, or [`Error::Config`] when something is wrong or missing.
    pub fn build(self) -> Result<Client> {
        let core = Arc::new(self.core()?);
        Client::new(AsyncClient { core })
    }
}
