//! A small API as it would be generated, with one operation of each kind, in one file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::{
    ApiError, Binary, BodyFormat, Bulk, Call, Client, ClientBuilder, Credential,
    CredentialLocation, DecodeError, Download, Downloadable, Envelope, Json, JsonArray, Merge,
    Meta, Operation, Page, Paged, Paging, ParamLocation, RawResponse, Request, Result, Secret,
    Settings, Upload, ValidationError, check, json_object, max_bytes, max_items, minimum,
};

// ---- client.rs

static API_TOKEN: Credential = Credential {
    method: "api_token",
    secrets: &[Secret {
        location: CredentialLocation::Bearer,
        variable: Some("SHELF_TOKEN"),
    }],
};

static API_KEY: Credential = Credential {
    method: "api_key",
    secrets: &[
        Secret {
            location: CredentialLocation::Header("X-Auth-Key"),
            variable: Some("SHELF_KEY"),
        },
        Secret {
            location: CredentialLocation::Header("X-Auth-Email"),
            variable: Some("SHELF_EMAIL"),
        },
    ],
};

static SESSION: Credential = Credential {
    method: "session",
    secrets: &[
        Secret {
            location: CredentialLocation::Cookie("session"),
            variable: None,
        },
        Secret {
            location: CredentialLocation::Query("signature"),
            variable: None,
        },
    ],
};

static LOGIN: Credential = Credential {
    method: "login",
    secrets: &[
        Secret {
            location: CredentialLocation::BasicUser,
            variable: None,
        },
        Secret {
            location: CredentialLocation::BasicPassword,
            variable: None,
        },
    ],
};

pub(crate) static SETTINGS: Settings = Settings {
    base_url: Some("https://shelf.example/client/v4"),
    base_url_variable: Some("SHELF_BASE_URL"),
    user_agent: "shelf/0.1.0",
    security: &[&[&[&API_TOKEN], &[&API_KEY], &[&SESSION], &[&LOGIN]]],
    envelope: Some(&Envelope {
        success: "success",
        result: "result",
        errors: "errors",
        messages: "messages",
        info: "result_info",
    }),
    request_id_header: Some("cf-ray"),
};

impl<C> ClientBuilder<C> {
    /// Authenticates with an API token.
    pub fn api_token(self, token: impl Into<String>) -> Self {
        self.credential(&API_TOKEN, [token.into()])
    }

    /// Authenticates with an API key and an e-mail address.
    pub fn api_key(self, key: impl Into<String>, email: impl Into<String>) -> Self {
        self.credential(&API_KEY, [key.into(), email.into()])
    }

    /// Authenticates with a session and a signature.
    pub fn session(self, session: impl Into<String>, signature: impl Into<String>) -> Self {
        self.credential(&SESSION, [session.into(), signature.into()])
    }

    /// Authenticates with a user name and a password.
    pub fn login(self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credential(&LOGIN, [user.into(), password.into()])
    }
}

impl Client {
    /// Configures a client.
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new(&SETTINGS)
    }

    /// Creates a client from environment variables.
    pub fn from_env() -> Result<Self> {
        Self::builder().env().build()
    }

    /// Operations of a shelf.
    pub fn shelf(&self, shelf_id: impl Into<String>) -> Shelf<Self> {
        Shelf::new(self.clone(), shelf_id.into())
    }
}

#[cfg(feature = "blocking")]
impl blocking::Client {
    /// Configures a client.
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new(&SETTINGS)
    }

    /// Creates a client from environment variables.
    pub fn from_env() -> Result<Self> {
        Self::builder().env().build()
    }

    /// Operations of a shelf.
    pub fn shelf(&self, shelf_id: impl Into<String>) -> Shelf<Self> {
        Shelf::new(self.clone(), shelf_id.into())
    }
}

impl ApiError {
    /// Request id.
    pub fn ray_id(&self) -> Option<&str> {
        self.header("cf-ray")
    }
}

