//! Lists, creates, gets, renames and deletes namespaces.

use serde::{Deserialize, Serialize};

use crate::envelope::{Reply, ok, ok_with_info};
use crate::error::ApiError;
use crate::json::Object;
use crate::request::Request;
use crate::service::random_id;
use crate::store::{Namespace, Namespaces};

const MAX_TITLE: usize = 512;
const MAX_PAGE: usize = 1_000_000_000;

#[derive(Serialize)]
struct NamespaceJson<'a> {
    id: &'a str,
    title: &'a str,
    supports_url_encoding: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    jurisdiction: Option<&'static str>,
}

#[derive(Serialize)]
struct PageInfo {
    page: usize,
    per_page: usize,
    count: usize,
    total_count: usize,
    total_pages: usize,
}

#[derive(Deserialize)]
struct NamespaceRequest {
    title: String,
    jurisdiction: Option<String>,
}

pub(crate) fn list(namespaces: &Namespaces, request: &Request, page_size_cap: usize) -> Reply {
    let page = request.integer("page", 1..=MAX_PAGE, 1)?;
    let per_page = request
        .integer("per_page", 1..=1000, 20)?
        .min(page_size_cap);

    let mut all: Vec<NamespaceJson> = namespaces
        .iter()
        .map(|(id, namespace)| show(id, namespace))
        .collect();
    if request.query("order") == Some("title") {
        all.sort_by(|a, b| a.title.cmp(b.title));
    }
    if request.query("direction") == Some("desc") {
        all.reverse();
    }
    let result: Vec<&NamespaceJson> = all
        .iter()
        .skip((page - 1).saturating_mul(per_page))
        .take(per_page)
        .collect();
    let info = PageInfo {
        page,
        per_page,
        count: result.len(),
        total_count: all.len(),
        total_pages: all.len().div_ceil(per_page),
    };
    Ok(ok_with_info(&result, info))
}

pub(crate) fn create(namespaces: &mut Namespaces, request: &Request) -> Reply {
    let op = "create namespace";
    let Object(NamespaceRequest {
        title,
        jurisdiction,
    }) = request.json(untitled)?;
    check_title(namespaces, op, &title, None)?;
    let jurisdiction = jurisdiction
        .map(|name| known_jurisdiction(op, &name))
        .transpose()?;
    let id = random_id();
    let namespace = Namespace::new(title, jurisdiction);
    let response = ok(show(&id, &namespace));
    namespaces.insert(id, namespace);
    Ok(response)
}

pub(crate) fn get(namespaces: &Namespaces, id: &str) -> Reply {
    let namespace = namespaces
        .get(id)
        .ok_or_else(|| ApiError::namespace_not_found("get namespace"))?;
    Ok(ok(show(id, namespace)))
}

pub(crate) fn rename(namespaces: &mut Namespaces, id: &str, request: &Request) -> Reply {
    let op = "rename namespace";
    if !namespaces.contains_key(id) {
        return Err(ApiError::namespace_not_found(op));
    }
    let Object(NamespaceRequest { title, .. }) = request.json(untitled)?;
    check_title(namespaces, op, &title, Some(id))?;
    let namespace = namespaces
        .get_mut(id)
        .ok_or_else(|| ApiError::namespace_not_found(op))?;
    namespace.title = title;
    Ok(ok(show(id, namespace)))
}

pub(crate) fn delete(namespaces: &mut Namespaces, id: &str) -> Reply {
    namespaces
        .remove(id)
        .ok_or_else(|| ApiError::namespace_not_found("remove namespace"))?;
    Ok(ok(()))
}

fn show<'a>(id: &'a str, namespace: &'a Namespace) -> NamespaceJson<'a> {
    NamespaceJson {
        id,
        title: &namespace.title,
        supports_url_encoding: true,
        jurisdiction: namespace.jurisdiction,
    }
}

/// `renamed` is the namespace that is renamed. It may keep its title.
fn check_title(
    namespaces: &Namespaces,
    op: &str,
    title: &str,
    renamed: Option<&str>,
) -> Result<(), ApiError> {
    if title.is_empty() {
        return Err(untitled());
    }
    if title.chars().count() > MAX_TITLE {
        return Err(ApiError::of(
            op,
            format!("a title has at most {MAX_TITLE} characters"),
        ));
    }
    let own = |id: &str| renamed == Some(id);
    if namespaces
        .iter()
        .any(|(id, namespace)| namespace.title == title && !own(id))
    {
        let why = "a namespace with this account ID and title already exists";
        return Err(ApiError::of(op, why).code(10_014));
    }
    Ok(())
}

fn untitled() -> ApiError {
    ApiError::new("request is missing a title definition").code(10_019)
}

fn known_jurisdiction(op: &str, name: &str) -> Result<&'static str, ApiError> {
    let known = ["eu", "fedramp", "us"]
        .into_iter()
        .find(|known| *known == name);
    known.ok_or_else(|| ApiError::of(op, format!("unknown jurisdiction \"{name}\"")))
}
