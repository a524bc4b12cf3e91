//! The crate to be written, as plain data: what `lower` makes of a document and `emit` prints.
//!
//! Every name in here is final: a valid Rust identifier (raw where it is a keyword), unique in its scope.
//! Every text is cleaned Markdown.

use serde_json::Value;

/// A whole client crate.
#[derive(Clone, Debug)]
pub struct Api {
    /// What its manifest and README say.
    pub package: Package,
    /// Where requests go when the caller names no other place.
    pub base_url: Option<String>,
    /// The environment variable that may name another place.
    pub base_url_variable: Option<String>,
    /// What clients may be given to authenticate with.
    pub credentials: Vec<Credential>,
    /// What operations take of these, most of them the first.
    pub needs: Vec<Needs>,
    /// Where else requests may go, or what may be chosen of the address; empty when there is nothing to choose.
    pub servers: Vec<Server>,
    /// The object around every result.
    pub envelope: Option<Envelope>,
    /// The response header that holds the id under which the server knows a request.
    pub request_id_header: Option<String>,
    /// Response headers that errors give by name.
    pub error_headers: Vec<ErrorHeader>,
    /// What a client offers, in order.
    pub groups: Vec<Group>,
    /// What the server sends by itself.
    pub webhooks: Vec<Webhook>,
    /// The types of `types.rs`, in order.
    pub models: Vec<Model>,
}

/// The crate's own facts.
#[derive(Clone, Debug)]
pub struct Package {
    /// Package name, as in `pet-store`.
    pub name: String,
    /// A semantic version.
    pub version: String,
    /// One line.
    pub description: Option<String>,
    /// SPDX expression.
    pub license: Option<String>,
    /// Address of the source.
    pub repository: Option<String>,
    /// For the registry.
    pub keywords: Vec<String>,
    /// For the registry.
    pub categories: Vec<String>,
    /// The document's title.
    pub title: String,
    /// Markdown at the top of the README, else made from the document.
    pub readme: Option<String>,
    /// Whether the docs of every method end with an example, rather than those of each group.
    pub examples: bool,
    /// The document's file name, for the header of each file.
    pub source: String,
}

/// A place for requests.
#[derive(Clone, Debug)]
pub struct Server {
    /// Its address, with variables in braces.
    pub url: String,
    /// What it is.
    pub docs: String,
    /// The variables in the address.
    pub variables: Vec<ServerVariable>,
}

/// A part of an address that may be chosen.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// As in the braces.
    pub name: String,
    /// What stands there unless another is chosen.
    pub default: String,
    /// What else may stand there, if not anything.
    pub values: Vec<String>,
}

/// What a method of the builder takes to authenticate with.
#[derive(Clone, Debug)]
pub struct Credential {
    /// The builder's method.
    pub method: String,
    /// What it is.
    pub docs: String,
    /// What the method takes, in order.
    pub secrets: Vec<Secret>,
}

/// One argument of a credential and where it is sent.
#[derive(Clone, Debug)]
pub struct Secret {
    /// Rust name of the argument.
    pub argument: String,
    /// Where it goes.
    pub place: SecretPlace,
    /// The environment variable it may come from.
    pub variable: Option<String>,
}

/// Where a secret is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretPlace {
    /// `Authorization: Bearer …`.
    Bearer,
    /// A header of this name.
    Header(String),
    /// A query parameter of this name.
    Query(String),
    /// A cookie of this name.
    Cookie(String),
    /// `Authorization: Basic …`, the user's name: the first of two secrets.
    BasicUser,
    /// `Authorization: Basic …`, the password: the second of two secrets.
    BasicPassword,
}

/// The names of the properties that every JSON answer has.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// Boolean: whether the call did what it should.
    pub success: String,
    /// The result proper.
    pub result: String,
    /// What went wrong.
    pub errors: String,
    /// What else there is to say.
    pub messages: String,
    /// Where the result stands in a paged list.
    pub info: String,
}

/// A response header that errors give by name.
#[derive(Clone, Debug)]
pub struct ErrorHeader {
    /// Method of the error, as in `ray_id`.
    pub method: String,
    /// Header, as in `cf-ray`.
    pub header: String,
}

