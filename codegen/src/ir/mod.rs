//! Intermediate representation: the generated crate as plain data. `lower` creates it, `emit` prints it.
//!
//! Names are final: each is a valid Rust identifier (raw if it is a keyword) and unique in its scope.
//! Descriptions are cleaned Markdown.

mod access;
pub(crate) mod analysis;
mod bulk;
mod check;
mod handle;
mod model;
mod operation;
mod types;
mod union;

pub use access::{
    ClientCredentialsFlow, Credential, CredentialLocation, Secret, SecurityRequirements,
};
pub use bulk::{Base64, Bulk};
pub use check::{Check, Rule};
pub use handle::Handle;
pub use model::{
    Access, ArgumentCase, Content, Field, Header, Model, ResponseVariant, Shape, Variant,
};
pub use operation::{
    Argument, Body, ErrorResponse, NullResult, Operation, Paging, ParamLocation, ResponseCase,
    Style, Success,
};
pub use types::{ModelId, TimeUnit, Type};
pub use union::{JsonKind, UnionVariant, VariantMatcher};

/// A whole client crate.
#[derive(Clone, Debug)]
pub struct Api {
    /// Metadata for the manifest and the README.
    pub package: Package,
    /// Default base URL.
    pub base_url: Option<String>,
    /// The environment variable that overrides the base URL.
    pub base_url_variable: Option<String>,
    /// Credentials that the client builder accepts.
    pub credentials: Vec<Credential>,
    /// Distinct security requirements of the operations. The most frequent one is first.
    pub security: Vec<SecurityRequirements>,
    /// Servers to choose from. Empty if there is only one, without variables.
    pub servers: Vec<Server>,
    /// Properties of the JSON object around each result, if the API has one.
    pub envelope: Option<Envelope>,
    /// The response header that contains the request id of the server.
    pub request_id_header: Option<String>,
    /// Names of statuses that HTTP does not define.
    pub status_names: Vec<(u16, String)>,
    /// True if a number with a fraction is rounded down where an integer is expected.
    pub rounds_down_integers: bool,
    /// True if setters also accept an `Option`.
    pub has_optional_setters: bool,
    /// Response headers with an accessor on errors.
    pub error_headers: Vec<ErrorHeader>,
    /// Groups of operations, in order.
    pub groups: Vec<Group>,
    /// Handles, in order.
    pub handles: Vec<Handle>,
    /// Webhooks with a JSON payload.
    pub webhooks: Vec<Webhook>,
    /// The types of `types.rs`, in order.
    pub models: Vec<Model>,
}

impl Api {
    /// Returns a model by its id.
    pub fn model(&self, id: ModelId) -> Option<&Model> {
        self.models.get(id.0)
    }

    /// Returns all models with their ids.
    pub fn models_with_ids(&self) -> impl Iterator<Item = (ModelId, &Model)> {
        let models = self.models.iter().enumerate();
        models.map(|(index, model)| (ModelId(index), model))
    }

    /// Returns the operation of a method.
    pub fn operation(&self, method: &Method) -> Option<&Operation> {
        self.groups
            .get(method.group)?
            .operations
            .get(method.operation)
    }

    /// Returns the name of a model.
    pub fn model_name(&self, id: ModelId) -> &str {
        self.model(id).map_or("Json", |model| &model.name)
    }
}

impl Handle {
    /// Returns its groups.
    pub fn groups<'a>(&'a self, api: &'a Api) -> impl Iterator<Item = &'a Group> {
        let groups = self.groups.iter();
        groups.filter_map(|index| api.groups.get(*index))
    }

    /// Returns the arguments that its groups share.
    pub fn arguments<'a>(&'a self, api: &'a Api) -> &'a [Argument] {
        self.groups(api)
            .next()
            .map_or(&[], |group| &group.arguments)
    }
}

/// Package metadata.
#[derive(Clone, Debug)]
pub struct Package {
    /// Package name, as in `pet-store`.
    pub name: String,
    /// A semantic version.
    pub version: String,
    /// Description in one line.
    pub description: Option<String>,
    /// SPDX expression.
    pub license: Option<String>,
    /// URL of the repository.
    pub repository: Option<String>,
    /// Keywords for the registry.
    pub keywords: Vec<String>,
    /// Categories for the registry.
    pub categories: Vec<String>,
    /// The document's title.
    pub title: String,
    /// Markdown for the start of the README. By default it is made from the document.
    pub readme: Option<String>,
    /// True if the docs of each method contain an example. Else the docs of each group contain one.
    pub examples: bool,
    /// True if the crate also works on `wasm32-unknown-unknown`.
    pub wasm: bool,
    /// File name of the document, for the header of each generated file.
    pub source: String,
}

/// A server of the API.
#[derive(Clone, Debug)]
pub struct Server {
    /// URL with variables in braces.
    pub url: String,
    /// Description.
    pub docs: String,
    /// The variables in the URL.
    pub variables: Vec<ServerVariable>,
}

/// A variable in the URL of a server.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Name in the braces.
    pub name: String,
    /// Default value.
    pub default: String,
    /// Other allowed values. Empty if any value is allowed.
    pub values: Vec<String>,
}

/// Property names of the JSON object around each result.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// Boolean property: true if the call succeeded.
    pub success: String,
    /// The result.
    pub result: String,
    /// List of errors.
    pub errors: String,
    /// List of messages.
    pub messages: String,
    /// Pagination data of a paged list.
    pub info: String,
}

/// A response header with an accessor on errors.
#[derive(Clone, Debug)]
pub struct ErrorHeader {
    /// Method of the error, as in `ray_id`.
    pub method: String,
    /// Header, as in `cf-ray`.
    pub header: String,
}

/// A webhook: a request that the server sends to the user of the API.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// As in `order.created`.
    pub name: String,
    /// Description.
    pub docs: String,
    /// Type of the JSON payload.
    pub ty: Type,
}

/// A group of operations, which one method of the client returns.
#[derive(Clone, Debug)]
pub struct Group {
    /// Name of the module and of the client method, as in `keys`.
    pub name: String,
    /// Type name, as in `Keys`.
    pub type_name: String,
    /// Description.
    pub docs: String,
    /// The Cargo feature that enables the group.
    pub feature: Option<String>,
    /// The path parameters that all its operations share, in path order.
    pub arguments: Vec<Argument>,
    /// Methods, in order.
    pub methods: Vec<Method>,
    /// Operations that the module of the group defines. Methods of this group or of a later one use them.
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
