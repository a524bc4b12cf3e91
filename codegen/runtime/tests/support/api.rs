//! A small API as the generator would emit it: one operation of each kind, here in one file instead of several.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::{
    Answer, ApiError, Binary, Bulk, Call, Client, ClientBuilder, Credential, Download,
    Downloadable, Envelope, Failure, Form, Items, Json, Merge, Meta, Operation, Page, Paged,
    Paging, Place, Refusal, Request, Result, Secret, Settings, Upload, builder, check, max_bytes,
    max_items, minimum, object,
};

// ---- client.rs

static API_TOKEN: Credential = Credential {
    method: "api_token",
    secrets: &[Secret {
        place: Place::Bearer,
        variable: Some("SHELF_TOKEN"),
    }],
};

static API_KEY: Credential = Credential {
    method: "api_key",
    secrets: &[
        Secret {
            place: Place::Header("X-Auth-Key"),
            variable: Some("SHELF_KEY"),
        },
        Secret {
            place: Place::Header("X-Auth-Email"),
            variable: Some("SHELF_EMAIL"),
        },
    ],
};

static SESSION: Credential = Credential {
    method: "session",
    secrets: &[
        Secret {
            place: Place::Cookie("session"),
            variable: None,
        },
        Secret {
            place: Place::Query("signature"),
            variable: None,
        },
    ],
};

static LOGIN: Credential = Credential {
    method: "login",
    secrets: &[
        Secret {
            place: Place::BasicUser,
            variable: None,
        },
        Secret {
            place: Place::BasicPassword,
            variable: None,
        },
    ],
};

pub(crate) static SETTINGS: Settings = Settings {
    base_url: Some("https://shelf.example/client/v4"),
    base_url_variable: Some("SHELF_BASE_URL"),
    user_agent: "shelf/0.1.0",
    credentials: &[&API_TOKEN, &API_KEY, &SESSION, &LOGIN],
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

    /// Authenticates with a key and the e-mail address that it belongs to.
    pub fn api_key(self, key: impl Into<String>, email: impl Into<String>) -> Self {
        self.credential(&API_KEY, [key.into(), email.into()])
    }

    /// Authenticates with a session and a signature.
    pub fn session(self, session: impl Into<String>, signature: impl Into<String>) -> Self {
        self.credential(&SESSION, [session.into(), signature.into()])
    }

    /// Authenticates with a name and a password.
    pub fn login(self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credential(&LOGIN, [user.into(), password.into()])
    }
}

impl Client {
    /// Configures a client.
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new(&SETTINGS)
    }

    /// Makes a client with what the environment says.
    pub fn from_env() -> Result<Self> {
        Self::builder().env().build()
    }

    /// Everything on one shelf.
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

    /// Makes a client with what the environment says.
    pub fn from_env() -> Result<Self> {
        Self::builder().env().build()
    }

    /// Everything on one shelf.
    pub fn shelf(&self, shelf_id: impl Into<String>) -> Shelf<Self> {
        Shelf::new(self.clone(), shelf_id.into())
    }
}

impl ApiError {
    /// The id under which the server logged the call.
    pub fn ray_id(&self) -> Option<&str> {
        self.header("cf-ray")
    }
}

// ---- types.rs

/// A thing that has a name.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Thing {
    /// Its name.
    pub name: String,
    /// When it goes, in seconds since the epoch.
    pub expiration: Option<i64>,
    /// Anything.
    pub metadata: Option<Json>,
}

object! { Thing { name, expiration: opt int, metadata: opt kept } }

/// What came of a bulk call.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Outcome {
    /// How many went well.
    pub successful_key_count: Option<i64>,
    /// The names of the rest.
    pub unsuccessful_keys: Option<Vec<String>>,
}

object! { Outcome { successful_key_count: opt int, unsuccessful_keys: opt } }

impl Merge for Outcome {
    fn absorb(&mut self, other: Self) {
        self.successful_key_count.absorb(other.successful_key_count);
        self.unsuccessful_keys.absorb(other.unsuccessful_keys);
    }
}

