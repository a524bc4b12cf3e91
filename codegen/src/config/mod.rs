//! Config of a crate: settings that an OpenAPI document cannot express.

mod read;
mod spec;

use indexmap::IndexMap;
use serde::Deserialize;

/// Config of a crate. Every setting has a default.
///
/// Locations of entries are paths of keys: `Pointer::root().key("names").key("types").key(name)`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Config {
    /// Treats warnings as errors.
    pub strict: bool,
    /// `[crate]`: metadata of the package.
    #[serde(rename = "crate")]
    pub package: Package,
    /// `[client]`: settings of the client.
    pub client: Client,
    /// `[errors]`: contents of errors.
    pub errors: Errors,
    /// `[envelope]`: the JSON object that wraps every result, if the API has one.
    pub envelope: Option<Envelope>,
    /// `[names]`: Rust names that replace the derived ones.
    pub names: Names,
    /// `[groups]`: groups of operations by the client's method, in the order of the documentation.
    pub groups: IndexMap<String, Group>,
    /// `[handles]`: handles by the client's method. A handle sets the path parameters of several groups once.
    pub handles: IndexMap<String, Handle>,
    /// `[operations]`: settings by operationId.
    pub operations: IndexMap<String, OperationConfig>,
    /// `[limits]`: limits that a client checks before it sends a request, by the pointer of a schema.
    pub limits: IndexMap<String, Limit>,
    /// `[units]`: units of integers that are times or durations, by the pointer of a schema, parameter or property.
    /// Setters then also accept a `Duration` or a `SystemTime`.
    pub units: IndexMap<String, Unit>,
}

/// Unit of an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A duration in seconds.
    Seconds,
    /// A time in seconds since 1970-01-01 UTC.
    UnixSeconds,
}

/// Metadata of the package.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Package {
    /// Package name. The default is the document's title.
    pub name: Option<String>,
    /// Semantic version. The default is the document's version, if it is a semantic version.
    pub version: Option<String>,
    /// Description in one line. The default is the document's description.
    pub description: Option<String>,
    /// License as an SPDX expression.
    pub license: Option<String>,
    /// URL of the source repository.
    pub repository: Option<String>,
    /// Keywords for the registry.
    pub keywords: Vec<String>,
    /// Categories for the registry.
    pub categories: Vec<String>,
    /// Introduction of the README in Markdown.
    pub readme: Option<String>,
    /// Adds an example to the documentation of every operation. Otherwise, every group has one. The default is true for
    /// at most 400 operations.
    pub examples: Option<bool>,
    /// The async client of the crate also works on `wasm32-unknown-unknown`, without the default features.
    pub wasm: bool,
    /// Puts each group of operations behind a Cargo feature. The default is true for more than 16 groups.
    pub group_features: Option<bool>,
}

/// Settings of the client.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Client {
    /// Environment variable with the base URL.
    pub base_url_variable: Option<String>,
    /// Response header with the server's id of a request.
    pub request_id_header: Option<String>,
    /// Rounds a number with a fraction down if the document declares an integer. Otherwise the response is an error.
    pub round_down_integers: bool,
    /// Setters also accept an `Option`, except those of numbers, lists, maps and JSON. `None` removes the argument.
    pub optional_setters: bool,
    /// Credentials of the client. The default is one for each security scheme of the document.
    pub credentials: Vec<Credential>,
}

/// A credential, which a method of the client builder sets.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Credential {
    /// Name of the builder's method.
    pub method: String,
    /// Security schemes of the document. Each is one argument of the method.
    pub schemes: Vec<String>,
    /// Environment variables, one for each argument of the method. A basic scheme has two arguments.
    pub variables: Vec<String>,
    /// True if the values contain no whitespace, quotation marks or ellipsis. The client then rejects values that do.
    /// This is always the case for bearer tokens.
    pub single_word: bool,
    /// Documentation of the method.
    pub docs: Option<String>,
}

/// Contents of errors.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Errors {
    /// Response headers by the method that returns them.
    pub headers: IndexMap<String, String>,
    /// Names of statuses that HTTP does not define, by their number.
    pub statuses: IndexMap<String, String>,
}

/// Property names of the JSON object that wraps every result.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct Envelope {
    /// Boolean property for the success of a call.
    pub success: String,
    /// Result of the call.
    pub result: String,
    /// Errors of the call.
    pub errors: String,
    /// Messages of the server.
    pub messages: String,
    /// Position of a page in its list.
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

