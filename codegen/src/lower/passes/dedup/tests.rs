use crate::ir::{Access, Variant};
use crate::lower::passes::dedup::*;

fn model(name: &str, shape: Shape) -> Model {
    Model {
        name: name.to_owned(),
        docs: format!("The docs of {name}."),
        origin: format!("#/paths/{name}"),
        shape,
        in_request: false,
        in_response: false,
        is_open: false,
    }
}

fn object(one_way: Option<Access>, always: Option<&str>) -> Shape {
    Shape::Struct(vec![Field {
        name: "id".to_owned(),
        wire_name: "id".to_owned(),
        docs: String::new(),
        ty: Type::String,
        unit: None,
        required: true,
        access: one_way,
        deprecated: false,
        checks: Vec::new(),
        example: None,
        const_value: always.map(str::to_owned),
        is_additional_properties: false,
    }])
}

fn words() -> Shape {
    Shape::Enum(vec![Variant {
        name: "A".to_owned(),
        wire_name: "a".to_owned(),
        docs: String::new(),
    }])
}

/// The number of models that two models become.
fn joined(one: Shape, other: Shape) -> usize {
    let models = vec![model("OneThing", one), model("OtherThing", other)];
    let (models, _) = join(models, &mut [], &HashSet::new());
    models.len()
}

#[test]
fn types_are_merged_only_if_their_directions_are_equal() {
    use Access::{ReadOnly, WriteOnly};
    let of =
        |one: Option<Access>, other: Option<Access>| joined(object(one, None), object(other, None));
    assert_eq!(of(None, None), 1);
    assert_eq!(of(Some(WriteOnly), Some(WriteOnly)), 1);
    assert_eq!(of(Some(WriteOnly), Some(ReadOnly)), 2);
    assert_eq!(of(None, Some(ReadOnly)), 2);
}

#[test]
fn types_are_merged_only_if_their_constants_are_equal() {
    let of = |one, other| joined(object(None, one), object(None, other));
    assert_eq!(of(Some("cat"), Some("cat")), 1);
    assert_eq!(of(Some("cat"), Some("dog")), 2);
    assert_eq!(of(Some("cat"), None), 2);
}

#[test]
fn open_and_closed_enums_are_not_merged() {
    let mut models = vec![model("OneThing", words()), model("OtherThing", words())];
    assert_eq!(joined(words(), words()), 1);
    models[0].is_open = true;
    let (models, _) = join(models, &mut [], &HashSet::new());
    assert_eq!(models.len(), 2);
}