/// A call that the server makes by itself.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// As in `order.created`.
    pub name: String,
    /// What it tells.
    pub docs: String,
    /// What it sends, as JSON.
    pub ty: Type,
}

/// Operations that belong together and are reached through one method of the client.
#[derive(Clone, Debug)]
pub struct Group {
    /// Module and client method, as in `keys`.
    pub name: String,
    /// Its type, as in `Keys`.
    pub type_name: String,
    /// What it holds.
    pub docs: String,
    /// The Cargo feature that it is behind.
    pub feature: Option<String>,
    /// The path parameters that all its operations share, in path order.
    pub arguments: Vec<Argument>,
    /// What it offers, in order.
    pub methods: Vec<Method>,
    /// The operations defined in its module; each is offered by a method of this or a later group.
    pub operations: Vec<Operation>,
}

/// One method of a group.
#[derive(Clone, Debug)]
pub struct Method {
    /// As in `list`.
    pub name: String,
    /// Index of the group whose module defines the operation.
    pub group: usize,
    /// Index of the operation in that group.
    pub operation: usize,
}

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
    pub verb: String,
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
    pub faults: Vec<Fault>,
    /// Headers that come with a success, without names where nothing gives them by name.
    pub headers: Vec<Header>,
    /// Where it is sent, if not where the others are.
    pub base_url: Option<String>,
    /// Which of [`Api::needs`] it takes.
    pub needs: usize,
    /// Whether a POST or PATCH may be sent twice.
    pub idempotent: bool,
    /// Error codes that, with status 404, mean that the very thing asked for is not there.
    pub absent: Vec<i64>,
    /// Bytes that a body may have at most.
    pub max_body: Option<u64>,
    /// Bytes that an answer may have at most, when it is received whole, where it is not what is usual.
    pub max_answer: Option<u64>,
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
    pub failed: Option<String>,
}

/// Something an operation takes.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // facts that have nothing to do with each other
pub struct Argument {
    /// Rust name: the field of the operation, its positional argument or its setter.
    pub name: String,
    /// Name on the wire.
    pub wire: String,
    /// Where it is sent.
    pub place: Place,
    /// How a list or an object is written there.
    pub style: Style,
    /// Whether signs that have a meaning in URLs stay as they are.
    pub reserved: bool,
    /// The media type of a part of a form, where it is not the one that suits its type.
    pub media_type: Option<String>,
    /// What it means.
    pub docs: String,
    /// Its type; for an optional one the type of the value when there is one.
    pub ty: Type,
    /// Positional if so, else a setter.
    pub required: bool,
    /// Whether a body that need not be sent is not sent without it.
    pub needed: bool,
    /// Whether the document says so.
    pub deprecated: bool,
    /// What is refused before sending.
    pub checks: Vec<Check>,
    /// A value from the document, as JSON.
    pub example: Option<Value>,
}

/// Where an argument is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
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
    /// The argument at [`Place::Body`], as JSON of this media type; or an object of those at [`Place::Property`], if any
    /// is given.
    Json(String),
    /// The argument at [`Place::Body`], a list, written to JSON of this media type item by item.
    Items(String),
    /// The arguments at [`Place::Property`], as one JSON object of this media type, also without any.
    Object(String),
    /// The argument at [`Place::Body`], as it is, with this media type.
    Raw(String),
    /// The argument at [`Place::Body`] as it is, with the media type `raw`, as long as no argument at
    /// [`Place::Part`] is given; else `multipart/form-data` of all of them. Without `raw` always the latter. Nothing where
    /// none is given.
    Form {
        /// Media type of the plain form.
        raw: Option<String>,
        /// The media type of all parts together, where it is not `multipart/form-data`.
        media_type: Option<String>,
    },
    /// The arguments at [`Place::Part`], or the properties of the one at [`Place::Body`], as
    /// `application/x-www-form-urlencoded`. Nothing where none is given.
    UrlEncoded,
}

/// What an operation asks of a client: the first of these ways that the client has. Each is some of [`Api::credentials`], all
/// of which are sent; one without any comes last.
pub type Needs = Vec<Vec<usize>>;

