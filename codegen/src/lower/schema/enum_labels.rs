//! Names and descriptions of single enum values, from the extensions of generators.

use openapiv3::Schema;
use serde_json::Value;

/// The name and the description of an enum value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lower) struct EnumLabel {
    pub(in crate::lower) value: Value,
    pub(in crate::lower) name: Option<String>,
    pub(in crate::lower) description: Option<String>,
}

/// Extensions with a list of names, in the order of the values.
const NAMES: [&str; 2] = ["x-enum-varnames", "x-enumNames"];
/// Extensions with a list of descriptions, in the order of the values, or with a map by value.
const DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

/// Maximum number of words of a title that names a value. A longer title is a description.
const MAX_WORDS: usize = 4;

/// Returns the labels of the values that have one.
pub(in crate::lower) fn enum_labels(schema: &Schema, values: &[Value]) -> Vec<EnumLabel> {
    let extensions = &schema.schema_data.extensions;
    if extensions.is_empty() || values.is_empty() {
        return Vec::new();
    }
    let find = |keys: [&str; 2]| keys.iter().find_map(|key| extensions.get(*key));
    let (names, descriptions) = (find(NAMES), find(DESCRIPTIONS));
    let detailed = extensions
        .get("x-ms-enum")
        .and_then(|it| it["values"].as_array());
    let labels = values.iter().enumerate().map(|(index, value)| {
        let mut details = detailed.into_iter().flatten();
        let details = details.find(|details| details["value"] == *value);
        let detail = |key: &str| details.and_then(|details| text(&details[key]));
        EnumLabel {
            name: names
                .and_then(|names| nth(names, index, values.len()))
                .or_else(|| detail("name")),
            description: descriptions
                .and_then(|texts| {
                    nth(texts, index, values.len()).or_else(|| by_value(texts, value))
                })
                .or_else(|| detail("description")),
            value: value.clone(),
        }
    });
    labels
        .filter(|label| label.name.is_some() || label.description.is_some())
        .collect()
}

/// Returns the text at an index of a list that has one text for each value.
fn nth(list: &Value, index: usize, count: usize) -> Option<String> {
    let list = list.as_array().filter(|list| list.len() == count)?;
    text(list.get(index)?)
}

/// Returns the text of a value in a map.
fn by_value(map: &Value, value: &Value) -> Option<String> {
    match value {
        Value::String(value) => text(map.get(value)?),
        value => text(map.get(value.to_string())?),
    }
}

/// True if a title is short enough for a name.
pub(in crate::lower) fn is_name(title: &str) -> bool {
    title.split_whitespace().count() <= MAX_WORDS && title.contains(char::is_alphabetic)
}

fn text(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn labels(schema: Value, values: &[Value]) -> Vec<(Option<String>, Option<String>)> {
        let schema: Schema = serde_json::from_value(schema).unwrap();
        let labels = enum_labels(&schema, values).into_iter();
        labels
            .map(|label| (label.name, label.description))
            .collect()
    }

    fn label(name: &str, description: &str) -> (Option<String>, Option<String>) {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (some(name), some(description))
    }

    #[test]
    fn lists_have_the_order_of_the_values() {
        let schema = json!({"type": "integer", "x-enum-varnames": ["Off", "On"], "x-enum-descriptions": ["No.", ""]});
        let expected = [label("Off", "No."), label("On", "")];
        assert_eq!(labels(schema, &[json!(0), json!(1)]), expected);
    }

    #[test]
    fn lists_of_another_length_are_ignored() {
        let schema = json!({"type": "integer", "x-enumNames": ["Off"]});
        assert_eq!(labels(schema, &[json!(0), json!(1)]), []);
    }

    #[test]
    fn descriptions_can_be_a_map() {
        let schema = json!({"type": "string", "x-enumDescriptions": {"b": "Second."}});
        assert_eq!(
            labels(schema, &[json!("a"), json!("b")]),
            [label("", "Second.")]
        );
    }

    #[test]
    fn details_are_found_by_value() {
        let details = json!({"name": "T", "values": [{"value": "b", "name": "Bee", "description": "Buzzes."}]});
        let schema = json!({"type": "string", "x-ms-enum": details});
        assert_eq!(
            labels(schema, &[json!("a"), json!("b")]),
            [label("Bee", "Buzzes.")]
        );
    }
}