/// A name and a value to store under it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Pair {
    /// At most 512 bytes.
    pub key: String,
    /// At most 25 MiB.
    pub value: String,
    /// Whether the value is Base64.
    pub base64: Option<bool>,
    /// Anything.
    pub metadata: Option<Json>,
}

object! { Pair { key, value, base64: opt, metadata: opt kept } }

builder! {
    Pair(key: impl Into<String> => key.into(), value: impl Into<String> => value.into());
    base64: bool;
    metadata: impl Serialize => Json::new(metadata);
}

impl Pair {
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        check("key", max_bytes(&self.key, 512))?;
        if self.base64 != Some(true) {
            check("value", max_bytes(&self.value, 26_214_400))?;
        }
        check("metadata", max_bytes(&self.metadata, 1_024))
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// Values alone.
    Values(BTreeMap<String, Option<Json>>),
    /// Values with what is kept beside them.
    WithMetadata(BTreeMap<String, Option<Entry>>),
}

impl Merge for Found {
    fn absorb(&mut self, other: Self) {
        match (self, other) {
            (Self::Values(one), Self::Values(other)) => one.absorb(other),
            (Self::WithMetadata(one), Self::WithMetadata(other)) => one.absorb(other),
            // All of one call are of one case.
            _ => (),
        }
    }
}

#[derive(Deserialize)]
struct FoundValues<T> {
    values: T,
}

/// A value with what is kept beside it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// The value.
    pub value: Option<Json>,
    /// When it goes, in seconds since the epoch.
    pub expiration: Option<i64>,
}

object! { Entry { value: opt kept, expiration: opt int } }

/// A stored value.
#[derive(Clone, Debug)]
pub struct StoredValue {
    body: Binary,
    expiration: Option<i64>,
}

impl StoredValue {
    /// The value.
    pub fn bytes(&self) -> &bytes::Bytes {
        self.body.bytes()
    }

    /// The value, when it is UTF-8.
    pub fn text(&self) -> Result<&str> {
        self.body.text()
    }

    /// The value, when it is JSON of this type.
    pub fn json<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        self.body.json()
    }

    /// When it goes, in seconds since the epoch.
    pub fn expiration(&self) -> Option<i64> {
        self.expiration
    }
}

// ---- api/shelf.rs

/// Everything on one shelf.
#[derive(Clone, Debug)]
pub struct Shelf<C> {
    client: C,
    shelf_id: String,
}

impl<C: Clone> Shelf<C> {
    pub(crate) fn new(client: C, shelf_id: String) -> Self {
        Self { client, shelf_id }
    }

    /// Lists things, by cursor.
    pub fn list(&self) -> Call<C, List> {
        Call::new(
            &self.client,
            List {
                shelf_id: self.shelf_id.clone(),
                limit: None,
                prefix: None,
                cursor: None,
            },
        )
    }

    /// Lists things, by page number.
    pub fn pages(&self) -> Call<C, Pages> {
        Call::new(
            &self.client,
            Pages {
                shelf_id: self.shelf_id.clone(),
                page: None,
                per_page: None,
            },
        )
    }

    /// Makes a thing.
    pub fn create(&self, name: impl Into<String>) -> Call<C, Create> {
        Call::new(
            &self.client,
            Create {
                shelf_id: self.shelf_id.clone(),
                name: name.into(),
                note: None,
            },
        )
    }

    /// Renames a thing.
    pub fn rename(&self, thing_id: impl Into<String>, name: impl Into<String>) -> Call<C, Rename> {
        Call::new(
            &self.client,
            Rename {
                shelf_id: self.shelf_id.clone(),
                thing_id: thing_id.into(),
                name: name.into(),
            },
        )
    }

    /// Deletes a thing.
    pub fn delete(&self, thing_id: impl Into<String>) -> Call<C, Delete> {
        Call::new(
            &self.client,
            Delete {
                shelf_id: self.shelf_id.clone(),
                thing_id: thing_id.into(),
            },
        )
    }

