//! The crate to be written, as plain data: what `lower` makes of a document and `emit` prints.
//!
//! Every name in here is final: a valid Rust identifier (raw where it is a keyword), unique in its scope.
//! Every text is cleaned Markdown.

mod access;
pub(crate) mod analysis;
mod model;
mod operation;

pub use access::{Credential, CredentialLocation, Secret, SecurityRequirements};
pub use model::{
    Access, ArgumentCase, Check, Field, JsonKind, Model, ModelId, ResponseVariant, Rule, Shape,
    Type, UnionVariant, Variant, VariantMatcher,
};
pub use operation::{
    Argument, Body, Bulk, Content, ErrorResponse, Header, NullResult, Operation, Paging,
    ParamLocation, ResponseCase, Style, Success,
};

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
    pub security: Vec<SecurityRequirements>,
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

    /// Returns the name of a model.
    pub fn model_name(&self, id: ModelId) -> &str {
        self.model(id).map_or("Json", |model| &model.name)
    }
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
