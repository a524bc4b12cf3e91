use super::*;
use crate::ir::Method;

#[test]
fn the_manifest_is_valid_toml_without_workspace_keys() {
    let package = Package {
        name: "a-b".to_owned(),
        version: "1.2.3".to_owned(),
        description: Some("\"quoted\" \\ \u{7}\nand more".to_owned()),
        license: None,
        repository: None,
        keywords: vec!["c".to_owned()],
        categories: Vec::new(),
        title: String::new(),
        readme: None,
        examples: false,
        wasm: false,
        source: "d.yaml".to_owned(),
    };
    let groups = ["one", "two"].map(group);
    let text = manifest(&api(package, groups.to_vec()), &Parts::all()).text;
    let table: toml::Table = text.parse().unwrap();
    assert_eq!(
        table["package"]["description"].as_str(),
        Some("\"quoted\" \\  ")
    );
    assert_eq!(table["lib"]["name"].as_str(), Some("a_b"));
    assert_eq!(table["features"]["default"][1].as_str(), Some("rustls"));
    assert!(table["dependencies"]["reqwest"].is_table());
    assert_eq!(table["features"]["full"][1].as_str(), Some("two"));
    assert_eq!(table["features"]["two"][0].as_str(), Some("one"));
    assert!(!text.contains("workspace"));
    assert!(!text.contains("part-") && !text.contains("\"parts\""));
    assert_eq!(
        table["dependencies"]["http-body"].as_table().unwrap().len(),
        1
    );
}

/// A group that offers an operation of the first.
fn group(name: &str) -> Group {
    Group {
        name: name.to_owned(),
        type_name: String::new(),
        docs: String::new(),
        feature: Some(name.to_owned()),
        arguments: Vec::new(),
        methods: vec![Method {
            name: "call".to_owned(),
            group: 0,
            operation: 0,
        }],
        operations: Vec::new(),
    }
}

fn api(package: Package, groups: Vec<Group>) -> Api {
    Api {
        package,
        base_url: None,
        servers: Vec::new(),
        security: Vec::new(),
        base_url_variable: None,
        credentials: Vec::new(),
        envelope: None,
        request_id_header: None,
        status_names: Vec::new(),
        rounds_down_integers: false,
        has_optional_setters: false,
        error_headers: Vec::new(),
        groups,
        handles: Vec::new(),
        webhooks: Vec::new(),
        models: Vec::new(),
    }
}

#[test]
fn no_group_has_the_feature_of_another_thing() {
    let text = crate_features(&Parts::all()) + &dependencies(&Parts::all());
    let keys = text.lines().filter_map(|line| line.split_once(" = "));
    for (key, _) in keys.filter(|(key, _)| !key.starts_with(['#', '[']) && !key.contains('-')) {
        let taken = crate::names::RESERVED_FEATURES.contains(&key);
        // A group's name has no dash.
        assert!(taken, "{key}");
    }
}

#[test]
fn dependencies_of_absent_parts_are_omitted() {
    let text = dependencies(&Parts::none());
    assert!(!text.contains("futures-util"));
    assert!(text.contains("\ntracing = ") && text.contains("optional = true"));
}

#[test]
fn features_come_with_their_reasons() {
    let features = features(&Parts::all());
    assert!(
        features
            .iter()
            .any(|feature| feature.name == "rustls" && feature.is_default)
    );
    assert!(
        features
            .iter()
            .any(|feature| feature.name == "blocking" && !feature.is_default)
    );
    assert!(features.iter().all(|feature| !feature.reason.is_empty()));
}
