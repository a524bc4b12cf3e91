//! Operations: arguments, request bodies and results.

use serde_json::Value;

use super::{ArgumentCase, Bulk, Check, Content, Header, ModelId, TimeUnit, Type};

/// One operation of the API.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "independent properties")]
pub struct Operation {
    /// Type name in the module of the group, as in `List`.
    pub name: String,
    /// Description.
    pub docs: String,
    /// True if the operation is deprecated.
    pub deprecated: bool,
    /// As in `GET`.
    pub http_method: String,
    /// Path template, as in `/users/{id}`.
    pub path: String,
    /// Arguments, required ones first: path parameters in path order, then query and header parameters, then the body.
    pub arguments: Vec<Argument>,
    /// Encoding of the request body.
    pub body: Body,
    /// True if the document requires the request body.
    pub is_body_required: bool,
    /// Result of a successful call.
    pub success: Success,
    /// True if the response body can be read as a stream: text, bytes or server-sent events.
    pub streamed: bool,
    /// The `Accept` header. `None` if the document has no media type.
    pub accept: Option<String>,
    /// Types of error responses.
    pub error_responses: Vec<ErrorResponse>,
    /// Headers of success responses. A header without accessor has no name.
    pub headers: Vec<Header>,
    /// Base URL, if it differs from that of the API.
    pub base_url: Option<String>,
    /// Index of its requirements in [`Api::security`](super::Api::security).
    pub security: usize,
    /// True if a POST or PATCH request may be retried.
    pub idempotent: bool,
    /// Error codes that, with status 404, mean that the requested resource does not exist.
    pub not_found_codes: Vec<i64>,
    /// Maximum size of the request body in bytes.
    pub max_body: Option<u64>,
    /// Maximum size in bytes of a response body that is read into memory, if it is not the default.
    pub max_response: Option<u64>,
    /// Division of its list into several requests, for a bulk operation.
    pub bulk: Option<Bulk>,
}

/// An argument of an operation.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "independent properties")]
pub struct Argument {
    /// Rust name of the field, positional argument or setter.
    pub name: String,
    /// Name on the wire.
    pub wire_name: String,
    /// Location in the request.
    pub location: ParamLocation,
    /// Serialization of lists and objects at this location.
    pub style: Style,
    /// True if reserved characters of URLs are not percent-encoded.
    pub allow_reserved: bool,
    /// The media type of a form part, if it is not the default of its type.
    pub media_type: Option<String>,
    /// Description.
    pub docs: String,
    /// Type of the value, also for an optional argument (no `Option`).
    pub ty: Type,
    /// Unit of an integer that is a time or a duration.
    pub unit: Option<TimeUnit>,
    /// True for a positional argument, false for a setter.
    pub required: bool,
    /// True if an optional body needs this argument.
    pub required_if_body: bool,
    /// True if the argument is deprecated.
    pub deprecated: bool,
    /// Checks before sending.
    pub checks: Vec<Check>,
    /// A value from the document, as JSON.
    pub example: Option<Value>,
}

/// Location of an argument in the request.
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

/// Serialization style of a list or an object in a parameter or in a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Default style of the location.
    #[default]
    Default,
    /// One text with this separator.
    Delimited(&'static str),
    /// One comma-separated text, properties as `name=value`.
    ExplodedSimple,
    /// As `.a,b`, or `.a.b` if exploded.
    Label {
        /// True if it is exploded.
        explode: bool,
    },
    /// As `.a.b`, with property names as items.
    DottedLabel,
    /// As `;name=a,b`, or `;name=a;name=b` if exploded.
    Matrix {
        /// True if it is exploded.
        explode: bool,
    },
    /// As `name[property]=value`.
    DeepObject,
    /// As JSON.
    Json,
}

