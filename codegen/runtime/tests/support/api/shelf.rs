//! The group of operations, with a method for each.

use super::{
    BulkDelete, BulkGet, BulkTouch, BulkUpdate, Create, Delete, List, Metadata, Pages, Pair,
    Rename, Update, Value,
};
use crate::runtime::{
    Call, JsonArray, ParamLocation, Request, Upload, max_bytes, max_items, min_items,
};

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
                .limit(|value| max_bytes(value, 512)),
        )
    }

    /// Reads a value.
    pub fn value(&self, key_name: impl Into<String>) -> Value<C> {
        self.call(
            Request::new()
                .text(ParamLocation::Path("key_name"), key_name)
                .limit(|value| max_bytes(value, 512)),
        )
    }

    /// Writes a value.
    pub fn update(&self, key_name: impl Into<String>, value: impl Into<Upload>) -> Update<C> {
        self.call(
            Request::new()
                .text(ParamLocation::Path("key_name"), key_name)
                .limit(|value| max_bytes(value, 512))
                .content(
                    ParamLocation::Part("value", "application/octet-stream"),
                    value,
                )
                .limit(|value| max_bytes(value, 26_214_400)),
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
                .limit(|value| max_items(value, 10_000)),
        )
    }

    /// Deletes several values.
    pub fn bulk_delete(&self, keys: impl IntoIterator<Item = impl Into<String>>) -> BulkDelete<C> {
        let keys = JsonArray::texts(keys, |key| max_bytes(key, 512));
        self.call(
            Request::new()
                .array(ParamLocation::Body("keys"), keys)
                .limit(|value| max_items(value, 10_000)),
        )
    }

    /// Reads several values.
    pub fn bulk_get(&self, keys: impl IntoIterator<Item = impl Into<String>>) -> BulkGet<C> {
        let keys = JsonArray::texts(keys, |key| max_bytes(key, 512));
        self.call(
            Request::new()
                .array(ParamLocation::Property("keys"), keys)
                .limit(|value| max_items(value, 100)),
        )
    }

    /// Changes the times of several values.
    pub fn bulk_touch(&self, keys: impl IntoIterator<Item = impl Into<String>>) -> BulkTouch<C> {
        let keys = JsonArray::texts(keys, |key| max_bytes(key, 512));
        self.call(
            Request::new()
                .array(ParamLocation::Body("keys"), keys)
                .limit(|value| min_items(value, 3))
                .limit(|value| max_items(value, 10)),
        )
    }

    fn call<O>(&self, request: Request) -> Call<C, O> {
        let request = request.text(ParamLocation::Path("shelf_id"), &self.shelf_id);
        Call::new(&self.client, request)
    }
}
