//! Every crate as data is emitted as valid Rust. Snapshots of the whole generator test the printed text.

mod fixture;

use super::{File, emit};
use crate::ir::{Api, ArgumentCase, Body, NullResult, Paging, ParamLocation, Success, Type};
use fixture::{api, argument, group, id, models, operation, types};

const JSON: &str = "application/json";

#[test]
fn an_empty_api_is_emitted_without_models() {
    let files = rust(&api(Vec::new(), Vec::new()));
    assert!(files.iter().any(|file| file.path == "src/lib.rs"));
    assert!(files.iter().all(|file| file.path != "src/types.rs"));
}

#[test]
fn keywords_are_raw_identifiers_in_code_only() {
    let mut operation = operation(Body::None, Success::Nothing, Vec::new());
    operation.arguments = vec![argument(
        "r#type",
        ParamLocation::Query,
        Type::String,
        false,
    )];
    let files = rust(&api(vec![group("r#try", vec![operation])], Vec::new()));
    let text = text(&files, "src/api/try.rs");
    let setter = "text(ParamLocation::Query(\"type\"), value)";
    assert!(text.contains(setter), "{text}");
    assert!(text.contains("client.r#try()"), "{text}");
}

#[test]
fn arguments_of_every_type_and_location_are_valid_rust() {
    let models = models();
    let mut operations = Vec::new();
    for ty in types() {
        for (place, body) in [
            (ParamLocation::Path, Body::None),
            (ParamLocation::Query, Body::None),
            (ParamLocation::Header, Body::None),
            (ParamLocation::Cookie, Body::None),
            (ParamLocation::Property, Body::Object(JSON.to_owned())),
            (
                ParamLocation::Part,
                Body::Form {
                    raw: None,
                    media_type: None,
                },
            ),
            (ParamLocation::Part, Body::UrlEncoded),
            (ParamLocation::Body, Body::Json(JSON.to_owned())),
            (ParamLocation::Body, Body::Items(JSON.to_owned())),
            (ParamLocation::Body, Body::Raw("text/plain".to_owned())),
        ] {
            let arguments = vec![
                argument("one", place, ty.clone(), true),
                argument("two", place, ty.clone(), place == ParamLocation::Path),
            ];
            let json = Success::Json {
                ty: ty.clone(),
                enveloped: true,
                null: NullResult::Default,
            };
            operations.push(operation(body.clone(), json, arguments));
        }
    }
    rust(&api(vec![group("all", operations)], models));
}

#[test]
fn every_kind_of_success_is_valid_rust() {
    let case = |variant: &str| ArgumentCase {
        variant: variant.to_owned(),
        accessor: format!("into_{}", variant.to_lowercase()),
        docs: String::new(),
        ty: Type::Int,
        is_optional: false,
    };
    let choice = |property: Option<&str>| Success::ByArgument {
        model: id("Union"),
        argument: "two".to_owned(),
        if_false: case("No"),
        if_true: case("Yes"),
        property: property.map(str::to_owned),
        enveloped: false,
    };
    let page = |paging| Success::Page {
        item: Type::Model(id("Struct")),
        paging,
    };
    let all = [
        Success::Binary { model: None },
        Success::Binary {
            model: Some(id("Content")),
        },
        Success::Json {
            ty: Type::Model(id("Struct")),
            enveloped: true,
            null: NullResult::Arguments(vec![("r#type".to_owned(), "two".to_owned())]),
        },
        choice(None),
        choice(Some("value")),
        choice(Some("not an identifier")),
        page(Paging::Cursor("two".to_owned())),
        page(Paging::Number("two".to_owned())),
    ];
    let argument = || vec![argument("two", ParamLocation::Query, Type::Bool, false)];
    let operations = all
        .into_iter()
        .map(|success| operation(Body::None, success, argument()));
    rust(&api(vec![group("all", operations.collect())], models()));
}

/// Emits an API and parses each Rust file.
#[track_caller]
fn rust(api: &Api) -> Vec<File> {
    let files = emit(api);
    for file in files.iter().filter(|file| file.path.starts_with("src/")) {
        assert!(
            !file.text.contains("compile_error!"),
            "{}: {}",
            file.path,
            file.text
        );
        syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
    }
    files
}

fn text<'a>(files: &'a [File], path: &str) -> &'a str {
    files
        .iter()
        .find(|file| file.path == path)
        .map(|file| file.text.as_str())
        .unwrap()
}