/// A type of failure.
#[derive(Clone, Debug)]
pub struct Fault {
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
        null: Null,
    },
    /// A page of a list, inside the envelope.
    Page {
        /// Type of an item.
        item: Type,
        /// How to get the next one.
        by: Paging,
    },
    /// Which case of a union is received is decided by an argument of the call.
    Choice {
        /// The union's type.
        model: String,
        /// Rust name of the optional boolean argument that decides.
        argument: String,
        /// Variant and type when it is false or not given.
        no: Case,
        /// Variant and type when it is true.
        yes: Case,
        /// The one property around each case.
        property: Option<String>,
        /// Whether the envelope is around it.
        enveloped: bool,
    },
    /// Text.
    Text,
    /// One of several things, told apart by status and media type.
    Several {
        /// The type of their outcomes, or an `Option` where one of two is nothing.
        output: Type,
        /// What may come.
        receptions: Vec<Reception>,
    },
    /// Bytes.
    Binary {
        /// The type that also carries headers, else plain `Binary`.
        model: Option<String>,
    },
}

/// One of the answers that tell of success.
#[derive(Clone, Debug)]
pub struct Reception {
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
pub enum Null {
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

/// A type of `types.rs`.
#[derive(Clone, Debug)]
pub struct Model {
    /// As in `BulkWrite`.
    pub name: String,
    /// What it is.
    pub docs: String,
    /// Where the document defines it, as a JSON pointer.
    pub origin: String,
    /// What it looks like.
    pub shape: Shape,
    /// Whether it is part of a request: it then has a constructor, setters and checks.
    pub sent: bool,
    /// Whether it is part of an answer: its enums are then open.
    pub received: bool,
    /// Whether it is an enum beside whose values any other text may stand, whoever sends it.
    pub open: bool,
}

/// What a model looks like.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Another name of a type.
    Alias(Type),
    /// An object with known properties.
    Struct(Vec<Field>),
    /// A string with known values.
    Enum(Vec<Variant>),
    /// One of several; which, the value itself says.
    OneOf(Vec<Choice>),
    /// One of several; which, only the request says.
    Union {
        /// The one property around each case.
        property: Option<String>,
        /// The cases.
        cases: Vec<Case>,
    },
    /// Bytes with typed response headers.
    Binary(Vec<Header>),
    /// What came of a call that may go well in several ways.
    Outcomes(Vec<Outcome>),
}

impl Shape {
    /// The types that it is made of.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Alias(ty) => vec![ty],
            Self::Struct(fields) => fields.iter().map(|field| &field.ty).collect(),
            Self::OneOf(choices) => choices.iter().map(|choice| &choice.ty).collect(),
            Self::Union { cases, .. } => cases.iter().map(|case| &case.ty).collect(),
            Self::Outcomes(outcomes) => {
                let contents = outcomes.iter().map(|outcome| &outcome.content);
                contents.filter_map(Content::ty).collect()
            }
            Self::Enum(_) | Self::Binary(_) => Vec::new(),
        }
    }

    /// As [`types`](Self::types).
    pub fn types_mut(&mut self) -> Vec<&mut Type> {
        match self {
            Self::Alias(ty) => vec![ty],
            Self::Struct(fields) => fields.iter_mut().map(|field| &mut field.ty).collect(),
            Self::OneOf(choices) => choices.iter_mut().map(|choice| &mut choice.ty).collect(),
            Self::Union { cases, .. } => cases.iter_mut().map(|case| &mut case.ty).collect(),
            Self::Outcomes(outcomes) => {
                let contents = outcomes.iter_mut().map(|outcome| &mut outcome.content);
                contents.filter_map(Content::ty_mut).collect()
            }
            Self::Enum(_) | Self::Binary(_) => Vec::new(),
        }
    }
}

