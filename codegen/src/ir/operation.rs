//! Operations: what they take, send and receive.

use serde_json::Value;

use super::{ArgumentCase, Check, ModelId, Type};

/// One operation of the API.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Type in the group's module, as in `List`.
    pub name: String,
    /// What it does.
    pub docs: String,
    /// Whether the document says so.
    pub deprecated: bool,
    /// As in `GET`.
    pub http_method: String,
    /// Path template, as in `/users/{id}`.
    pub path: String,
    /// Everything it takes. Required ones come first: path order, then query and header, then body.
    pub arguments: Vec<Argument>,
    /// What is sent.
    pub body: Body,
    /// What is received.
    pub success: Success,
    /// Whether what is received may be taken as it comes: content as it is, or events beside a result.
    pub streamed: bool,
    /// The media types to ask for, where there is a choice.
    pub accept: Option<String>,
    /// What is received with a failure.
    pub error_responses: Vec<ErrorResponse>,
    /// Headers that come with a success, without names where nothing gives them by name.
    pub headers: Vec<Header>,
    /// Where it is sent, if not where the others are.
    pub base_url: Option<String>,
    /// Which of [`Api::needs`](super::Api::needs) it takes.
    pub security: usize,
    /// Whether a POST or PATCH may be sent twice.
    pub idempotent: bool,
    /// Error codes that, with status 404, mean that the very thing asked for is not there.
    pub not_found_codes: Vec<i64>,
    /// Bytes that a body may have at most.
    pub max_body: Option<u64>,
    /// Bytes that an answer may have at most, when it is received whole, where it is not what is usual.
    pub max_response: Option<u64>,
    /// How its list is split over several requests, if it may be.
    pub bulk: Option<Bulk>,
}

/// How the list of an operation is split over several requests.
#[derive(Clone, Debug)]
pub struct Bulk {
    /// Rust name of the required argument that is the list: it stands in a body of JSON.
    pub argument: String,
    /// How many items one request takes; at least one.
    pub max_items: u64,
    /// The property on the wire that names an item; none where an item is its own name.
    pub key: Option<String>,
    /// Rust name of the field of the result that lists the keys to send again; the result is then a struct.
    pub failed_keys: Option<String>,
}

/// Something an operation takes.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // facts that have nothing to do with each other
pub struct Argument {
    /// Rust name: the field of the operation, its positional argument or its setter.
    pub name: String,
    /// Name on the wire.
    pub wire_name: String,
    /// Where it is sent.
    pub location: ParamLocation,
    /// How a list or an object is written there.
    pub style: Style,
    /// Whether signs that have a meaning in URLs stay as they are.
    pub allow_reserved: bool,
    /// The media type of a part of a form, where it is not the one that suits its type.
    pub media_type: Option<String>,
    /// What it means.
    pub docs: String,
    /// Its type; for an optional one the type of the value when there is one.
    pub ty: Type,
    /// Positional if so, else a setter.
    pub required: bool,
    /// Whether a body that need not be sent is not sent without it.
    pub required_if_body: bool,
    /// Whether the document says so.
    pub deprecated: bool,
    /// What is refused before sending.
    pub checks: Vec<Check>,
    /// A value from the document, as JSON.
    pub example: Option<Value>,
}

/// Where an argument is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParamLocation {
    /// One percent-encoded segment of the path.
    Path,
    /// The query string.
    Query,
    /// A request header.
    Header,
    /// A cookie.
    Cookie,
    /// The whole body.
    Body,
    /// A property of a JSON object.
    Property,
    /// A part of a form.
    Part,
}

/// How a list or an object is written where only text can stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// As is usual in the place.
    #[default]
    Usual,
    /// All in one, this in between.
    Joined(&'static str),
    /// All in one, commas in between, properties as `name=value`.
    Pairs,
    /// As `.a,b`, or exploded.
    Label {
        /// Whether it is exploded.
        explode: bool,
    },
    /// As `;name=a,b`, or exploded.
    Matrix {
        /// Whether it is exploded.
        explode: bool,
    },
    /// As `name[property]=value`.
    Deep,
    /// As JSON.
    Json,
}

/// What an operation sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    None,
    /// The argument at [`ParamLocation::Body`], as JSON of this media type; or an object of those at [`ParamLocation::Property`], if any
    /// is given.
    Json(String),
    /// The argument at [`ParamLocation::Body`], a list, written to JSON of this media type item by item.
    Items(String),
    /// The arguments at [`ParamLocation::Property`], as one JSON object of this media type, also without any.
    Object(String),
    /// The argument at [`ParamLocation::Body`], as it is, with this media type.
    Raw(String),
    /// The argument at [`ParamLocation::Body`] as it is, with the media type `raw`, as long as no argument at
    /// [`ParamLocation::Part`] is given; else `multipart/form-data` of all of them. Without `raw` always the latter. Nothing where
    /// none is given.
    Form {
        /// Media type of the plain form.
        raw: Option<String>,
        /// The media type of all parts together, where it is not `multipart/form-data`.
        media_type: Option<String>,
    },
    /// The arguments at [`ParamLocation::Part`], or the properties of the one at [`ParamLocation::Body`], as
    /// `application/x-www-form-urlencoded`. Nothing where none is given.
    UrlEncoded,
}

