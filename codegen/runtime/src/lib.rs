//! What every call goes through, whichever API it is for.
//!
//! In: operations, each of which builds a [`Request`] and decodes an [`Answer`], and the API's [`Settings`].
//! Out: clients, calls that can be sent, streamed or iterated, and errors.

mod answer;
mod api_error;
mod arrival;
mod binary;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
mod builder;
mod bulk;
mod call;
mod client;
pub mod clock;
mod credential;
mod download;
mod envelope;
mod error;
mod form;
pub mod integer;
mod items;
pub mod json;
mod limits;
mod locate;
mod lock;
mod merge;
pub mod object;
mod operation;
pub mod pace;
mod page;
mod pages;
mod progress;
mod random;
mod rate_limit;
mod refusal;
mod reply;
mod request;
mod response;
pub mod retry;
mod same;
mod send;
mod source;
mod trace;
mod upload;
pub mod words;

pub use answer::{Answer, Failure};
pub use api_error::{ApiError, Message, Source};
pub use binary::Binary;
pub use builder::ClientBuilder;
pub use bulk::Bulk;
pub use call::Call;
pub use client::Client;
pub use credential::{Credential, Place, Secret};
pub use download::Download;
pub use error::{Details, Error, Result};
pub use form::Form;
pub use items::Items;
pub use json::Json;
pub use limits::{each, max_bytes, max_items, max_length, maximum, min_items, minimum, segment};
pub use merge::Merge;
#[allow(unused_imports)] // no API is without models, but the runtime alone is
pub(crate) use object::{builder, object, property};
pub use operation::{Downloadable, Envelope, Meta, Operation, Paged, Settings};
pub use page::{Page, PageInfo, Paging};
pub use progress::Progress;
pub use rate_limit::RateLimit;
pub use refusal::{Refusal, check};
pub use request::Request;
pub use response::Response;
pub use upload::Upload;
#[allow(unused_imports)] // as above
pub(crate) use words::words;
