//! Parsing of documents and configs.

use codegen::{Config, Diagnostics, Document, Pointer, Source};
use openapiv3::{OpenAPI, ReferenceOr, Schema};

/// A document with every keyword that openapiv3 supports, except callbacks and links. Each `explode` is explicit.
const ALL_KEYWORDS: &str = include_str!("all-keywords.json");

#[track_caller]
fn read(name: &str, text: &str) -> Document {
    let source = Source::new(name, text);
    let mut diagnostics = Diagnostics::default();
    let document = Document::read(&source, &mut diagnostics);
    assert!(
        !diagnostics.has_errors(),
        "{}",
        codegen::render(&diagnostics, &source, None, true)
    );
    document.unwrap_or_default()
}

#[test]
fn deserialization_by_object_gives_the_same_document_as_openapiv3() {
    let expected: OpenAPI = serde_json::from_str(ALL_KEYWORDS).unwrap();
    assert_eq!(read("all-keywords.json", ALL_KEYWORDS).api, expected);
}

#[test]
fn references_resolve_to_any_location() {
    let document = read("all-keywords.json", ALL_KEYWORDS);
    let find = |text: &str| {
        let reference = ReferenceOr::<Schema>::ref_(text);
        let (at, schema) = document.schema(&reference, &Pointer::root())?;
        Some((at.to_string(), schema.schema_data.title.clone()?))
    };
    let target = |at: &str, title: &str| Some((at.to_owned(), title.to_owned()));
    let pet = target("#/components/schemas/Pet", "A pet");
    assert_eq!(find("#/components/schemas/Pet"), pet);
    assert_eq!(find("#/components/schemas/Alias"), pet);
    assert_eq!(
        find("#/components/schemas/Pet/properties/name"),
        target("#/components/schemas/Pet/properties/name", "A name")
    );
    assert_eq!(
        find("#/paths/~1pets~1%7Bid%7D/get/parameters/0/schema"),
        target("#/paths/~1pets~1{id}/get/parameters/0/schema", "An id")
    );
    assert_eq!(find("#/x-own/thing"), target("#/x-own/thing", "Own"));
    assert_eq!(find("#/components/schemas/Nothing"), None);
    assert_eq!(find("#/components/responses/Fine"), None);

    let missing = ReferenceOr::ref_("#/components/responses/Missing");
    let (at, response) = document.response(&missing, &Pointer::root()).unwrap();
    assert_eq!(
        (at.as_str(), response.description.as_str()),
        ("#/paths/~1pets~1{id}/get/responses/4XX", "Missing.")
    );
}

/// openapiv3 alone needs most of the small stack of a test thread for a schema of half this depth.
#[test]
fn deep_schemas_need_little_stack() {
    let levels = 95;
    let schema = "{\"items\":".repeat(levels) + "{}" + &"}".repeat(levels);
    let text = format!(
        "{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"\",\"version\":\"\"}},\"paths\":{{}},\"components\":{{\"schemas\":{{\"Deep\":{schema}}}}}}}"
    );
    let components = read("deep.json", &text).api.components.unwrap_or_default();
    assert_eq!(components.schemas.len(), 1);
}

/// openapiv3 alone would read each of these schemas twice as often as its parent.
#[test]
fn a_deep_fault_takes_linear_time() {
    let levels = 90;
    let schema = "{\"items\":".repeat(levels) + "{\"type\":5}" + &"}".repeat(levels);
    let text = format!(
        "{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"\",\"version\":\"\"}},\"paths\":{{}},\"components\":{{\"schemas\":{{\"Deep\":{schema}}}}}}}"
    );
    let source = Source::new("deep.json", text);
    let mut diagnostics = Diagnostics::default();
    assert!(Document::read(&source, &mut diagnostics).is_some());
    assert_eq!((diagnostics.errors(), diagnostics.warnings()), (0, 1));
}

#[test]
fn keys_without_values_count_as_absent() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: v, description: }\nservers:\npaths:\n  /a:\n  /b:\n    get:\ncomponents:\n";
    let source = Source::new("a.yaml", text);
    let mut diagnostics = Diagnostics::default();
    let api = Document::read(&source, &mut diagnostics).unwrap().api;
    assert_eq!((diagnostics.warnings(), diagnostics.errors()), (5, 0));
    let paths: Vec<&String> = api.paths.paths.keys().collect();
    assert_eq!(paths, ["/b"]);
    assert_eq!(api.operations().count(), 0);
}

#[test]
fn config_tables_keep_their_order() {
    let text = r##"
        strict = true
        [crate]
        name = "pets"
        [[client.credentials]]
        method = "token"
        schemes = ["bearer"]
        variables = ["TOKEN"]
        [errors.headers]
        ray = "x-ray"
        [envelope]
        result = "data"
        [names]
        strip_prefix = "api_"
        [names.types]
        "#/components/schemas/b" = "B"
        "#/components/schemas/a" = "A"
        [groups.zoo.methods]
        z = "getZ"
        a = "getA"
        [groups.ark]
        docs = "All of them."
        methods = {}
        [operations.getZ]
        paging = { cursor = "after" }
        not_found_codes = [404]
        choose = { argument = "full", "false" = "Short", "true" = "Full" }
        [limits]
        "#/components/schemas/a" = { max_bytes = 512, maxLength = true, unless = "raw" }
    "##;
    let source = Source::new("pets.toml", text);
    let mut diagnostics = Diagnostics::default();
    let config = Config::read(Some(&source), &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let groups: Vec<&String> = config.groups.keys().collect();
    assert_eq!(groups, ["zoo", "ark"]);
    let methods: Vec<&String> = config.groups["zoo"].methods.keys().collect();
    assert_eq!(methods, ["z", "a"]);
    let types: Vec<&String> = config.names.types.values().collect();
    assert_eq!(types, ["B", "A"]);
    let envelope = config.envelope.unwrap();
    assert_eq!(
        (envelope.result.as_str(), envelope.success.as_str()),
        ("data", "success")
    );
    let settings = &config.operations["getZ"];
    assert_eq!(
        settings.paging.as_ref().unwrap().cursor.as_deref(),
        Some("after")
    );
    assert_eq!(settings.choose.as_ref().unwrap().if_true, "Full");
    let limit = &config.limits["#/components/schemas/a"];
    assert!(limit.max_length && !limit.minimum);
    assert_eq!(
        (limit.max_bytes, limit.unless.as_deref()),
        (Some(512), Some("raw"))
    );
    assert!(config.strict);
}

#[test]
fn a_missing_config_gives_the_defaults() {
    let mut diagnostics = Diagnostics::default();
    let config = Config::read(None, &mut diagnostics);
    assert!(diagnostics.is_empty() && !config.strict && config.envelope.is_none());
}