/// A type of failure.
#[derive(Clone, Debug)]
pub struct ErrorResponse {
    /// What is received.
    pub ty: Type,
    /// With which statuses, as in `404`, `4XX` and `default`.
    pub statuses: Vec<String>,
}

/// What an operation receives when it went well.
#[derive(Clone, Debug)]
pub enum Success {
    /// Nothing of interest.
    Nothing,
    /// JSON, inside the envelope if the API has one.
    Json {
        /// Type of the result.
        ty: Type,
        /// Whether the envelope is around it.
        enveloped: bool,
        /// What a `null` or absent result means.
        null: NullResult,
    },
    /// A page of a list, inside the envelope.
    Page {
        /// Type of an item.
        item: Type,
        /// How to get the next one.
        by: Paging,
    },
    /// Which case of a union is received is decided by an argument of the call.
    ByArgument {
        /// The union's type.
        model: ModelId,
        /// Rust name of the optional boolean argument that decides.
        argument: String,
        /// Variant and type when it is false or not given.
        no: ArgumentCase,
        /// Variant and type when it is true.
        yes: ArgumentCase,
        /// The one property around each case.
        property: Option<String>,
        /// Whether the envelope is around it.
        enveloped: bool,
    },
    /// Text.
    Text,
    /// One of several things, told apart by status and media type.
    Variants {
        /// The type of their outcomes, or an `Option` where one of two is nothing.
        output: Type,
        /// What may come.
        cases: Vec<ResponseCase>,
    },
    /// Bytes.
    Binary {
        /// The type that also carries headers, else plain `Binary`.
        model: Option<ModelId>,
    },
}

/// One of the answers that tell of success.
#[derive(Clone, Debug)]
pub struct ResponseCase {
    /// As in `200`, `2XX` and `default`.
    pub status: String,
    /// Without parameters; empty where nothing comes.
    pub media_type: String,
    /// The outcome that it is; none where the result is an `Option`.
    pub variant: Option<String>,
    /// What it holds.
    pub content: Content,
}

/// What an answer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing of interest.
    Nothing,
    /// JSON.
    Json(Type),
    /// Text.
    Text,
    /// Bytes.
    Binary,
}

impl Content {
    /// The type of what is read.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) => Some(ty),
            _ => None,
        }
    }

    /// As [`ty`](Self::ty).
    pub fn ty_mut(&mut self) -> Option<&mut Type> {
        match self {
            Self::Json(ty) => Some(ty),
            _ => None,
        }
    }
}

/// What a `null` or absent result in an envelope means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NullResult {
    /// An answer that does not fit.
    Error,
    /// The type's default: no field is required.
    Default,
    /// A struct made from arguments of the call: field and argument, by Rust names.
    Arguments(Vec<(String, String)>),
}

/// How the next page of a list is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paging {
    /// By the argument (Rust name) that takes the cursor of the page before.
    Cursor(String),
    /// By the argument (Rust name) that takes the page's number, from 1.
    Number(String),
}

/// A response header with a type.
#[derive(Clone, Debug)]
pub struct Header {
    /// Rust name of the accessor, empty where there is none.
    pub name: String,
    /// Name on the wire.
    pub wire_name: String,
    /// What it means.
    pub docs: String,
    /// `String`, `Int`, `UInt`, `Float` or `Bool`.
    pub ty: Type,
}

impl Operation {
    /// Calls `visit` for the id of each model that the operation refers to.
    pub(crate) fn visit_models(&mut self, visit: &mut dyn FnMut(&mut ModelId)) {
        for argument in &mut self.arguments {
            argument.ty.visit_models(visit);
        }
        self.success.visit_models(visit);
        for error in &mut self.error_responses {
            error.ty.visit_models(visit);
        }
    }
}

impl Success {
    fn visit_models(&mut self, visit: &mut dyn FnMut(&mut ModelId)) {
        match self {
            Self::Json { ty, .. } | Self::Page { item: ty, .. } => ty.visit_models(visit),
            Self::ByArgument { model, no, yes, .. } => {
                visit(model);
                no.ty.visit_models(visit);
                yes.ty.visit_models(visit);
            }
            Self::Variants { output, cases } => {
                output.visit_models(visit);
                for ty in cases.iter_mut().filter_map(|case| case.content.ty_mut()) {
                    ty.visit_models(visit);
                }
            }
            Self::Binary { model: Some(model) } => visit(model),
            Self::Binary { model: None } | Self::Nothing | Self::Text => {}
        }
    }
}
