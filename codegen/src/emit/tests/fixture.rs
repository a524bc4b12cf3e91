//! An API as data, with every type and every kind of model.

use serde_json::json;

use crate::ir::{
    Api, Argument, ArgumentCase, Body, Check, Field, Group, Header, Method, Model, ModelId,
    Operation, Package, ParamLocation, Rule, Shape, Style, Success, TimeUnit, Type, Variant,
};

/// Names of [`models`] in order.
const MODELS: [&str; 7] = [
    "Same", "Others", "Struct", "Enum", "Closed", "Union", "Content",
];

pub(super) fn id(name: &str) -> ModelId {
    ModelId(MODELS.iter().position(|other| *other == name).unwrap())
}

pub(super) fn types() -> Vec<Type> {
    let model = |name: &str| Type::Model(id(name));
    let mut types = vec![
        Type::String,
        Type::Bool,
        Type::Int,
        Type::UInt,
        Type::Float,
        Type::Json,
        Type::Bytes,
    ];
    types.extend([
        model("Struct"),
        model("Enum"),
        model("Closed"),
        Type::Boxed(id("Struct")),
    ]);
    let inner = types.clone().into_iter().map(Box::new);
    types.extend(inner.flat_map(|ty| {
        [
            Type::List(ty.clone()),
            Type::Map(ty.clone()),
            Type::Option(ty),
        ]
    }));
    types
}

pub(super) fn models() -> Vec<Model> {
    let variants = |wires: &[&str]| {
        let variant = |(i, wire): (usize, &&str)| Variant {
            name: format!("V{i}"),
            wire_name: (*wire).to_owned(),
            docs: format!("- a [b] <c> `d {i}"),
        };
        Shape::Enum(wires.iter().enumerate().map(variant).collect())
    };
    let case = ArgumentCase {
        variant: "Yes".to_owned(),
        accessor: "into_yes".to_owned(),
        docs: String::new(),
        ty: Type::Int,
        is_optional: false,
    };
    let header = Header {
        name: "r#in".to_owned(),
        wire_name: "In".to_owned(),
        docs: String::new(),
        ty: Type::String,
    };
    let fields = types().into_iter().enumerate().map(|(i, ty)| Field {
        name: if i == 0 {
            "r#type".to_owned()
        } else {
            format!("field{i}")
        },
        wire_name: format!("Field \"{i}\""),
        docs: "- a [b] <c> `d".to_owned(),
        unit: (ty == Type::Int).then_some(TimeUnit::Seconds),
        ty,
        required: i % 2 == 0,
        access: None,
        deprecated: i % 3 == 0,
        checks: checks(),
        example: None,
        const_value: None,
        is_additional_properties: false,
    });
    let others = Field {
        name: "others".to_owned(),
        wire_name: String::new(),
        docs: String::new(),
        ty: Type::Map(Box::new(Type::Int)),
        unit: None,
        required: true,
        deprecated: false,
        checks: Vec::new(),
        example: None,
        access: None,
        const_value: None,
        is_additional_properties: true,
    };
    vec![
        model("Same", Shape::Alias(Type::Model(id("Struct"))), true),
        model("Others", Shape::Struct(vec![others.clone()]), true),
        model(
            "Struct",
            Shape::Struct(fields.chain([others]).collect()),
            true,
        ),
        model("Enum", variants(&["", "a`b", "\"", "\n"]), true),
        model("Closed", variants(&["a"]), false),
        model(
            "Union",
            Shape::ByArgument {
                property: Some("value".to_owned()),
                cases: vec![case],
            },
            true,
        ),
        model("Content", Shape::Binary(vec![header]), true),
    ]
}

fn model(name: &str, shape: Shape, received: bool) -> Model {
    Model {
        name: name.to_owned(),
        docs: String::new(),
        origin: String::new(),
        shape,
        in_request: true,
        in_response: received,
        is_open: false,
    }
}

fn checks() -> Vec<Check> {
    let rules = [
        Rule::MaxBytes(1),
        Rule::Minimum(-1),
        Rule::MinItems(1_000_000),
    ];
    rules
        .into_iter()
        .map(|rule| Check {
            rule,
            unless: Some("flag".to_owned()),
        })
        .collect()
}

pub(super) fn argument(name: &str, place: ParamLocation, ty: Type, required: bool) -> Argument {
    Argument {
        name: name.to_owned(),
        wire_name: name.trim_start_matches("r#").to_owned(),
        location: place,
        style: Style::Default,
        allow_reserved: false,
        media_type: None,
        docs: String::new(),
        unit: (ty == Type::Int).then_some(TimeUnit::UnixSeconds),
        ty,
        required,
        required_if_body: false,
        deprecated: !required,
        checks: checks(),
        example: Some(json!({ "a\n": [1.5, null, "```", u64::MAX] })),
    }
}

pub(super) fn operation(body: Body, success: Success, arguments: Vec<Argument>) -> Operation {
    Operation {
        name: "Run".to_owned(),
        docs: "does\n\n    this".to_owned(),
        deprecated: true,
        http_method: "POST".to_owned(),
        path: "/{one}".to_owned(),
        arguments,
        body,
        is_body_required: true,
        streamed: matches!(success, Success::Text | Success::Binary { .. }),
        success,
        accept: Some("application/json".to_owned()),
        error_responses: Vec::new(),
        headers: Vec::new(),
        base_url: Some("https://a.example".to_owned()),
        security: 0,
        idempotent: true,
        not_found_codes: vec![-1],
        bulk: None,
        max_body: Some(1),
        max_response: Some(1),
    }
}

pub(super) fn group(name: &str, operations: Vec<Operation>) -> Group {
    let method = |operation| Method {
        name: "call".to_owned(),
        group: 0,
        operation,
    };
    Group {
        name: name.to_owned(),
        type_name: "All".to_owned(),
        docs: String::new(),
        feature: Some("all".to_owned()),
        arguments: Vec::new(),
        methods: (0..operations.len()).map(method).collect(),
        operations,
    }
}

pub(super) fn api(groups: Vec<Group>, models: Vec<Model>) -> Api {
    Api {
        package: Package {
            name: "a-b".to_owned(),
            version: "0.1.0".to_owned(),
            description: None,
            license: None,
            repository: None,
            keywords: Vec::new(),
            categories: Vec::new(),
            title: "A".to_owned(),
            readme: None,
            examples: true,
            wasm: false,
            source: "a.yaml".to_owned(),
        },
        base_url: None,
        base_url_variable: None,
        servers: Vec::new(),
        credentials: Vec::new(),
        security: Vec::new(),
        envelope: None,
        request_id_header: None,
        status_names: Vec::new(),
        rounds_down_integers: false,
        has_optional_setters: true,
        error_headers: Vec::new(),
        groups,
        handles: Vec::new(),
        webhooks: Vec::new(),
        models,
    }
}