// ---- types.rs

/// A thing.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Thing {
    /// Name.
    pub name: String,
    /// Expiration time in seconds since the epoch.
    pub expiration: Option<i64>,
    /// Any JSON.
    pub metadata: Option<Json>,
}

json_object! { Thing { name, expiration: opt int, metadata: opt kept } }

/// Result of a bulk call.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Outcome {
    /// Number of successful keys.
    pub successful_key_count: Option<i64>,
    /// Failed keys.
    pub unsuccessful_keys: Option<Vec<String>>,
}

json_object! { Outcome { successful_key_count: opt int, unsuccessful_keys: opt } }

impl Merge for Outcome {
    fn absorb(&mut self, other: Self) {
        self.successful_key_count.absorb(other.successful_key_count);
        self.unsuccessful_keys.absorb(other.unsuccessful_keys);
    }
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Pair {
    /// At most 512 bytes.
    pub key: String,
    /// At most 25 MiB.
    pub value: String,
    /// True if the value is Base64.
    pub base64: Option<bool>,
    /// Any JSON.
    pub metadata: Option<Json>,
}

json_object! { Pair { key, value, base64: opt, metadata: opt kept } }

impl Pair {
    /// Creates a new `Pair` from its required fields.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            value: value.into(),
            base64: None,
            metadata: None,
        }
    }

    /// Sets `base64`.
    pub fn base64(mut self, base64: bool) -> Self {
        self.base64 = Some(base64);
        self
    }

    /// Sets `metadata`.
    pub fn metadata(mut self, metadata: impl Serialize) -> Self {
        self.metadata = Some(Json::new(metadata));
        self
    }
}

impl Pair {
    pub(crate) fn check(&self) -> Result<(), ValidationError> {
        check("key", max_bytes(&self.key, 512))?;
        if self.base64 != Some(true) {
            check("value", max_bytes(&self.value, 26_214_400))?;
        }
        check("metadata", max_bytes(&self.metadata, 1_024))
    }
}

/// Values of keys.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// Values only.
    Values(BTreeMap<String, Option<Json>>),
    /// Values with metadata.
    WithMetadata(BTreeMap<String, Option<Entry>>),
}

impl Merge for Found {
    fn absorb(&mut self, other: Self) {
        match (self, other) {
            (Self::Values(one), Self::Values(other)) => one.absorb(other),
            (Self::WithMetadata(one), Self::WithMetadata(other)) => one.absorb(other),
            // All results of a call have the same variant.
            _ => (),
        }
    }
}

#[derive(Deserialize)]
struct FoundValues<T> {
    values: T,
}

/// A value with metadata.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// The value.
    pub value: Option<Json>,
    /// Expiration time in seconds since the epoch.
    pub expiration: Option<i64>,
}

json_object! { Entry { value: opt kept, expiration: opt int } }

/// A stored value.
#[derive(Clone, Debug)]
pub struct StoredValue {
    body: Binary,
    expiration: Option<i64>,
}

impl StoredValue {
    /// Returns the bytes.
    pub fn bytes(&self) -> &bytes::Bytes {
        self.body.bytes()
    }

    /// Returns the value as text.
    pub fn text(&self) -> Result<&str> {
        self.body.text()
    }

    /// Parses the value as JSON.
    pub fn json<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        self.body.json()
    }

    /// Expiration time in seconds since the epoch.
    pub fn expiration(&self) -> Option<i64> {
        self.expiration
    }
}

// ---- api/shelf.rs

/// Operations of a shelf.
#[derive(Clone, Debug)]
pub struct Shelf<C> {
    client: C,
    shelf_id: String,
}

impl<C: Clone> Shelf<C> {
    pub(crate) fn new(client: C, shelf_id: String) -> Self {
        Self { client, shelf_id }
    }

    /// Lists things, with cursors.
    pub fn list(&self) -> List<C> {
        self.call(Request::new())
    }

