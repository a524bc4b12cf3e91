//! Code of the caller that takes part in each call.

use std::sync::Arc;

use crate::runtime::client::hook::Hook;
use crate::runtime::client::retry_policy::RetryPolicy;
#[cfg(feature = "part-tokens")]
use crate::runtime::client::token_provider::DynTokenProvider;

/// Code of the caller that takes part in each call.
#[derive(Clone, Default)]
pub(crate) struct Extensions {
    pub(crate) hooks: Vec<Arc<dyn Hook>>,
    pub(crate) retry_policy: Option<Arc<dyn RetryPolicy>>,
    #[cfg(feature = "part-tokens")]
    pub(crate) token_provider: Option<Arc<dyn DynTokenProvider>>,
}