    /// Reads what is kept beside a value.
    pub fn metadata(&self, key_name: impl Into<String>) -> Call<C, Metadata> {
        Call::new(
            &self.client,
            Metadata {
                shelf_id: self.shelf_id.clone(),
                key_name: key_name.into(),
            },
        )
    }

    /// Reads a value.
    pub fn value(&self, key_name: impl Into<String>) -> Call<C, Value> {
        Call::new(
            &self.client,
            Value {
                shelf_id: self.shelf_id.clone(),
                key_name: key_name.into(),
            },
        )
    }

    /// Writes a value.
    pub fn update(&self, key_name: impl Into<String>, value: impl Into<Upload>) -> Call<C, Update> {
        Call::new(
            &self.client,
            Update {
                shelf_id: self.shelf_id.clone(),
                key_name: key_name.into(),
                value: value.into(),
                expiration_ttl: None,
                metadata: None,
            },
        )
    }

    /// Writes many values.
    pub fn bulk_update(&self, pairs: impl IntoIterator<Item = Pair>) -> Call<C, BulkUpdate> {
        Call::new(
            &self.client,
            BulkUpdate {
                shelf_id: self.shelf_id.clone(),
                pairs: Items::new(pairs, Pair::check),
            },
        )
    }

    /// Deletes many values.
    pub fn bulk_delete(
        &self,
        keys: impl IntoIterator<Item = impl Into<String>>,
    ) -> Call<C, BulkDelete> {
        Call::new(
            &self.client,
            BulkDelete {
                shelf_id: self.shelf_id.clone(),
                keys: Items::new(keys.into_iter().map(Into::into), |key: &String| {
                    max_bytes(key, 512)
                }),
            },
        )
    }

    /// Reads many values.
    pub fn bulk_get(&self, keys: impl IntoIterator<Item = impl Into<String>>) -> Call<C, BulkGet> {
        Call::new(
            &self.client,
            BulkGet {
                shelf_id: self.shelf_id.clone(),
                keys: Items::new(keys.into_iter().map(Into::into), |key: &String| {
                    max_bytes(key, 512)
                }),
                with_metadata: None,
            },
        )
    }
}

/// The operation behind [`Shelf::list`].
#[derive(Clone)]
pub struct List {
    shelf_id: String,
    limit: Option<i64>,
    prefix: Option<String>,
    cursor: Option<String>,
}

impl<C> Call<C, List> {
    /// How many things a page has at most.
    pub fn limit(mut self, limit: i64) -> Self {
        self.operation.limit = Some(limit);
        self
    }

    /// Only things whose names start so.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.operation.prefix = Some(prefix.into());
        self
    }

    /// Where to go on.
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.operation.cursor = Some(cursor.into());
        self
    }
}

impl Operation for List {
    type Output = Page<Thing>;
    const META: &'static Meta = &Meta {
        operation: "shelf.list",
        method: "GET",
        path: "/shelves/{shelf_id}/things",
        ..Meta::DEFAULT
    };

    fn request(&self) -> Result<Request, Refusal> {
        Request::new(Self::META)
            .path("shelf_id", &self.shelf_id)
            .query("limit", self.limit)
            .query("prefix", self.prefix.as_ref())
            .query("cursor", self.cursor.as_ref())
            .build()
    }

    fn decode(&self, answer: &Answer) -> Result<Self::Output, Failure> {
        answer.page(Paging::Cursor)
    }
}

impl Paged for List {
    type Item = Thing;

    fn next(&self, page: &Page<Thing>) -> Option<Self> {
        let cursor = Some(page.next_cursor()?.to_owned());
        Some(Self {
            cursor,
            ..self.clone()
        })
    }
}

/// The operation behind [`Shelf::pages`].
#[derive(Clone)]
pub struct Pages {
    shelf_id: String,
    page: Option<i64>,
    per_page: Option<i64>,
}

impl<C> Call<C, Pages> {
    /// Which page, from 1.
    pub fn page(mut self, page: i64) -> Self {
        self.operation.page = Some(page);
        self
    }

    /// How many things a page has at most.
    pub fn per_page(mut self, per_page: i64) -> Self {
        self.operation.per_page = Some(per_page);
        self
    }
}

