//! What an API is, as data, and what each of its operations can do.

use super::answer::{Answer, Failure};
use super::credential::Credential;
use super::page::Page;
use super::refusal::Refusal;
use super::request::Request;

/// One operation of the API with its arguments: pure, so that every client can run it.
pub trait Operation: Send + Sync + 'static {
    /// What it gives.
    type Output: Send + 'static;
    /// What is known of it before it is called.
    const META: &'static Meta;

    /// Builds what is to be sent, or says why it would be wrong to send it.
    fn request(&self) -> Result<Request, Refusal>;

    /// Reads what came back with a status of success.
    fn decode(&self, answer: &Answer) -> Result<Self::Output, Failure>;
}

/// An operation that gives a list page by page.
pub trait Paged: Operation<Output = Page<Self::Item>> + Sized {
    /// What the list holds.
    type Item: Send + 'static;

    /// The operation that gives the page after this one.
    fn next(&self, page: &Page<Self::Item>) -> Option<Self>;
}

/// An operation that gives content as it is, which can also be received as it comes.
pub trait Downloadable: Operation {}

/// What is known of an operation before it is called.
#[derive(Clone, Copy, Debug)]
pub struct Meta {
    /// The group and the method of it, as in `users.get`.
    pub operation: &'static str,
    /// HTTP method.
    pub method: &'static str,
    /// Path template, as in `/users/{id}`.
    pub path: &'static str,
    /// Where it is sent when the caller names no place at all, if that is not where the others are.
    pub base_url: Option<&'static str>,
    /// The media types that are asked for, where there is a choice.
    pub accept: Option<&'static str>,
    /// Whether a POST or PATCH may be sent twice; the other methods always may.
    pub idempotent: bool,
    /// Error codes that, with status 404, mean that the very thing asked for is not there.
    pub absent: &'static [i64],
    /// Bytes that a body may have at most.
    pub max_body: Option<u64>,
    /// Bytes that an answer may have at most, when it is received whole.
    pub max_answer: u64,
}

impl Meta {
    /// What most operations have in common.
    pub const DEFAULT: Self = Self {
        operation: "",
        method: "GET",
        path: "/",
        base_url: None,
        accept: None,
        idempotent: false,
        absent: &[],
        max_body: None,
        max_answer: 32 * 1024 * 1024,
    };

    /// Whether sending it twice does what sending it once does.
    pub(super) fn is_repeatable(&self) -> bool {
        self.idempotent || !matches!(self.method, "POST" | "PATCH")
    }
}

/// What an API's clients start from.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Where requests go when the caller names no other place.
    pub base_url: Option<&'static str>,
    /// The environment variable that may name another place.
    pub base_url_variable: Option<&'static str>,
    /// What the client calls itself.
    pub user_agent: &'static str,
    /// The ways to authenticate, of which a client takes one; the environment is searched in this order.
    pub credentials: &'static [&'static Credential],
    /// Whether a client may do without: there are operations that need none.
    pub anonymous: bool,
    /// The object around every result.
    pub envelope: Option<&'static Envelope>,
    /// The response header that holds the id under which the server knows a request.
    pub request_id_header: Option<&'static str>,
}

/// The names of the properties that every JSON answer has.
#[derive(Clone, Copy, Debug)]
pub struct Envelope {
    /// Boolean: whether the call did what it should.
    pub success: &'static str,
    /// The result proper.
    pub result: &'static str,
    /// What went wrong.
    pub errors: &'static str,
    /// What else there is to say.
    pub messages: &'static str,
    /// Where the result stands in a paged list.
    pub info: &'static str,
}
