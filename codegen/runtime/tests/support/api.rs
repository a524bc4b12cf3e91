//! A small API as it would be generated, with one operation of each kind, in one file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::{
    ApiError, Binary, BodyFormat, Bulk, Call, Client, ClientBuilder, Credential,
    CredentialLocation, Download, Downloadable, Envelope, Json, JsonArray, Merge, Page, Paged,
    Paging, ParamLocation, Request, Result, Secret, Settings, Upload, ValidationError, builder,
    check, json_object, max_bytes, max_items, minimum, operations,
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

builder! {
    Pair(key: impl Into<String> => key.into(), value: impl Into<String> => value.into());
    base64: bool;
    metadata: impl Serialize => Json::new(metadata);
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
    pub fn list(&self) -> Call<C, List> {
        self.call(Request::new())
    }

    /// Lists things, with page numbers.
    pub fn pages(&self) -> Call<C, Pages> {
        self.call(Request::new())
    }

    /// Creates a thing.
    pub fn create(&self, name: impl Into<String>) -> Call<C, Create> {
        self.call(Request::new().text(ParamLocation::Property("name"), name))
    }

    /// Renames a thing.
    pub fn rename(&self, thing_id: impl Into<String>, name: impl Into<String>) -> Call<C, Rename> {
        self.call(
            Request::new()
                .text(ParamLocation::Path("thing_id"), thing_id)
                .text(ParamLocation::Property("name"), name),
        )
    }

    /// Deletes a thing.
    pub fn delete(&self, thing_id: impl Into<String>) -> Call<C, Delete> {
        self.call(Request::new().text(ParamLocation::Path("thing_id"), thing_id))
    }

    /// Reads the metadata of a value.
    pub fn metadata(&self, key_name: impl Into<String>) -> Call<C, Metadata> {
        self.call(
            Request::new()
                .text(ParamLocation::Path("key_name"), key_name)
                .limit(|it| max_bytes(it, 512)),
        )
    }

    /// Reads a value.
    pub fn value(&self, key_name: impl Into<String>) -> Call<C, Value> {
        self.call(
            Request::new()
                .text(ParamLocation::Path("key_name"), key_name)
                .limit(|it| max_bytes(it, 512)),
        )
    }

    /// Writes a value.
    pub fn update(&self, key_name: impl Into<String>, value: impl Into<Upload>) -> Call<C, Update> {
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
    pub fn bulk_update(&self, pairs: impl IntoIterator<Item = Pair>) -> Call<C, BulkUpdate> {
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
    pub fn bulk_delete(
        &self,
        keys: impl IntoIterator<Item = impl Into<String>>,
    ) -> Call<C, BulkDelete> {
        let keys = JsonArray::texts(keys, |key| max_bytes(key, 512));
        self.call(
            Request::new()
                .array(ParamLocation::Body("keys"), keys)
                .limit(|it| max_items(it, 10_000)),
        )
    }

    /// Reads several values.
    pub fn bulk_get(&self, keys: impl IntoIterator<Item = impl Into<String>>) -> Call<C, BulkGet> {
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

operations! {
    shelf Shelf;

    list: List => Page<Thing> {
        GET "/shelves/{shelf_id}/things"
            => |_, response| response.page(Paging::Cursor);
        /// Maximum number of things per page.
        limit: i64 => query json;
        /// Prefix of the names.
        prefix: impl Into<String> => query text;
        /// Cursor of the page.
        cursor: impl Into<String> => query text;
    }

    pages: Pages => Page<Thing> {
        GET "/shelves/{shelf_id}/pages"
            => |request, response| response.page(Paging::Number(request.value(ParamLocation::Query("page"))));
        /// Number of the page, from 1.
        page: i64 => query json;
        /// Maximum number of things per page.
        per_page: i64 => query json;
    }

    create: Create => Thing {
        POST "/shelves/{shelf_id}/things"
            => |_, response| response.result();
        /// Note.
        note: impl Into<String> => property text;
    }

    rename: Rename => Thing {
        PUT "/shelves/{shelf_id}/things/{thing_id}"
            => |request, response| response.result_or_else(|| Thing {
            name: request.value(ParamLocation::Property("name")).unwrap_or_default(),
            expiration: None,
            metadata: None,
        });
    }

    delete: Delete => () {
        DELETE "/shelves/{shelf_id}/things/{thing_id}"
            => |_, response| response.empty();
    }

    metadata: Metadata => Option<Json> {
        GET "/shelves/{shelf_id}/metadata/{key_name}", not_found_codes: &[10009]
            => |_, response| response.result();
    }

    value: Value => StoredValue {
        GET "/shelves/{shelf_id}/values/{key_name}", not_found_codes: &[10009]
            => |_, response| Ok(StoredValue {
            body: response.binary(),
            expiration: response.header("expiration"),
        });
    }

    update: Update => () {
        PUT "/shelves/{shelf_id}/values/{key_name}",
        body_format: BodyFormat::Form(Some("application/octet-stream"))
            => |_, response| response.empty();
        /// Time to live in seconds, at least 60.
        expiration_ttl: i64 => query json.limit(|it| minimum(it, 60));
        /// Metadata of the value.
        metadata: impl Serialize => part("metadata", "application/json") json.limit(|it| max_bytes(it, 1_024));
    }

    bulk_update: BulkUpdate => Outcome {
        PUT "/shelves/{shelf_id}/bulk", max_body: Some(1_000_000)
            => |_, response| response.result_or_default();
    }

    bulk_delete: BulkDelete => Outcome {
        POST "/shelves/{shelf_id}/bulk/delete", idempotent: true
            => |_, response| response.result_or_default();
    }

    bulk_get: BulkGet => Found {
        POST "/shelves/{shelf_id}/bulk/get", idempotent: true
            => |request, response| if request.is_true(ParamLocation::Property("withMetadata")) {
            response.result().map(|FoundValues { values }| Found::WithMetadata(values))
        } else {
            response.result().map(|FoundValues { values }| Found::Values(values))
        };
        /// True to include metadata.
        with_metadata: bool => property("withMetadata") json;
    }
}

impl Paged for List {
    type Item = Thing;
    const BY: ParamLocation = ParamLocation::Query("cursor");
}

impl Paged for Pages {
    type Item = Thing;
    const BY: ParamLocation = ParamLocation::Query("page");
}

impl Downloadable for Value {}

impl<C> Download<C, Value> {
    /// Expiration time in seconds since the epoch.
    pub fn expiration(&self) -> Option<i64> {
        self.header("expiration")
    }
}

impl Bulk for BulkUpdate {
    const LIST: ParamLocation = ParamLocation::Body("pairs");
    const KEY: Option<&'static str> = Some("key");
    const MAX_ITEMS: usize = 10_000;

    fn failed(output: &mut Outcome) -> Option<&mut Vec<String>> {
        output.unsuccessful_keys.as_mut()
    }
}

impl Bulk for BulkDelete {
    const LIST: ParamLocation = ParamLocation::Body("keys");
    const KEY: Option<&'static str> = None;
    const MAX_ITEMS: usize = 10_000;

    fn failed(output: &mut Outcome) -> Option<&mut Vec<String>> {
        output.unsuccessful_keys.as_mut()
    }
}

impl Bulk for BulkGet {
    const LIST: ParamLocation = ParamLocation::Property("keys");
    const KEY: Option<&'static str> = None;
    const MAX_ITEMS: usize = 100;
}