impl Operation for Pages {
    type Output = Page<Thing>;
    const META: &'static Meta = &Meta {
        operation: "shelf.pages",
        method: "GET",
        path: "/shelves/{shelf_id}/pages",
        ..Meta::DEFAULT
    };

    fn request(&self) -> Result<Request, Refusal> {
        Request::new(Self::META)
            .path("shelf_id", &self.shelf_id)
            .query("page", self.page)
            .query("per_page", self.per_page)
            .build()
    }

    fn decode(&self, answer: &Answer) -> Result<Self::Output, Failure> {
        answer.page(Paging::Number(self.page))
    }
}

impl Paged for Pages {
    type Item = Thing;

    fn next(&self, page: &Page<Thing>) -> Option<Self> {
        let page = Some(page.next_page()?);
        Some(Self {
            page,
            ..self.clone()
        })
    }
}

/// The operation behind [`Shelf::create`].
#[derive(Clone)]
pub struct Create {
    shelf_id: String,
    name: String,
    note: Option<String>,
}

#[derive(Serialize)]
struct CreateBody<'a> {
    name: &'a String,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: &'a Option<String>,
}

impl<C> Call<C, Create> {
    /// What to know about it.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.operation.note = Some(note.into());
        self
    }
}

impl Operation for Create {
    type Output = Thing;
    const META: &'static Meta = &Meta {
        operation: "shelf.create",
        method: "POST",
        path: "/shelves/{shelf_id}/things",
        ..Meta::DEFAULT
    };

    fn request(&self) -> Result<Request, Refusal> {
        Request::new(Self::META)
            .path("shelf_id", &self.shelf_id)
            .json(Some(&CreateBody {
                name: &self.name,
                note: &self.note,
            }))
            .build()
    }

    fn decode(&self, answer: &Answer) -> Result<Self::Output, Failure> {
        answer.result()
    }
}

/// The operation behind [`Shelf::rename`].
#[derive(Clone)]
pub struct Rename {
    shelf_id: String,
    thing_id: String,
    name: String,
}

#[derive(Serialize)]
struct RenameBody<'a> {
    name: &'a String,
}

impl Operation for Rename {
    type Output = Thing;
    const META: &'static Meta = &Meta {
        operation: "shelf.rename",
        method: "PUT",
        path: "/shelves/{shelf_id}/things/{thing_id}",
        ..Meta::DEFAULT
    };

    fn request(&self) -> Result<Request, Refusal> {
        Request::new(Self::META)
            .path("shelf_id", &self.shelf_id)
            .path("thing_id", &self.thing_id)
            .json(Some(&RenameBody { name: &self.name }))
            .build()
    }

    fn decode(&self, answer: &Answer) -> Result<Self::Output, Failure> {
        answer.result_or_else(|| Thing {
            name: self.name.clone(),
            expiration: None,
            metadata: None,
        })
    }
}

/// The operation behind [`Shelf::delete`].
#[derive(Clone)]
pub struct Delete {
    shelf_id: String,
    thing_id: String,
}

impl Operation for Delete {
    type Output = ();
    const META: &'static Meta = &Meta {
        operation: "shelf.delete",
        method: "DELETE",
        path: "/shelves/{shelf_id}/things/{thing_id}",
        ..Meta::DEFAULT
    };

    fn request(&self) -> Result<Request, Refusal> {
        Request::new(Self::META)
            .path("shelf_id", &self.shelf_id)
            .path("thing_id", &self.thing_id)
            .build()
    }

    fn decode(&self, answer: &Answer) -> Result<Self::Output, Failure> {
        answer.nothing()
    }
}

/// The operation behind [`Shelf::metadata`].
#[derive(Clone)]
pub struct Metadata {
    shelf_id: String,
    key_name: String,
}

