//! Code that depends on the platform: HTTP client, clock, random numbers and blocking operations.

#[cfg(not(all(feature = "part-wasm", target_arch = "wasm32")))]
mod native;
#[cfg(not(all(feature = "part-wasm", target_arch = "wasm32")))]
pub(crate) use native::*;
#[cfg(all(feature = "part-wasm", target_arch = "wasm32"))]
mod wasm;
#[cfg(all(feature = "part-wasm", target_arch = "wasm32"))]
pub(crate) use wasm::*;
