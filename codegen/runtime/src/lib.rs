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
mod cases;
mod client;
pub mod clock;
mod constructor;
mod content;
mod credential;
mod details;
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
pub mod looks;
mod merge;
mod nullable;
pub mod object;
mod operation;
mod outgoing;
pub mod pace;
mod page;
mod pages;
mod progress;
pub mod properties;
mod query;
mod random;
mod rate_limit;
mod refusal;
mod reply;
mod request;
mod response;
pub mod retry;
mod same;
mod security;
mod send;
mod source;
mod style;
mod trace;
pub mod union;
mod upload;
mod value;
pub mod words;

pub use answer::{Answer, Failure, FromHeader};
pub use api_error::{ApiError, Message, Source};
pub use binary::Binary;
pub use builder::ClientBuilder;
pub use bulk::Bulk;
pub use call::Call;
pub use cases::Case;
pub use client::Client;
#[allow(unused_imports)] // no API is without models, but the runtime alone is
pub(crate) use constructor::builder;
pub use credential::{Credential, Place, Secret};
pub use details::Details;
pub use download::Download;
pub use error::{Error, Result};
pub use items::Items;
pub use json::Json;
pub use limits::{each, max_bytes, max_items, max_length, maximum, min_items, minimum, segment};
pub use merge::Merge;
pub use nullable::Nullable;
#[allow(unused_imports)] // as above
pub(crate) use object::{object, property};
pub use operation::{Downloadable, Envelope, Media, Meta, Operation, Paged, Settings};
#[allow(unused_imports)] // as above
pub(crate) use operation::{decode, given, operations, setters, slot};
pub use page::{Page, PageInfo, Paging};
pub use progress::Progress;
pub use rate_limit::RateLimit;
pub use refusal::{Refusal, check};
pub use request::{Request, Slot};
pub use response::Response;
pub use security::Needs;
pub use style::Style;
#[allow(unused_imports, reason = "not every API has unions")]
pub(crate) use union::{one_of, one_text_of};
pub use upload::Upload;
pub use value::Value;
#[allow(unused_imports)] // as above
pub(crate) use words::words;