    /// Lists things, with page numbers.
    pub fn pages(&self) -> Pages<C> {
        self.call(Request::new())
    }

    /// Creates a thing.
    pub fn create(&self, name: impl Into<String>) -> Create<C> {
        self.call(Request::new().text(ParamLocation::Property("name"), name))
    }

    /// Renames a thing.
    pub fn rename(&self, thing_id: impl Into<String>, name: impl Into<String>) -> Rename<C> {
        self.call(
            Request::new()
                .text(ParamLocation::Path("thing_id"), thing_id)
                .text(ParamLocation::Property("name"), name),
        )
    }

    /// Deletes a thing.
    pub fn delete(&self, thing_id: impl Into<String>) -> Delete<C> {
        self.call(Request::new().text(ParamLocation::Path("thing_id"), thing_id))
    }

    /// Reads the metadata of a value.
    pub fn metadata(&self, key_name: impl Into<String>) -> Metadata<C> {
        self.call(
            Request::new()
                .text(ParamLocation::Path("key_name"), key_name)
                .limit(|it| max_bytes(it, 512)),
        )
    }

    /// Reads a value.
    pub fn value(&self, key_name: impl Into<String>) -> Value<C> {
        self.call(
            Request::new()
                .text(ParamLocation::Path("key_name"), key_name)
                .limit(|it| max_bytes(it, 512)),
        )
    }

    /// Writes a value.
    pub fn update(&self, key_name: impl Into<String>, value: impl Into<Upload>) -> Update<C> {
        self.call(
            Request::new()
                .text(ParamLocation::Path("key_name"), key_name)
                .limit(|it| max_bytes(it, 512))
                .content(
                    ParamLocation::Part("value", "application/octet-stream"),
                    value,
                )
                .limit(|it| max_bytes(it, 26_214_400)),
        )
    }

    /// Writes several values.
    pub fn bulk_update(&self, pairs: impl IntoIterator<Item = Pair>) -> BulkUpdate<C> {
        self.call(
            Request::new()
                .array(
                    ParamLocation::Body("pairs"),
                    JsonArray::new(pairs, Pair::check),
                )
                .limit(|it| max_items(it, 10_000)),
        )
    }

    /// Deletes several values.
    pub fn bulk_delete(&self, keys: impl IntoIterator<Item = impl Into<String>>) -> BulkDelete<C> {
        let keys = JsonArray::texts(keys, |key| max_bytes(key, 512));
        self.call(
            Request::new()
                .array(ParamLocation::Body("keys"), keys)
                .limit(|it| max_items(it, 10_000)),
        )
    }

    /// Reads several values.
    pub fn bulk_get(&self, keys: impl IntoIterator<Item = impl Into<String>>) -> BulkGet<C> {
        let keys = JsonArray::texts(keys, |key| max_bytes(key, 512));
        self.call(
            Request::new()
                .array(ParamLocation::Property("keys"), keys)
                .limit(|it| max_items(it, 100)),
        )
    }

    fn call<O>(&self, request: Request) -> Call<C, O> {
        let request = request.text(ParamLocation::Path("shelf_id"), &self.shelf_id);
        Call::new(&self.client, request)
    }
}

/// Lists things, by cursor.
pub type List<C> = Call<C, operation::List>;

impl Operation for operation::List {
    type Output = Page<Thing>;
    const META: &'static Meta = &Meta::new("shelf.list").route("GET", "/shelves/{shelf_id}/things");

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.page(Paging::Cursor)
    }
}

impl<C> List<C> {
    /// How many things a page has at most.
    pub fn limit(self, limit: i64) -> Self {
        self.with(Request::new().json(ParamLocation::Query("limit"), limit))
    }

    /// Only things whose names start with this text.
    pub fn prefix(self, prefix: impl Into<String>) -> Self {
        self.with(Request::new().text(ParamLocation::Query("prefix"), prefix))
    }

