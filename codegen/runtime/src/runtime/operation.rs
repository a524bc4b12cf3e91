//! What an API is, as data, and what each of its operations can do.

use crate::runtime::auth::store::Needs;
use crate::runtime::paging::page::Page;
use crate::runtime::request::{Request, Slot};
use crate::runtime::response::decode::{Answer, Failure};

/// One operation of the API: what it is called with is a [`Request`], so every client can run it.
pub trait Operation: Sized + 'static {
    /// What it gives.
    type Output: Send + 'static;
    /// What is known of it before it is called.
    const META: &'static Meta;

    /// Reads what came back with a status of success.
    fn decode(request: &Request, answer: &Answer) -> Result<Self::Output, Failure>;
}

/// An operation that gives a list page by page.
pub trait Paged: Operation<Output = Page<Self::Item>> {
    /// What the list holds.
    type Item: Send + 'static;
    /// The argument that asks for a page, by its cursor or its number.
    const BY: Slot;
}

/// An operation that gives content as it is, which can also be received as it comes.
pub trait Downloadable: Operation {}

/// Defines the operations of a group, and what can be set on a call of each:
///
/// ```text
/// operations! {
///     pets Pets;
///     list: List => Vec<Pet> {
///         GET "/pets/{id}", absent: &[404] => |_, answer| answer.result();
///         /// What the setter means.
///         limit: i64 => query json;
///     }
/// }
/// ```
///
/// Where nothing is said of it, an answer is JSON. A setter says where its argument goes, under its own name or the one in
/// parentheses, and by which method of [`Request`]; more of these may follow.
#[allow(unused_macros)] // here and below: no API is without operations, but the runtime alone is
macro_rules! operations {
    ($called:ident $group:ident; $(
        $method:ident: $name:ident => $output:ty {
            $verb:ident $path:literal $(, $key:ident: $value:expr)*
                $(=> |$request:pat_param, $answer:pat_param| $decode:expr)?;
            $($setters:tt)*
        }
    )*) => {$(
        #[doc = concat!("The operation behind [`", stringify!($group), "::", stringify!($method), "`].")]
        pub enum $name {}

        impl $crate::runtime::Operation for $name {
            type Output = $output;
            const META: &'static $crate::runtime::Meta = &$crate::runtime::Meta {
                operation: concat!(stringify!($called), ".", stringify!($method)),
                method: stringify!($verb),
                path: $path,
                $($key: $value,)*
                ..$crate::runtime::Meta::DEFAULT
            };

            $crate::runtime::decode! { $output; $(|$request, $answer| $decode)? }
        }

        $crate::runtime::setters! { $name; $($setters)* }
    )*};
}

/// How an answer is read.
#[allow(unused_macros)]
macro_rules! decode {
    ($output:ty;) => {
        $crate::runtime::decode! { $output; |_, answer| answer.json() }
    };
    ($output:ty; |$request:pat_param, $answer:pat_param| $decode:expr) => {
        fn decode(
            $request: &$crate::runtime::Request,
            $answer: &$crate::runtime::Answer,
        ) -> Result<$output, $crate::runtime::Failure> {
            $decode
        }
    };
}

/// The part of [`operations!`] that an operation without setters does not need.
#[allow(unused_macros)]
macro_rules! setters {
    ($name:ident;) => {};
    ($name:ident; $(
        $(#[$meta:meta])*
        $setter:ident: $type:ty => $slot:ident $(($($wire:literal),+))? $set:ident $(($given:expr))?
            $(.$more:ident $arguments:tt)*;
    )+) => {
        impl<C> $crate::runtime::Call<C, $name> {$(
            $(#[$meta])*
            pub fn $setter(mut self, $setter: $type) -> Self {
                let slot = $crate::runtime::slot!($slot $setter $(, $($wire),+)?);
                let value = $crate::runtime::given!($setter $(, $given)?);
                self.request = self.request.$set(slot, value)$(.$more $arguments)*;
                self
            }
        )+}
    };
}

/// A place by its word, under the name of a setter or one of its own.
#[allow(unused_macros)]
macro_rules! slot {
    ($slot:ident $setter:ident) => { $crate::runtime::slot!($slot $setter, stringify!($setter)) };
    (query $setter:ident, $name:expr) => { $crate::runtime::Slot::Query($name) };
    (header $setter:ident, $name:expr) => { $crate::runtime::Slot::Header($name) };
    (cookie $setter:ident, $name:expr) => { $crate::runtime::Slot::Cookie($name) };
    (property $setter:ident, $name:expr) => { $crate::runtime::Slot::Property($name) };
    (field $setter:ident, $name:expr) => { $crate::runtime::Slot::Field($name) };
    (body $setter:ident, $name:expr) => { $crate::runtime::Slot::Body($name) };
    (part $setter:ident, $name:expr, $kind:expr) => { $crate::runtime::Slot::Part($name, $kind) };
}

/// What is given for an argument: itself, or what is made of it.
#[allow(unused_macros)]
macro_rules! given {
    ($setter:ident) => {
        $setter
    };
    ($setter:ident, $given:expr) => {
        $given
    };
}

#[allow(unused_imports)]
pub(crate) use {decode, given, operations, setters, slot};

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
    /// Which of the API's [`Settings::security`] it takes.
    pub security: usize,
    /// Whether a POST or PATCH may be sent twice; the other methods always may.
    pub idempotent: bool,
    /// Error codes that, with status 404, mean that the very thing asked for is not there.
    pub absent: &'static [i64],
    /// What the body is made of.
    pub media: Media,
    /// The names without which no part of the body is sent, where it need not be sent at all.
    pub body_needs: &'static [&'static str],
    /// Bytes that a body may have at most.
    pub max_body: Option<u64>,
    /// Bytes that an answer may have at most, when it is received whole.
    pub max_answer: u64,
}

/// What a body is made of, and its media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// JSON: the argument that is the whole body, else an object of those that are properties, if any is given.
    Json(&'static str),
    /// An object of JSON, also without any property.
    Object(&'static str),
    /// The argument that is the whole body, as it is.
    Raw(&'static str),
    /// `multipart/form-data`, if there is any part. Content that stands alone goes out as it is, if there is a media type
    /// for it.
    Form(Option<&'static str>),
    /// The same parts as `multipart/mixed`, `multipart/related` or the like, if there is any.
    Multipart(&'static str),
    /// `application/x-www-form-urlencoded`, if any of it is given.
    UrlEncoded,
}

impl Meta {
    /// What most operations have in common.
    pub const DEFAULT: Self = Self {
        operation: "",
        method: "GET",
        path: "/",
        base_url: None,
        accept: None,
        security: 0,
        idempotent: false,
        absent: &[],
        media: Media::Json("application/json"),
        body_needs: &[],
        max_body: None,
        max_answer: 32 * 1024 * 1024,
    };

    /// Whether sending it twice does what sending it once does.
    pub(crate) fn is_repeatable(&self) -> bool {
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
    /// The credentials that operations take: most of them the first of these, the others say which.
    pub security: &'static [Needs],
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