/// A property of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// Rust name.
    pub name: String,
    /// Name on the wire.
    pub wire: String,
    /// What it means.
    pub docs: String,
    /// Its type; `Type::Option` when it may be null.
    pub ty: Type,
    /// Whether it is always there.
    pub required: bool,
    /// The only way it goes, if it does not go both.
    pub one_way: Option<OneWay>,
    /// Whether the document says so.
    pub deprecated: bool,
    /// What is refused before sending.
    pub checks: Vec<Check>,
    /// A value from the document, as JSON.
    pub example: Option<Value>,
    /// The one text that it has wherever the type stands, which nobody needs to give.
    pub always: Option<String>,
    /// Whether it is the map, always there, of all properties that have no field of their own. It has no name on the wire.
    pub rest: bool,
}

/// A way that a property goes, of the two there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OneWay {
    /// It is part of answers alone.
    Received,
    /// It is part of requests alone.
    Sent,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Rust name.
    pub name: String,
    /// Value on the wire.
    pub wire: String,
    /// What it means.
    pub docs: String,
}

/// A case of a union.
#[derive(Clone, Debug)]
pub struct Case {
    /// Rust name of the variant.
    pub variant: String,
    /// What it means.
    pub docs: String,
    /// What it holds.
    pub ty: Type,
}

/// One way in which a call may go well.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Rust name of the variant.
    pub variant: String,
    /// What it means.
    pub docs: String,
    /// What it holds.
    pub content: Content,
}

/// A case of a union that is told from the others by its looks.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Rust name of the variant.
    pub variant: String,
    /// What it means.
    pub docs: String,
    /// What it holds.
    pub ty: Type,
    /// A property that the value itself may lack, by name and value: it is added to what is sent.
    pub tag: Option<(String, String)>,
    /// What a value of it looks like: any of these, no two of which have the same kind unless they say more.
    pub looks: Vec<Look>,
}

/// What a JSON value may look like, as far as that tells it from other cases of a union.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Look {
    /// Its kind; none if it may be of any.
    pub kind: Option<Kind>,
    /// The strings that it may be.
    pub values: Vec<String>,
    /// Properties that have one of a few values when they are there: strings, or other JSON as its text.
    pub tags: Vec<(String, Vec<String>)>,
    /// Properties that are of a kind when they are there.
    pub kinds: Vec<(String, Kind)>,
    /// Properties that are there.
    pub required: Vec<String>,
    /// Properties that may be there.
    pub known: Vec<String>,
    /// What the items of a list look like: any of these.
    pub items: Vec<Look>,
}

/// A kind of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A string.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list.
    Array,
    /// An object.
    Object,
}

/// A response header with a type.
#[derive(Clone, Debug)]
pub struct Header {
    /// Rust name of the accessor, empty where there is none.
    pub name: String,
    /// Name on the wire.
    pub wire: String,
    /// What it means.
    pub docs: String,
    /// `String`, `Int`, `UInt`, `Float` or `Bool`.
    pub ty: Type,
}

/// A type as a field or an argument has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// `String`.
    String,
    /// `bool`.
    Bool,
    /// `i64`.
    Int,
    /// `u64`.
    UInt,
    /// `f64`.
    Float,
    /// JSON of any kind, kept as text.
    Json,
    /// Bytes: an upload as an argument, a `Binary` as a result.
    Bytes,
    /// `Vec<T>`.
    List(Box<Type>),
    /// `BTreeMap<String, T>`.
    Map(Box<Type>),
    /// May be null.
    Option(Box<Type>),
    /// A model, by name.
    Model(String),
    /// A model, by name, that contains itself.
    Boxed(String),
}

impl Type {
    /// Whether it is a whole number, which is also read from `1.0`.
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Int | Self::UInt)
    }
}

/// What is refused before a request is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What must hold.
    pub rule: Rule,
    /// Rust name of an optional boolean field beside it that, when true, suspends the rule.
    pub unless: Option<String>,
}

/// What must hold of a value before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// UTF-8 or JSON text or content of at most so many bytes; for a list, each item.
    MaxBytes(u64),
    /// At most so many characters.
    MaxLength(u64),
    /// Text that may be a segment of a path: not empty, neither `.` nor `..`.
    Segment,
    /// A number of at least this.
    Minimum(i64),
    /// A number of at most this.
    Maximum(i64),
    /// At most so many items.
    MaxItems(u64),
    /// At least so many items.
    MinItems(u64),
}
