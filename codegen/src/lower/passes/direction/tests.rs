use crate::diagnostic::Diagnostics;
use crate::ir::{Shape, Type};
use crate::{Config, Document, Source, lower};

const DOCUMENT: &str = r##"
openapi: 3.0.3
info: {title: It, version: 1.0.0}
paths:
  /users:
    get:
      responses:
        "200": {description: Users., content: {application/json: {schema: {$ref: "#/components/schemas/User"}}}}
    put:
      requestBody:
        content:
          application/json: {schema: {type: array, items: {$ref: "#/components/schemas/User"}}}
      responses: {"204": {description: Done.}}
    post:
      requestBody:
        content:
          application/json: {schema: {$ref: "#/components/schemas/User"}}
      responses:
        "200": {description: A user., content: {application/json: {schema: {$ref: "#/components/schemas/Receipt"}}}}
components:
  schemas:
    User:
      type: object
      required: [id, name, password]
      properties:
        id: {type: string, readOnly: true}
        name: {type: string}
        password: {type: string, writeOnly: true}
    Receipt:
      type: object
      required: [id, state]
      properties:
        id: {type: string, readOnly: true}
        state: {type: string, enum: [a, null]}
"##;

#[test]
fn one_way_properties_are_required_in_their_direction_only() {
    let mut diagnostics = Diagnostics::default();
    let config = Config::read(None, &mut diagnostics);
    let document = Document::read(&Source::new("it.yaml", DOCUMENT), &mut diagnostics).unwrap();
    let api = lower::lower(&document, &config, "it.yaml", &mut diagnostics);
    let mut required = Vec::new();
    for model in &api.models {
        if let Shape::Struct(fields) = &model.shape {
            let must = fields.iter().filter(|field| field.required);
            required.extend(must.map(|field| format!("{}.{}", model.name, field.wire_name)));
        }
    }
    required.sort();
    assert_eq!(required, ["Receipt.id", "Receipt.state", "User.name"]);

    let operations = api.groups.iter().flat_map(|group| &group.operations);
    let post = operations
        .clone()
        .find(|operation| operation.http_method == "POST");
    let arguments = post
        .unwrap()
        .arguments
        .iter()
        .map(|one| one.wire_name.as_str());
    assert_eq!(arguments.collect::<Vec<_>>(), ["name", "password"]);

    let receipt = api.models.iter().find(|model| model.name == "Receipt");
    let Shape::Struct(fields) = &receipt.unwrap().shape else {
        panic!("it is an object");
    };
    let state = fields
        .iter()
        .find(|field| field.wire_name == "state")
        .unwrap();
    assert!(
        matches!(state.ty, Type::Option(_)),
        "null is one of its values"
    );
}
