//! Lists, creates, gets, renames and deletes namespaces.

use serde::{Deserialize, Serialize};

use crate::effect::{Effect, Outcome};
use crate::envelope::{ok, ok_with_info};
use crate::error::ApiError;
use crate::json::Object;
use crate::request::Request;
use crate::store::{Change, Namespaces};

const MAX_TITLE: usize = 512;
const MAX_PAGE: usize = 1_000_000_000;

#[derive(Serialize)]
struct NamespaceJson<'a> {
    id: &'a str,
    title: &'a str,
    supports_url_encoding: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    jurisdiction: Option<&'a str>,
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

pub(crate) fn list(namespaces: &Namespaces, request: &Request, page_size_cap: usize) -> Outcome {
    let page = request.integer("page", 1..=MAX_PAGE, 1)?;
    let per_page = request
        .integer("per_page", 1..=1000, 20)?
        .min(page_size_cap);

    let mut all: Vec<NamespaceJson> = namespaces
        .iter()
        .map(|(id, namespace)| show(id, &namespace.title, namespace.jurisdiction.as_deref()))
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
    Ok(ok_with_info(&result, info).into())
}

/// Creates a namespace with the id `id`.
pub(crate) fn create(namespaces: &Namespaces, id: &str, request: &Request) -> Outcome {
    let op = "create namespace";
    let Object(NamespaceRequest {
        title,
        jurisdiction,
    }) = request.json(untitled)?;
    check_title(namespaces, op, &title, None)?;
    if let Some(jurisdiction) = &jurisdiction {
        check_jurisdiction(op, jurisdiction)?;
    }
    Ok(set(id, title, jurisdiction))
}

pub(crate) fn get(namespaces: &Namespaces, id: &str) -> Outcome {
    let namespace = namespaces
        .get(id)
        .ok_or_else(|| ApiError::namespace_not_found("get namespace"))?;
    Ok(ok(show(
        id,
        &namespace.title,
        namespace.jurisdiction.as_deref(),
    ))
    .into())
}

pub(crate) fn rename(namespaces: &Namespaces, id: &str, request: &Request) -> Outcome {
    let op = "rename namespace";
    let namespace = namespaces
        .get(id)
        .ok_or_else(|| ApiError::namespace_not_found(op))?;
    let Object(NamespaceRequest { title, .. }) = request.json(untitled)?;
    check_title(namespaces, op, &title, Some(id))?;
    Ok(set(id, title, namespace.jurisdiction.clone()))
}

pub(crate) fn delete(namespaces: &Namespaces, id: &str) -> Outcome {
    if !namespaces.contains_key(id) {
        return Err(ApiError::namespace_not_found("remove namespace"));
    }
    Ok(Effect::new(ok(()), [Change::RemoveNamespace]))
}

fn set(id: &str, title: String, jurisdiction: Option<String>) -> Effect {
    let response = ok(show(id, &title, jurisdiction.as_deref()));
    let change = Change::SetNamespace {
        title,
        jurisdiction,
    };
    Effect::new(response, [change])
}

fn show<'a>(id: &'a str, title: &'a str, jurisdiction: Option<&'a str>) -> NamespaceJson<'a> {
    NamespaceJson {
        id,
        title,
        supports_url_encoding: true,
        jurisdiction,
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

fn check_jurisdiction(op: &str, name: &str) -> Result<(), ApiError> {
    if ["eu", "fedramp", "us"].contains(&name) {
        return Ok(());
    }
    let why = format!("unknown jurisdiction \"{name}\"");
    Err(ApiError::of(op, why))
}
