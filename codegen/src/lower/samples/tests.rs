//! The examples that a document gives, and the types that they are to be read as.

use crate::{Source, samples};

fn samples_of(document: &str) -> Vec<String> {
    let found = samples(&Source::new("it.yaml", document), None).expect("a crate");
    let lines = found.samples.iter().map(|sample| {
        format!(
            "{} {} {}",
            sample.at,
            sample.ty.replace(' ', ""),
            sample.value
        )
    });
    lines.collect()
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: It, version: 1.0.0}\n";

#[test]
fn examples_are_found_in_all_locations() {
    let document = r##"
paths:
  /pets:
    get:
      parameters: [{name: limit, in: query, example: 5, schema: {type: integer, example: 6}}]
      responses:
        "200":
          description: Pets.
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}
              examples: {none: {value: []}, one: {$ref: "#/components/examples/One"}}
            application/xml:
              schema: {$ref: "#/components/schemas/Pet"}
              example: <pet/>
components:
  examples: {One: {value: [{name: a}]}}
  schemas:
    Pet:
      allOf: [{type: object, properties: {name: {type: string, example: b}}, example: {name: part}}]
      properties: {next: {$ref: "#/components/schemas/Pet"}}
      example: {name: c}
    Unused: {type: object, properties: {a: {type: string}}, example: {a: d}}
"##;
    let schema = "#/components/schemas/Pet";
    let path = "#/paths/~1pets/get";
    assert_eq!(
        samples_of(&format!("{HEAD}{document}")),
        [
            format!("{path}/parameters/0/example i64 5"),
            format!("{path}/parameters/0/schema/example i64 6"),
            format!(
                "{path}/responses/200/content/application~1json/examples/none/value Vec<types::Pet> []"
            ),
            r#"#/components/examples/One/value Vec<types::Pet> [{"name":"a"}]"#.to_owned(),
            format!(r#"{schema}/example types::Pet {{"name":"c"}}"#),
            format!(r#"{schema}/allOf/0/properties/name/example String "b""#),
        ]
    );
}

#[test]
fn body_examples_are_split_into_arguments() {
    let document = r#"
paths:
  /pets:
    post:
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {name: {type: string}, age: {type: integer, example: 1}}}
            example: {name: a, other: 2}
      responses: {"204": {description: Done.}}
"#;
    let media = "#/paths/~1pets/post/requestBody/content/application~1json";
    assert_eq!(
        samples_of(&format!("{HEAD}{document}")),
        [
            format!(r#"{media}/example/name String "a""#),
            format!("{media}/schema/properties/age/example i64 1"),
        ]
    );
}

#[test]
fn sample_types_have_their_final_names() {
    let kind = "{type: string, enum: [cat, dog]}";
    let document = format!(
        r#"
openapi: 3.1.0
info: {{title: It, version: 1.0.0}}
paths:
  /pets:
    get:
      responses:
        "200":
          description: A pet.
          content: {{application/json: {{schema: {{type: object, properties: {{kind: {kind}}}, example: {{kind: dog}}}}}}}}
webhooks:
  born:
    post:
      requestBody: {{content: {{application/json: {{schema: {{type: object, properties: {{name: {{type: string}}, kind: {kind}}}}}}}}}}}
"#
    );
    let document = document.replace("kind: {type", "kind: {example: cat, type");
    let [_, kind] = &samples_of(&document)[..] else {
        panic!("two examples")
    };
    assert!(kind.contains(" types::Kind "), "{kind}");
}

#[test]
fn examples_with_json_text_are_parsed() {
    let document = r#"
paths:
  /pets:
    get:
      responses:
        "200":
          description: A pet.
          content:
            application/json:
              schema: {type: object, properties: {name: {type: string}}}
              examples: {one: {value: "{\"name\": \"{}\"}"}, broken: {value: "{name}"}}
        "201":
          description: A name.
          content: {application/json: {schema: {type: string}, example: "{}"}}
"#;
    let found = samples_of(&format!("{HEAD}{document}"));
    let values = found.iter().map(|line| line.splitn(3, ' ').nth(2));
    let values: Vec<&str> = values.map(|value| value.expect("a value")).collect();
    assert_eq!(values, [r#"{"name":"{}"}"#, r#""{name}""#, r#""{}""#]);
}
