//! Selects the operation by method and path, and returns its response.

use hyper::StatusCode;

use crate::envelope::{HttpResponse, Reply, failure};
use crate::error::ApiError;
use crate::request::Request;
use crate::service::Service;
use crate::store::Namespace;
use crate::{auth, bulk, bulk_get, keys, namespaces, path, values};

/// The prefix of all paths.
pub(crate) const BASE_PATH: &str = "/client/v4";

/// An operation on the contents of a namespace.
type Operation = fn(&Call<'_>, &mut Namespace) -> Reply;

/// The input of an [`Operation`].
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    /// The name of the operation in error texts.
    pub(crate) op: &'static str,
    pub(crate) request: &'a Request,
    /// The decoded key. Empty if the path contains no key.
    pub(crate) key: &'a str,
    pub(crate) now: i64,
    pub(crate) page_size_cap: usize,
}

pub(crate) fn response(service: &Service, request: &Request) -> HttpResponse {
    route(service, request).unwrap_or_else(failure)
}

fn route(service: &Service, request: &Request) -> Reply {
    auth::check(&service.account, &request.headers)?;
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
    if *account != service.account.id {
        return Err(ApiError::unauthenticated(StatusCode::FORBIDDEN));
    }
    match rest {
        [] => on_account(service, request),
        [id, ..] if !is_id(id) => {
            let why = format!("'uuid: incorrect UUID length: {id}'");
            let message = format!("could not parse UUID from request's namespace_id: {why}");
            Err(ApiError::new(message).code(10_011))
        }
        [id] => on_namespace(service, request, id),
        [id, rest @ ..] => on_contents(service, request, id, rest),
    }
}

fn on_account(service: &Service, request: &Request) -> Reply {
    let mut namespaces = service.namespaces();
    match request.method.as_str() {
        "GET" => namespaces::list(&namespaces, request, service.page_size_cap),
        "POST" => namespaces::create(&mut namespaces, request),
        _ => Err(ApiError::unroutable(&request.path)),
    }
}

fn on_namespace(service: &Service, request: &Request, id: &str) -> Reply {
    let mut namespaces = service.namespaces();
    match request.method.as_str() {
        "GET" => namespaces::get(&namespaces, id),
        "PUT" => namespaces::rename(&mut namespaces, id, request),
        "DELETE" => namespaces::delete(&mut namespaces, id),
        _ => Err(ApiError::unroutable(&request.path)),
    }
}

fn on_contents(service: &Service, request: &Request, id: &str, rest: &[&str]) -> Reply {
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
    let mut namespaces = service.namespaces();
    let namespace = namespaces
        .get_mut(id)
        .ok_or_else(|| ApiError::namespace_not_found(op))?;
    let key =
        &path::decode(key).ok_or_else(|| ApiError::of(op, "could not URL-decode key name"))?;
    let now = service.clock.now();
    namespace.expire(now);
    operation(
        &Call {
            op,
            request,
            key,
            now,
            page_size_cap: service.page_size_cap,
        },
        namespace,
    )
}

/// True if the text has the form of an account or namespace id.
fn is_id(text: &str) -> bool {
    text.len() == 32
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