/// Rust names by JSON pointer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Names {
    /// Prefix that is removed from the names of schemas.
    pub strip_prefix: Option<String>,
    /// Type names by the pointer of a schema.
    pub types: IndexMap<String, String>,
    /// Argument names by the pointer of a parameter, a body or a property.
    pub arguments: IndexMap<String, String>,
    /// Variant names by the pointer of an enum value or a union variant.
    pub variants: IndexMap<String, String>,
    /// Names of the methods that return the content of a variant, by the pointer of the variant. Only for unions under
    /// `choose`. The default is `into_` and the name of the variant.
    pub accessors: IndexMap<String, String>,
}

/// A group of operations.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Group {
    /// Documentation of the group in Markdown.
    pub docs: Option<String>,
    /// Operation ids by method, in the order of the documentation.
    pub methods: IndexMap<String, String>,
}

/// A handle: groups whose path parameters are set once.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Handle {
    /// Documentation of the handle in Markdown.
    pub docs: Option<String>,
    /// Wire names of the path parameters, in the order of the path.
    pub parameters: Vec<String>,
    /// Environment variables, one for each parameter. The client then has a method that reads them.
    pub variables: Vec<String>,
    /// Groups that are entered with these parameters.
    pub groups: Vec<String>,
}

/// Settings of an operation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OperationConfig {
    /// Query parameter that selects a page.
    pub paging: Option<Paging>,
    /// Error codes of a 404 response for a missing resource.
    pub not_found_codes: Vec<i64>,
    /// True if a POST or PATCH may be sent twice.
    pub idempotent: bool,
    /// Largest size of a request body in bytes.
    pub max_body_bytes: Option<u64>,
    /// Largest size of a buffered response in bytes. The default is 32 MiB.
    pub max_response_bytes: Option<u64>,
    /// Variant of a union in the response.
    pub choose: Option<Choose>,
    /// Splitting of a list over several requests.
    pub bulk: Option<Bulk>,
    /// Construction of a result that is null: arguments of the call by properties of the result. Both are wire names.
    pub null_result: IndexMap<String, String>,
}

/// Query parameter that selects a page. Exactly one is set.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Paging {
    /// Parameter for the cursor of the previous page.
    pub cursor: Option<String>,
    /// Parameter for the number of the page.
    pub page: Option<String>,
}

/// Variant of a union in the response, selected by an optional boolean argument of the call.
#[derive(Clone, Debug, Deserialize)]
pub struct Choose {
    /// Wire name of the argument.
    pub argument: String,
    /// Schema name or pointer of the variant if the argument is false or absent.
    #[serde(rename = "false")]
    pub if_false: String,
    /// Schema name or pointer of the variant if the argument is true.
    #[serde(rename = "true")]
    pub if_true: String,
}

/// Splitting of a list over several requests. All names are wire names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Bulk {
    /// Property of the body with the list. The default is the whole body.
    pub argument: Option<String>,
    /// Property of an item with its key. The default is the item itself.
    pub key: Option<String>,
    /// Property of the result with the keys that must be sent again.
    pub failed: Option<String>,
    /// Default number of items of one request. It is at most the `maxItems` of the list, which is the default.
    pub batch_items: Option<u64>,
    /// Default size of the body of one request in bytes. It is at most `max_body_bytes`, which is the default.
    pub batch_bytes: Option<u64>,
    /// Statuses from 500 to 599 after which a request is halved, in addition to 413.
    pub halve_on: Vec<i64>,
    /// True if items can be read from a JSON array, for example a file. Unknown properties are errors.
    pub from_json: bool,
    /// Properties of an item for bytes.
    pub base64: Option<Base64>,
}

/// Properties of an item that can contain bytes as Base64.
#[derive(Clone, Debug, Deserialize)]
pub struct Base64 {
    /// Required string property with the text or the Base64.
    pub value: String,
    /// Optional boolean property that is true for Base64.
    pub flag: String,
}

/// Limits of a value. A client checks them before it sends a request.
#[allow(clippy::struct_excessive_bools, reason = "one for each keyword")]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Limit {
    /// Largest size in bytes.
    pub max_bytes: Option<u64>,
    /// Rejects strings that cannot be a path segment: the empty string, `.` and `..`.
    pub segment: bool,
    /// Wire name of a boolean sibling property that disables the limit if it is true.
    pub unless: Option<String>,
    /// Checks the `minimum` of the schema.
    pub minimum: bool,
    /// Checks the `maximum` of the schema.
    pub maximum: bool,
    /// Checks the `maxLength` of the schema.
    #[serde(alias = "maxLength")]
    pub max_length: bool,
    /// Checks the `maxItems` of the schema.
    #[serde(alias = "maxItems")]
    pub max_items: bool,
    /// Checks the `minItems` of the schema.
    #[serde(alias = "minItems")]
    pub min_items: bool,
}