impl Operation for Metadata {
    type Output = Option<Json>;
    const META: &'static Meta = &Meta {
        operation: "shelf.metadata",
        method: "GET",
        path: "/shelves/{shelf_id}/metadata/{key_name}",
        absent: &[10009],
        ..Meta::DEFAULT
    };

    fn request(&self) -> Result<Request, Refusal> {
        Request::new(Self::META)
            .check("key_name", max_bytes(&self.key_name, 512))
            .path("shelf_id", &self.shelf_id)
            .path("key_name", &self.key_name)
            .build()
    }

    fn decode(&self, answer: &Answer) -> Result<Self::Output, Failure> {
        answer.result()
    }
}

/// The operation behind [`Shelf::value`].
#[derive(Clone)]
pub struct Value {
    shelf_id: String,
    key_name: String,
}

impl Operation for Value {
    type Output = StoredValue;
    const META: &'static Meta = &Meta {
        operation: "shelf.value",
        method: "GET",
        path: "/shelves/{shelf_id}/values/{key_name}",
        absent: &[10009],
        ..Meta::DEFAULT
    };

    fn request(&self) -> Result<Request, Refusal> {
        Request::new(Self::META)
            .check("key_name", max_bytes(&self.key_name, 512))
            .path("shelf_id", &self.shelf_id)
            .path("key_name", &self.key_name)
            .build()
    }

    fn decode(&self, answer: &Answer) -> Result<Self::Output, Failure> {
        Ok(StoredValue {
            body: answer.binary(),
            expiration: answer.header("expiration"),
        })
    }
}

impl Downloadable for Value {}

impl<C> Download<C, Value> {
    /// When it goes, in seconds since the epoch.
    pub fn expiration(&self) -> Option<i64> {
        self.header("expiration")
    }
}

/// The operation behind [`Shelf::update`].
#[derive(Clone)]
pub struct Update {
    shelf_id: String,
    key_name: String,
    value: Upload,
    expiration_ttl: Option<i64>,
    metadata: Option<Json>,
}

impl<C> Call<C, Update> {
    /// In how many seconds the value goes: at least 60.
    pub fn expiration_ttl(mut self, expiration_ttl: i64) -> Self {
        self.operation.expiration_ttl = Some(expiration_ttl);
        self
    }

    /// Keeps something beside the value.
    pub fn metadata(mut self, metadata: impl Serialize) -> Self {
        self.operation.metadata = Some(Json::new(metadata));
        self
    }
}

impl Operation for Update {
    type Output = ();
    const META: &'static Meta = &Meta {
        operation: "shelf.update",
        method: "PUT",
        path: "/shelves/{shelf_id}/values/{key_name}",
        ..Meta::DEFAULT
    };

    fn request(&self) -> Result<Request, Refusal> {
        Request::new(Self::META)
            .check("key_name", max_bytes(&self.key_name, 512))
            .check("value", max_bytes(&self.value, 26_214_400))
            .check("expiration_ttl", minimum(&self.expiration_ttl, 60))
            .check("metadata", max_bytes(&self.metadata, 1_024))
            .path("shelf_id", &self.shelf_id)
            .path("key_name", &self.key_name)
            .query("expiration_ttl", self.expiration_ttl)
            .form(
                Some("application/octet-stream"),
                Form::new()
                    .file("value", Some(&self.value))
                    .json("metadata", self.metadata.as_ref()),
            )
            .build()
    }

    fn decode(&self, answer: &Answer) -> Result<Self::Output, Failure> {
        answer.nothing()
    }
}

/// The operation behind [`Shelf::bulk_update`].
#[derive(Clone)]
pub struct BulkUpdate {
    shelf_id: String,
    pairs: Items,
}

impl Operation for BulkUpdate {
    type Output = Outcome;
    const META: &'static Meta = &Meta {
        operation: "shelf.bulk_update",
        method: "PUT",
        path: "/shelves/{shelf_id}/bulk",
        max_body: Some(1_000_000),
        ..Meta::DEFAULT
    };

    fn request(&self) -> Result<Request, Refusal> {
        Request::new(Self::META)
            .check("pairs", max_items(&self.pairs, 10_000))
            .path("shelf_id", &self.shelf_id)
            .items("pairs", Some(&self.pairs))
            .build()
    }

    fn decode(&self, answer: &Answer) -> Result<Self::Output, Failure> {
        answer.result_or_default()
    }
}

