//! Reading: documents into openapiv3 with their references, and configs.

use codegen::{Config, Diagnostics, Document, Pointer, Source};
use openapiv3::{OpenAPI, ReferenceOr, Schema};

/// One of everything that openapiv3 has a place for; callbacks and links are not read, and an `explode` that is absent is filled in.
const WHOLE: &str = include_str!("whole.json");

#[track_caller]
fn read(name: &str, text: &str) -> Document {
    let source = Source::new(name, text);
    let mut diagnostics = Diagnostics::default();
    let document = Document::read(&source, &mut diagnostics);
    assert!(
        !diagnostics.has_errors(),
        "{}",
        diagnostics.report(&source, None, true).text
    );
    document.unwrap_or_default()
}

#[test]
fn object_by_object_reads_what_openapiv3_reads_at_once() {
    let at_once: OpenAPI = serde_json::from_str(WHOLE).unwrap();
    assert_eq!(read("whole.json", WHOLE).api, at_once);
}

#[test]
fn references_lead_to_any_place() {
    let document = read("whole.json", WHOLE);
    let find = |text: &str| {
        let reference = ReferenceOr::<Schema>::ref_(text);
        let (at, schema) = document.schema(&reference, &Pointer::root())?;
        Some((at.to_string(), schema.schema_data.title.clone()?))
    };
    let found = |at: &str, title: &str| Some((at.to_owned(), title.to_owned()));
    let pet = found("#/components/schemas/Pet", "A pet");
    assert_eq!(find("#/components/schemas/Pet"), pet);
    assert_eq!(find("#/components/schemas/Alias"), pet);
    assert_eq!(
        find("#/components/schemas/Pet/properties/name"),
        found("#/components/schemas/Pet/properties/name", "A name")
    );
    assert_eq!(
        find("#/paths/~1pets~1%7Bid%7D/get/parameters/0/schema"),
        found("#/paths/~1pets~1{id}/get/parameters/0/schema", "An id")
    );
    assert_eq!(find("#/x-own/thing"), found("#/x-own/thing", "Own"));
    assert_eq!(find("#/components/schemas/Nothing"), None);
    assert_eq!(find("#/components/responses/Fine"), None);

    let missing = ReferenceOr::ref_("#/components/responses/Missing");
    let (at, response) = document.response(&missing, &Pointer::root()).unwrap();
    assert_eq!(
        (at.as_str(), response.description.as_str()),
        ("#/paths/~1pets~1{id}/get/responses/4XX", "Missing.")
    );
}

/// The stack of a test's thread is small, and openapiv3 by itself takes most of it for half as deep a schema.
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

/// openapiv3 by itself would try each of these schemas twice as often as the one around it.
#[test]
fn a_deep_mistake_costs_no_more_than_another() {
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
fn a_key_without_a_value_is_absent() {
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
fn configs_keep_their_order() {
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
        absent = [404]
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
    assert_eq!(settings.choose.as_ref().unwrap().yes, "Full");
    let limit = &config.limits["#/components/schemas/a"];
    assert!(limit.max_length && !limit.minimum);
    assert_eq!(
        (limit.max_bytes, limit.unless.as_deref()),
        (Some(512), Some("raw"))
    );
    assert!(config.strict);
}

#[test]
fn without_a_config_all_is_default() {
    let mut diagnostics = Diagnostics::default();
    let config = Config::read(None, &mut diagnostics);
    assert!(diagnostics.is_empty() && !config.strict && config.envelope.is_none());
}