/// Encoding of a request body.
#[derive(Default, Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// No body.
    #[default]
    None,
    /// JSON of this media type: the argument at [`ParamLocation::Body`], or an object of the arguments at
    /// [`ParamLocation::Property`]. Without arguments no body is sent.
    Json(String),
    /// The list argument at [`ParamLocation::Body`] as JSON of this media type, serialized item by item.
    Items(String),
    /// A JSON object of this media type with the arguments at [`ParamLocation::Property`]. Sent also if it is empty.
    Object(String),
    /// The bytes of the argument at [`ParamLocation::Body`] with this media type.
    Raw(String),
    /// A multipart form of all given arguments. Without arguments, no body is sent, or an empty form if it is required.
    ///
    /// With `raw`, the argument at [`ParamLocation::Body`] is sent without a form if no argument at
    /// [`ParamLocation::Part`] is given.
    Form {
        /// Media type of the body without a form.
        raw: Option<String>,
        /// The multipart media type, if it is not `multipart/form-data`.
        media_type: Option<String>,
    },
    /// `application/x-www-form-urlencoded`: the arguments at [`ParamLocation::Part`], or the properties of the argument
    /// at [`ParamLocation::Body`]. Without arguments, no body is sent, or an empty form if it is required.
    UrlEncoded,
}

/// Type of an error response.
#[derive(Clone, Debug)]
pub struct ErrorResponse {
    /// Type of the JSON body.
    pub ty: Type,
    /// Statuses with this type, as in `404`, `4XX` and `default`.
    pub statuses: Vec<String>,
}

/// Result of a successful call.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "an operation has one result")]
pub enum Success {
    /// `()`.
    Nothing,
    /// JSON, inside the envelope if the API has one.
    Json {
        /// Type of the result.
        ty: Type,
        /// True if it is inside the envelope.
        enveloped: bool,
        /// Meaning of a `null` or absent result.
        null: NullResult,
    },
    /// A page of a list, inside the envelope.
    Page {
        /// Type of an item.
        item: Type,
        /// Request of the next page.
        paging: Paging,
    },
    /// A union whose variant depends on an argument of the call.
    ByArgument {
        /// The union's type.
        model: ModelId,
        /// Rust name of the optional boolean argument that selects the variant.
        argument: String,
        /// Variant and type if the argument is false or absent.
        if_false: ArgumentCase,
        /// Variant and type if the argument is true.
        if_true: ArgumentCase,
        /// The property that contains each variant, if they share one.
        property: Option<String>,
        /// True if it is inside the envelope.
        enveloped: bool,
    },
    /// Text.
    Text,
    /// One of several responses, selected by status and media type.
    Variants {
        /// An enum with a variant for each response, or an `Option` if one of two responses has no body.
        output: Type,
        /// The responses.
        cases: Vec<ResponseCase>,
    },
    /// Bytes.
    Binary {
        /// Model that also contains headers. `None` for plain `Binary`.
        model: Option<ModelId>,
    },
}

/// One of several success responses.
#[derive(Clone, Debug)]
pub struct ResponseCase {
    /// As in `200`, `2XX` and `default`.
    pub status: String,
    /// Media type without parameters. Empty for a response without body.
    pub media_type: String,
    /// Variant of the result enum. `None` if the result is an `Option`.
    pub variant: Option<String>,
    /// Response body.
    pub content: Content,
}

/// Meaning of a `null` or absent result in an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NullResult {
    /// A decode error.
    Error,
    /// The default of the type, which has no required field.
    Default,
    /// A struct with values of arguments: pairs of field and argument, by Rust names.
    Arguments(Vec<(String, String)>),
}

/// Request of the next page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paging {
    /// The argument (Rust name) that takes the cursor of the previous page.
    Cursor(String),
    /// The argument (Rust name) that takes the page number, from 1.
    Number(String),
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
            Self::ByArgument {
                model,
                if_false,
                if_true,
                ..
            } => {
                visit(model);
                if_false.ty.visit_models(visit);
                if_true.ty.visit_models(visit);
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