impl Bulk for BulkUpdate {
    const ARGUMENT: &'static str = "pairs";
    const KEY: Option<&'static str> = Some("key");
    const MAX_ITEMS: usize = 10_000;

    fn items(&self) -> &Items {
        &self.pairs
    }

    fn with_items(&self, pairs: Items) -> Self {
        Self {
            pairs,
            ..self.clone()
        }
    }

    fn failed(output: &mut Outcome) -> Option<&mut Vec<String>> {
        output.unsuccessful_keys.as_mut()
    }
}

/// The operation behind [`Shelf::bulk_delete`].
#[derive(Clone)]
pub struct BulkDelete {
    shelf_id: String,
    keys: Items,
}

impl Operation for BulkDelete {
    type Output = Outcome;
    const META: &'static Meta = &Meta {
        operation: "shelf.bulk_delete",
        method: "POST",
        path: "/shelves/{shelf_id}/bulk/delete",
        idempotent: true,
        ..Meta::DEFAULT
    };

    fn request(&self) -> Result<Request, Refusal> {
        Request::new(Self::META)
            .check("keys", max_items(&self.keys, 10_000))
            .path("shelf_id", &self.shelf_id)
            .items("keys", Some(&self.keys))
            .build()
    }

    fn decode(&self, answer: &Answer) -> Result<Self::Output, Failure> {
        answer.result_or_default()
    }
}

impl Bulk for BulkDelete {
    const ARGUMENT: &'static str = "keys";
    const KEY: Option<&'static str> = None;
    const MAX_ITEMS: usize = 10_000;

    fn items(&self) -> &Items {
        &self.keys
    }

    fn with_items(&self, keys: Items) -> Self {
        Self {
            keys,
            ..self.clone()
        }
    }

    fn failed(output: &mut Outcome) -> Option<&mut Vec<String>> {
        output.unsuccessful_keys.as_mut()
    }
}

/// The operation behind [`Shelf::bulk_get`].
#[derive(Clone)]
pub struct BulkGet {
    shelf_id: String,
    keys: Items,
    with_metadata: Option<bool>,
}

#[derive(Serialize)]
struct BulkGetBody<'a> {
    keys: &'a Items,
    #[serde(rename = "withMetadata", skip_serializing_if = "Option::is_none")]
    with_metadata: Option<bool>,
}

impl<C> Call<C, BulkGet> {
    /// Whether to tell what is kept beside each value.
    pub fn with_metadata(mut self, with_metadata: bool) -> Self {
        self.operation.with_metadata = Some(with_metadata);
        self
    }
}

impl Operation for BulkGet {
    type Output = Found;
    const META: &'static Meta = &Meta {
        operation: "shelf.bulk_get",
        method: "POST",
        path: "/shelves/{shelf_id}/bulk/get",
        idempotent: true,
        ..Meta::DEFAULT
    };

    fn request(&self) -> Result<Request, Refusal> {
        Request::new(Self::META)
            .check("keys", max_items(&self.keys, 100))
            .check("keys", self.keys.check())
            .path("shelf_id", &self.shelf_id)
            .json(Some(&BulkGetBody {
                keys: &self.keys,
                with_metadata: self.with_metadata,
            }))
            .build()
    }

    fn decode(&self, answer: &Answer) -> Result<Self::Output, Failure> {
        if self.with_metadata == Some(true) {
            answer
                .result()
                .map(|FoundValues { values }| Found::WithMetadata(values))
        } else {
            answer
                .result()
                .map(|FoundValues { values }| Found::Values(values))
        }
    }
}

impl Bulk for BulkGet {
    const ARGUMENT: &'static str = "keys";
    const KEY: Option<&'static str> = None;
    const MAX_ITEMS: usize = 100;

    fn items(&self) -> &Items {
        &self.keys
    }

    fn with_items(&self, keys: Items) -> Self {
        Self {
            keys,
            ..self.clone()
        }
    }
}
