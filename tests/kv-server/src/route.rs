//! Selects the operation by method and path, stores its changes, and returns its response.

use hyper::StatusCode;

use crate::effect::{Effect, Outcome};
use crate::envelope::{HttpResponse, failure};
use crate::error::ApiError;
use crate::request::Request;
use crate::service::{Service, is_id, random_id};
use crate::store::{Namespace, Store};
use crate::{auth, bulk, bulk_get, keys, namespaces, path, values};

/// The prefix of all paths.
pub(crate) const BASE_PATH: &str = "/client/v4";

type Reply = Result<HttpResponse, ApiError>;

/// An operation on the contents of a namespace.
type Operation = fn(&Call<'_>) -> Outcome;

/// The input of an [`Operation`].
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    /// The name of the operation in error texts.
    pub(crate) op: &'static str,
    pub(crate) request: &'a Request,
    pub(crate) namespace: &'a Namespace,
    /// The decoded key. Empty if the path contains no key.
    pub(crate) key: &'a str,
    pub(crate) now: i64,
    pub(crate) page_size_cap: usize,
    failing_keys: &'a [String],
}

impl Call<'_> {
    /// True if a fault makes a bulk call fail for this key.
    pub(crate) fn fails(&self, key: &str) -> bool {
        self.failing_keys.iter().any(|failing| failing == key)
    }
}

/// Bulk calls fail for the keys in `failing_keys`.
pub(crate) fn response(
    service: &Service,
    request: &Request,
    failing_keys: &[String],
) -> HttpResponse {
    route(service, request, failing_keys).unwrap_or_else(failure)
}

fn route(service: &Service, request: &Request, failing_keys: &[String]) -> Reply {
    auth::check(&service.credentials, &request.headers)?;
    let unroutable = || ApiError::unroutable(&request.path);
    let path = request
        .path
        .strip_prefix(BASE_PATH)
        .ok_or_else(unroutable)?;
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let [
        "accounts",
        account,
        "storage",
        "kv",
        "namespaces",
        rest @ ..,
    ] = &segments[..]
    else {
        return Err(unroutable());
    };
    // A trailing slash gives an empty segment, which is not a key.
    if !is_id(account) || matches!(rest, ["", ..] | [_, ""]) {
        return Err(unroutable());
    }
    if !service.accepts_account(account) {
        return Err(ApiError::unauthenticated(StatusCode::FORBIDDEN));
    }
    match rest {
        [] => on_account(service, request, account),
        [id, ..] if !is_id(id) => {
            let why = format!("'uuid: incorrect UUID length: {id}'");
            let message = format!("could not parse UUID from request's namespace_id: {why}");
            Err(ApiError::new(message).code(10_011))
        }
        [id] => on_namespace(service, request, (account, id)),
        [id, rest @ ..] => on_contents(service, request, (account, id), rest, failing_keys),
    }
}

fn on_account(service: &Service, request: &Request, account: &str) -> Reply {
    let mut store = service.store();
    let namespaces = store.namespaces(account);
    let id = random_id();
    let effect = match request.method.as_str() {
        "GET" => namespaces::list(namespaces, request, service.page_size_cap),
        "POST" => namespaces::create(namespaces, &id, request),
        _ => Err(ApiError::unroutable(&request.path)),
    };
    commit(&mut store, (account, &id), effect?)
}

fn on_namespace(service: &Service, request: &Request, (account, id): (&str, &str)) -> Reply {
    let mut store = service.store();
    let namespaces = store.namespaces(account);
    let effect = match request.method.as_str() {
        "GET" => namespaces::get(namespaces, id),
        "PUT" => namespaces::rename(namespaces, id, request),
        "DELETE" => namespaces::delete(namespaces, id),
        _ => Err(ApiError::unroutable(&request.path)),
    };
    commit(&mut store, (account, id), effect?)
}

fn on_contents(
    service: &Service,
    request: &Request,
    (account, id): (&str, &str),
    rest: &[&str],
    failing_keys: &[String],
) -> Reply {
    let (operation, op, key): (Operation, _, _) = match (request.method.as_str(), rest) {
        ("GET", ["keys"]) => (keys::list, "list keys", ""),
        ("GET", ["values", key]) if !key.is_empty() => (values::get, "get", *key),
        ("PUT", ["values", key]) if !key.is_empty() => (values::put, "put", *key),
        ("DELETE", ["values", key]) if !key.is_empty() => (values::delete, "remove key", *key),
        ("GET", ["metadata", key]) if !key.is_empty() => (values::metadata, "get", *key),
        ("PUT", ["bulk"]) => (bulk::put, "bulk put keys", ""),
        // The second path is the older one.
        ("POST", ["bulk", "delete"]) | ("DELETE", ["bulk"]) => {
            (bulk::delete, "bulk remove keys", "")
        }
        ("POST", ["bulk", "get"]) => (bulk_get::get, "bulk get keys", ""),
        _ => return Err(ApiError::unroutable(&request.path)),
    };
    let now = service.clock.now();
    let mut store = service.store();
    store
        .expire(account, id, now)
        .map_err(|error| ApiError::storage(&error))?;
    let namespace = store
        .namespaces(account)
        .get(id)
        .ok_or_else(|| ApiError::namespace_not_found(op))?;
    let key =
        &path::decode(key).ok_or_else(|| ApiError::of(op, "could not URL-decode key name"))?;
    let effect = operation(&Call {
        op,
        request,
        namespace,
        key,
        now,
        page_size_cap: service.page_size_cap,
        failing_keys,
    });
    commit(&mut store, (account, id), effect?)
}

/// Stores the changes of an operation, and returns its response.
fn commit(store: &mut Store, (account, id): (&str, &str), effect: Effect) -> Reply {
    store
        .apply(account, id, effect.changes)
        .map_err(|error| ApiError::storage(&error))?;
    Ok(effect.response)
}
