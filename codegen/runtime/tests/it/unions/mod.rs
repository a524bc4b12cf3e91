//! Unions.

mod overlaps;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::runtime::{Json, json_union, union_display};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Cat {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    lives: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Dog {
    kind: String,
    name: String,
}

/// Selected by a discriminator.
#[derive(Clone, Debug, PartialEq)]
enum Pet {
    Cat(Cat),
    Dog(Box<Dog>),
    Unknown(Json),
}

json_union! {
    Pet {
        Cat(Cat) + "kind" = "cat": Object.tag("kind", &["cat", "kitten"]);
        Dog(Dog): Object.tag("kind", &["dog"]);
    }
}

/// Selected by kind.
#[derive(Clone, Debug, PartialEq)]
enum Scalar {
    Text(String),
    Whole(i64),
    Number(f64),
    Flag(bool),
    Unknown(Json),
}

json_union! {
    Scalar {
        Text(String, &str): String;
        Whole(i64, i32) as Integer: Integer;
        Number(f64): Number;
        Flag(bool): Boolean;
    }
}

union_display! { Scalar { Text, Whole, Number, Flag } }

/// Selected by items.
#[derive(Clone, Debug, PartialEq)]
enum Tree {
    Leaf(String),
    Leaves(Vec<String>),
    Numbers(Vec<i64>),
    Rows(Vec<Vec<i64>>),
    Branches(Vec<Tree>),
    Unknown(Json),
}

json_union! {
    Tree {
        Leaf(String): String;
        Leaves(Vec<String>): List.items(&[String]);
        Numbers(Vec<i64>) as Integer: List.items(&[Integer]);
        Rows(Vec<Vec<i64>>) as Integer: List.items(&[List.items(&[Integer])]);
        Branches(Vec<Tree>): List.items(&[List]);
    }
}

fn read<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}

#[track_caller]
fn round_trip<T: DeserializeOwned + Serialize>(json: &str) {
    let value: T = read(json);
    let again = serde_json::to_string(&value).unwrap();
    assert_eq!(read::<Json>(&again), read::<Json>(json), "{again}");
}

#[test]
fn discriminators_select_the_variant() {
    let cat: Pet = read(r#"{"kind": "cat", "name": "Tom", "lives": 9, "new": 1}"#);
    assert_eq!(
        cat,
        Pet::Cat(Cat {
            name: "Tom".to_owned(),
            lives: Some(9)
        })
    );
    assert!(matches!(
        read(r#"{"kind":"kitten","name":"Tim"}"#),
        Pet::Cat(_)
    ));
    assert!(matches!(
        read(r#"{"kind":"\u0064og","name":"Rex"}"#),
        Pet::Dog(_)
    ));
}

#[test]
fn unmatched_values_are_unknown() {
    for json in [
        r#"{"kind":"fox","name":"Reineke"}"#,
        r#"{"name":"Tom"}"#,
        r#"{"kind":"dog"}"#,
        r#"{"kind":null}"#,
        r#""cat""#,
        "[1]",
        "null",
    ] {
        let Pet::Unknown(kept) = read(json) else {
            panic!("{json} fits a case");
        };
        assert_eq!(kept.as_str(), json);
        round_trip::<Pet>(json);
    }
}

#[test]
fn missing_discriminators_are_written() {
    let cat = |lives| {
        Pet::from(Cat {
            name: "Tom".to_owned(),
            lives,
        })
    };
    let text = serde_json::to_string(&cat(Some(9))).unwrap();
    assert_eq!(text, r#"{"kind":"cat","name":"Tom","lives":9}"#);
    assert_eq!(read::<Pet>(&text), cat(Some(9)));
    round_trip::<Pet>(r#"{"kind":"dog","name":"Rex"}"#);
}

#[test]
fn kinds_select_the_variant() {
    assert_eq!(read::<Scalar>("\"1\""), Scalar::from("1"));
    assert_eq!(read::<Scalar>("-1"), Scalar::from(-1));
    assert_eq!(read::<Scalar>("5.0"), Scalar::from(5));
    assert_eq!(read::<Scalar>("5.5"), Scalar::from(5.5));
    assert_eq!(read::<Scalar>("1e3"), Scalar::from(1000.0));
    assert_eq!(read::<Scalar>("true"), Scalar::from(true));
    assert!(matches!(
        read::<Scalar>("99999999999999999999"),
        Scalar::Unknown(_)
    ));
    for json in [
        "\"\"",
        "1",
        "0.5",
        "false",
        "null",
        "[]",
        "{}",
        "99999999999999999999",
    ] {
        round_trip::<Scalar>(json);
    }
}

#[test]
fn scalars_are_displayed_as_text() {
    let shown = ["\"a b\"", "7", "0.5", "true", "null", "[\"x\"]"]
        .map(|json| read::<Scalar>(json).to_string());
    assert_eq!(shown, ["a b", "7", "0.5", "true", "null", "[\"x\"]"]);
    assert_eq!(Scalar::Unknown(Json::new("new")).to_string(), "new");
}

#[test]
fn arrays_are_matched_by_their_first_item() {
    assert!(matches!(read(r#""a""#), Tree::Leaf(_)));
    assert!(matches!(read(r#"["a","b"]"#), Tree::Leaves(_)));
    assert_eq!(read::<Tree>("[1.0,2]"), Tree::Numbers(vec![1, 2]));
    assert_eq!(
        read::<Tree>("[[1],[2.0]]"),
        Tree::Rows(vec![vec![1], vec![2]])
    );
    assert!(matches!(read(r#"[["a"],"b"]"#), Tree::Branches(_)));
    assert!(matches!(read("[]"), Tree::Leaves(_)));
    assert!(matches!(read("[true]"), Tree::Unknown(_)));
    for json in [
        "[]",
        "[1]",
        "[[1]]",
        "[[]]",
        r#"[["a",["b"]],["c"]]"#,
        "[true]",
        r#"[1,"a"]"#,
    ] {
        round_trip::<Tree>(json);
    }
}

#[test]
fn deeply_nested_values_are_unknown() {
    for depth in [10, 100, 127, 10_000, 100_000] {
        let json = format!("{}\"x\"{}", "[".repeat(depth), "]".repeat(depth));
        let tree: Tree = read(&json);
        assert_eq!(serde_json::to_string(&tree).unwrap(), json, "at {depth}");
    }
}
