//! Builds the HTTP client of a platform.

#[cfg(not(all(feature = "part-wasm", target_arch = "wasm32")))]
mod native;
#[cfg(not(all(feature = "part-wasm", target_arch = "wasm32")))]
pub(crate) use native::HttpClientSource;
#[cfg(all(feature = "part-wasm", target_arch = "wasm32"))]
mod wasm;
#[cfg(all(feature = "part-wasm", target_arch = "wasm32"))]
pub(crate) use wasm::HttpClientSource;
