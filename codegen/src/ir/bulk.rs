//! Bulk operations: splitting of a list over several requests.

/// Division of the list of an operation into several requests.
#[derive(Clone, Debug)]
pub struct Bulk {
    /// Rust name of the required list argument. It is sent in a JSON body.
    pub argument: String,
    /// Minimum number of items of one request.
    pub min_items: u64,
    /// Maximum number of items of one request, at least one.
    pub max_items: u64,
    /// Wire name of the property that identifies an item. `None` if an item is a string that identifies itself.
    pub key: Option<String>,
    /// Rust name of the result field that lists the keys to send again. The result is then a struct.
    pub failed_keys: Option<String>,
    /// Default number of items of one request, if it is not `max_items`.
    pub batch_items: Option<u64>,
    /// Default size of the body of one request in bytes, if it is limited.
    pub batch_bytes: Option<u64>,
    /// Statuses from 500 to 599 after which a request is halved, in addition to 413.
    pub halve_on: Vec<u16>,
    /// True if items can be read from a JSON array. The items are then structs.
    pub from_json: bool,
    /// Fields of an item for bytes.
    pub base64: Option<Base64>,
}

/// Fields of an item that can contain bytes as Base64.
#[derive(Clone, Debug)]
pub struct Base64 {
    /// Rust name of the required string with the text or the Base64.
    pub value: String,
    /// Rust name of the optional boolean that is true for Base64.
    pub flag: String,
}