    /// Where to continue.
    pub fn cursor(self, cursor: impl Into<String>) -> Self {
        self.with(Request::new().text(ParamLocation::Query("cursor"), cursor))
    }
}

/// Lists things, by page number.
pub type Pages<C> = Call<C, operation::Pages>;

impl Operation for operation::Pages {
    type Output = Page<Thing>;
    const META: &'static Meta = &Meta::new("shelf.pages").route("GET", "/shelves/{shelf_id}/pages");

    fn decode(request: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.page(Paging::Number(request.value(ParamLocation::Query("page"))))
    }
}

impl<C> Pages<C> {
    /// Which page, from 1.
    pub fn page(self, page: i64) -> Self {
        self.with(Request::new().json(ParamLocation::Query("page"), page))
    }

    /// How many things a page has at most.
    pub fn per_page(self, per_page: i64) -> Self {
        self.with(Request::new().json(ParamLocation::Query("per_page"), per_page))
    }
}

/// Makes a thing.
pub type Create<C> = Call<C, operation::Create>;

impl Operation for operation::Create {
    type Output = Thing;
    const META: &'static Meta =
        &Meta::new("shelf.create").route("POST", "/shelves/{shelf_id}/things");

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.result()
    }
}

impl<C> Create<C> {
    /// A note on the thing.
    pub fn note(self, note: impl Into<String>) -> Self {
        self.with(Request::new().text(ParamLocation::Property("note"), note))
    }
}

/// Renames a thing.
pub type Rename<C> = Call<C, operation::Rename>;

impl Operation for operation::Rename {
    type Output = Thing;
    const META: &'static Meta =
        &Meta::new("shelf.rename").route("PUT", "/shelves/{shelf_id}/things/{thing_id}");

    fn decode(request: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.result_or_else(|| Thing {
            name: request
                .value(ParamLocation::Property("name"))
                .unwrap_or_default(),
            expiration: None,
            metadata: None,
        })
    }
}

/// Deletes a thing.
pub type Delete<C> = Call<C, operation::Delete>;

impl Operation for operation::Delete {
    type Output = ();
    const META: &'static Meta =
        &Meta::new("shelf.delete").route("DELETE", "/shelves/{shelf_id}/things/{thing_id}");

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.empty()
    }
}

/// Reads the metadata of a value.
pub type Metadata<C> = Call<C, operation::Metadata>;

impl Operation for operation::Metadata {
    type Output = Option<Json>;
    const META: &'static Meta = &Meta {
        not_found_codes: &[10009],
        ..Meta::new("shelf.metadata").route("GET", "/shelves/{shelf_id}/metadata/{key_name}")
    };

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.result()
    }
}

/// Reads a value.
pub type Value<C> = Call<C, operation::Value>;

impl Operation for operation::Value {
    type Output = StoredValue;
    const META: &'static Meta = &Meta {
        not_found_codes: &[10009],
        ..Meta::new("shelf.value").route("GET", "/shelves/{shelf_id}/values/{key_name}")
    };

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        Ok(StoredValue {
            body: response.binary(),
            expiration: response.header("expiration"),
        })
    }
}

/// Writes a value.
pub type Update<C> = Call<C, operation::Update>;

impl Operation for operation::Update {
    type Output = ();
    const META: &'static Meta = &Meta {
        body_format: BodyFormat::Form(Some("application/octet-stream")),
        ..Meta::new("shelf.update").route("PUT", "/shelves/{shelf_id}/values/{key_name}")
    };

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.empty()
    }
}

impl<C> Update<C> {
    /// In how many seconds the value expires: at least 60.
    pub fn expiration_ttl(self, expiration_ttl: i64) -> Self {
        self.with(
            Request::new()
                .json(ParamLocation::Query("expiration_ttl"), expiration_ttl)
                .limit(|it| minimum(it, 60)),
        )
    }

