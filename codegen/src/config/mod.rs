//! The text of a config -> [`Config`]: all that a crate is to be and an OpenAPI document cannot say.

mod read;
mod spec;

use indexmap::IndexMap;
use serde::Deserialize;

/// A whole config. Whatever it leaves out has a default that suits any document.
///
/// Where an entry stands is told by its keys: `Pointer::root().key("names").key("types").key(name)`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Config {
    /// Whether every warning is an error.
    pub strict: bool,
    /// `[crate]`: the crate's own facts.
    #[serde(rename = "crate")]
    pub package: Package,
    /// `[client]`: how a client is made.
    pub client: Client,
    /// `[errors]`: what errors give.
    pub errors: Errors,
    /// `[envelope]`: the JSON object around every result, if the API has one.
    pub envelope: Option<Envelope>,
    /// `[names]`: Rust names that are not to be made from the document's.
    pub names: Names,
    /// `[groups]`: by the client's method, in the order of the crate's docs.
    pub groups: IndexMap<String, Group>,
    /// `[operations]`: by operationId.
    pub operations: IndexMap<String, OperationConfig>,
    /// `[limits]`: what is refused before it is sent, by the pointer of a schema.
    pub limits: IndexMap<String, Limit>,
}

/// The crate's own facts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Package {
    /// Package name; else made from the document's title.
    pub name: Option<String>,
    /// A semantic version; else the document's, if it is one.
    pub version: Option<String>,
    /// One line; else from the document.
    pub description: Option<String>,
    /// SPDX expression.
    pub license: Option<String>,
    /// Address of the source.
    pub repository: Option<String>,
    /// For the registry.
    pub keywords: Vec<String>,
    /// For the registry.
    pub categories: Vec<String>,
    /// Markdown at the top of the README.
    pub readme: Option<String>,
    /// Whether the docs of every method end with an example, rather than those of each group.
    pub examples: bool,
    /// Whether each group of operations is behind a Cargo feature; else where there are more than 16 of them.
    pub group_features: Option<bool>,
}

/// How a client is made.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Client {
    /// The environment variable that may name another server.
    pub base_url_variable: Option<String>,
    /// The response header that holds the id under which the server knows a request.
    pub request_id_header: Option<String>,
    /// What clients may be given to authenticate with; else made from the document.
    pub credentials: Vec<Credential>,
}

/// What a method of the builder takes to authenticate with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Credential {
    /// The builder's method.
    pub method: String,
    /// Security schemes of the document, one argument each.
    pub schemes: Vec<String>,
    /// Environment variables, one for each argument of the method: a basic scheme has two.
    pub variables: Vec<String>,
    /// What it is.
    pub docs: Option<String>,
}

/// What errors give.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Errors {
    /// Methods of the error and the response headers they read.
    pub headers: IndexMap<String, String>,
}

/// The JSON object around every result: the names of its properties.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
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

impl Default for Envelope {
    fn default() -> Self {
        let [success, result, errors, messages, info] =
            ["success", "result", "errors", "messages", "result_info"].map(str::to_owned);
        Self {
            success,
            result,
            errors,
            messages,
            info,
        }
    }
}

/// Rust names that are not to be made from the document's, by JSON pointer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Names {
    /// What the names of schemas lose at their start.
    pub strip_prefix: Option<String>,
    /// Schemas and their types.
    pub types: IndexMap<String, String>,
    /// Parameters, bodies or properties and their arguments.
    pub arguments: IndexMap<String, String>,
    /// Values of an enum or cases of a union and their variants.
    pub variants: IndexMap<String, String>,
}

/// Operations that belong together.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Group {
    /// What it holds, as Markdown.
    pub docs: Option<String>,
    /// Its methods and their operationIds, in order.
    pub methods: IndexMap<String, String>,
}

/// What an operation does beyond what the document says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OperationConfig {
    /// How the next page of a list is asked for.
    pub paging: Option<Paging>,
    /// Error codes that, with status 404, mean that the very thing asked for is not there.
    pub absent: Vec<i64>,
    /// Whether a POST or PATCH may be sent twice.
    pub idempotent: bool,
    /// Bytes that a body may have at most.
    pub max_body_bytes: Option<u64>,
    /// Bytes that an answer may have at most, when it is received whole: 32 MiB unless said otherwise.
    pub max_answer_bytes: Option<u64>,
    /// Which case of a union is received.
    pub choose: Option<Choose>,
    /// How its list is split, if it may be.
    pub bulk: Option<Bulk>,
    /// What a result of null is made from: properties of the result and arguments of the call, by wire names.
    pub null_result: IndexMap<String, String>,
}

/// How the next page is asked for: by one of two query parameters, named here.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Paging {
    /// The one that takes the cursor of the page before.
    pub cursor: Option<String>,
    /// The one that takes the page's number.
    pub page: Option<String>,
}

/// Which case of a union is received, by an optional boolean argument of the call.
#[derive(Clone, Debug, Deserialize)]
pub struct Choose {
    /// The argument, by its wire name.
    pub argument: String,
    /// The case, by schema name or pointer, when it is false or not given.
    #[serde(rename = "false")]
    pub no: String,
    /// The case when it is true.
    #[serde(rename = "true")]
    pub yes: String,
}

/// How the list of an operation is split over several requests: names are those on the wire.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Bulk {
    /// The list, unless it is the whole body.
    pub argument: Option<String>,
    /// The property of an item that names it, unless the item is its own name.
    pub key: Option<String>,
    /// The property of the result that lists the keys to send again.
    pub failed: Option<String>,
}

/// What is refused of a value before it is sent.
// One flag for each keyword of a schema that says so.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Limit {
    /// More bytes than this.
    pub max_bytes: Option<u64>,
    /// Text that can be no segment of a path: the empty one, `.` and `..`.
    pub segment: bool,
    /// The wire name of a boolean property beside it that, when true, suspends this.
    pub unless: Option<String>,
    /// What is under the document's `minimum`.
    pub minimum: bool,
    /// What is over the document's `maximum`.
    pub maximum: bool,
    /// What is over the document's `maxLength`.
    #[serde(alias = "maxLength")]
    pub max_length: bool,
    /// What is over the document's `maxItems`.
    #[serde(alias = "maxItems")]
    pub max_items: bool,
    /// What is under the document's `minItems`.
    #[serde(alias = "minItems")]
    pub min_items: bool,
}