    /// Metadata of the value.
    pub fn metadata(self, metadata: impl Serialize) -> Self {
        self.with(
            Request::new()
                .json(
                    ParamLocation::Part("metadata", "application/json"),
                    metadata,
                )
                .limit(|it| max_bytes(it, 1_024)),
        )
    }
}

/// Writes many values.
pub type BulkUpdate<C> = Call<C, operation::BulkUpdate>;

impl Operation for operation::BulkUpdate {
    type Output = Outcome;
    const META: &'static Meta = &Meta {
        max_body: Some(1_000_000),
        ..Meta::new("shelf.bulk_update").route("PUT", "/shelves/{shelf_id}/bulk")
    };

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.result_or_default()
    }
}

/// Deletes many values.
pub type BulkDelete<C> = Call<C, operation::BulkDelete>;

impl Operation for operation::BulkDelete {
    type Output = Outcome;
    const META: &'static Meta = &Meta {
        idempotent: true,
        ..Meta::new("shelf.bulk_delete").route("POST", "/shelves/{shelf_id}/bulk/delete")
    };

    fn decode(_: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        response.result_or_default()
    }
}

/// Reads many values.
pub type BulkGet<C> = Call<C, operation::BulkGet>;

impl Operation for operation::BulkGet {
    type Output = Found;
    const META: &'static Meta = &Meta {
        idempotent: true,
        ..Meta::new("shelf.bulk_get").route("POST", "/shelves/{shelf_id}/bulk/get")
    };

    fn decode(request: &Request, response: &RawResponse) -> Result<Self::Output, DecodeError> {
        if request.is_true(ParamLocation::Property("withMetadata")) {
            response
                .result()
                .map(|FoundValues { values }| Found::WithMetadata(values))
        } else {
            response
                .result()
                .map(|FoundValues { values }| Found::Values(values))
        }
    }
}

impl<C> BulkGet<C> {
    /// Whether to return the metadata of each value.
    pub fn with_metadata(self, with_metadata: bool) -> Self {
        self.with(Request::new().json(ParamLocation::Property("withMetadata"), with_metadata))
    }
}

/// Types that name the operations.
pub mod operation {
    pub enum List {}
    pub enum Pages {}
    pub enum Create {}
    pub enum Rename {}
    pub enum Delete {}
    pub enum Metadata {}
    pub enum Value {}
    pub enum Update {}
    pub enum BulkUpdate {}
    pub enum BulkDelete {}
    pub enum BulkGet {}
}

impl Paged for operation::List {
    type Item = Thing;
    const BY: ParamLocation = ParamLocation::Query("cursor");
}

impl Paged for operation::Pages {
    type Item = Thing;
    const BY: ParamLocation = ParamLocation::Query("page");
}

impl Downloadable for operation::Value {}

impl<C> Download<C, operation::Value> {
    /// Expiration time in seconds since the epoch.
    pub fn expiration(&self) -> Option<i64> {
        self.header("expiration")
    }
}

impl Bulk for operation::BulkUpdate {
    const LIST: ParamLocation = ParamLocation::Body("pairs");
    const KEY: Option<&'static str> = Some("key");
    const MAX_ITEMS: usize = 10_000;

    fn failed(output: &mut Outcome) -> Option<&mut Vec<String>> {
        output.unsuccessful_keys.as_mut()
    }
}

impl Bulk for operation::BulkDelete {
    const LIST: ParamLocation = ParamLocation::Body("keys");
    const KEY: Option<&'static str> = None;
    const MAX_ITEMS: usize = 10_000;

    fn failed(output: &mut Outcome) -> Option<&mut Vec<String>> {
        output.unsuccessful_keys.as_mut()
    }
}

impl Bulk for operation::BulkGet {
    const LIST: ParamLocation = ParamLocation::Property("keys");
    const KEY: Option<&'static str> = None;
    const MAX_ITEMS: usize = 100;
}
