//! Random mutations of documents.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// A mutated document.
pub(crate) struct Mutated {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// True if values are mutated, and the syntax is valid.
    pub(crate) is_tree: bool,
}

/// Mutates the values of a document, or with a probability of one sixth its text.
pub(crate) fn mutate(text: &str, random: &mut Random) -> Mutated {
    if random.below(6) == 0 {
        return Mutated {
            name: "mutated.yaml",
            bytes: mutate_text(text, random),
            is_tree: false,
        };
    }
    let mut tree: Value = serde_yaml::from_str(text).unwrap();
    for _ in 0..=random.below(4) {
        mutate_node(&mut tree, random);
    }
    Mutated {
        name: "mutated.json",
        bytes: tree.to_string().into_bytes(),
        is_tree: true,
    }
}

/// Keywords, reserved names, and strings that are difficult to convert to a name.
const WORDS: &[&str] = &[
    "",
    "_",
    "gen",
    "self",
    "Self",
    "crate",
    "type",
    "Option",
    "Result",
    "String",
    "Error",
    "default",
    "null",
    "200",
    "4XX",
    "2xx",
    "/",
    "/{id}",
    "/{id}/{id}",
    "/a b?c#d",
    "~",
    "a/b",
    "`",
    "\"",
    "{",
    "}",
    "*/",
    "-->",
    "//",
    "#",
    "#/",
    "#/components/schemas/Pet",
    "#/paths",
    "#/components/schemas",
    "other.yaml#/A",
    "日本",
    "é",
    "🐶",
    "\u{0}",
    "\n",
    "\u{202e}",
    "3.1.0",
    "3.0.3",
    "string",
    "integer",
    "number",
    "boolean",
    "array",
    "object",
    "binary",
    "byte",
    "date-time",
    "int64",
    "path",
    "query",
    "header",
    "cookie",
    "deepObject",
    "pipeDelimited",
    "application/json",
    "multipart/form-data",
    "text/plain",
    "application/octet-stream",
    "bearer",
    "http",
    "apiKey",
    "oauth2",
    "get",
    "post",
    "content",
    "schema",
    "properties",
    "items",
    "allOf",
    "oneOf",
    "anyOf",
    "enum",
    "discriminator",
    "$ref",
    "additionalProperties",
    "nullable",
    "required",
    "parameters",
    "requestBody",
    "responses",
    "x-own",
    "9",
    "-1",
];

fn scalar(random: &mut Random) -> Value {
    match random.below(10) {
        0 => Value::Null,
        1 => true.into(),
        2 => false.into(),
        3 => (-1).into(),
        4 => 1.5.into(),
        5 => u64::MAX.into(),
        6 => 1e300.into(),
        7 => "x".repeat(2000).into(),
        _ => (*random.pick(WORDS)).into(),
    }
}

fn value(random: &mut Random) -> Value {
    match random.below(10) {
        0 => json!([]),
        1 => json!({}),
        2 => json!([scalar(random), scalar(random)]),
        3 => json!({*random.pick(WORDS): scalar(random)}),
        4 => json!({"$ref": random.pick(WORDS)}),
        5 => json!({"type": random.pick(WORDS), "enum": [scalar(random), scalar(random)]}),
        6 => json!({"allOf": [{"$ref": random.pick(WORDS)}, {"type": random.pick(WORDS)}]}),
        _ => scalar(random),
    }
}

/// Removes, replaces or moves one value.
fn mutate_node(tree: &mut Value, random: &mut Random) {
    let size = size(tree);
    let other = nth(tree, random.below(size)).cloned().unwrap_or_default();
    let fresh = value(random);
    let word = *random.pick(WORDS);
    let how = random.below(9);
    let depth = random.below(120);
    let place = random.below(size);
    let Some(node) = nth_mut(tree, place) else {
        return;
    };
    match how {
        0 => *node = fresh,
        1 => *node = other,
        2 => *node = json!([node.take()]),
        3 => *node = json!({word: node.take()}),
        4 if depth > 100 => {
            *node = (0..depth).fold(node.take(), |inner, _| json!({"items": inner}));
        }
        _ => match node {
            Value::Object(object) => mutate_object(object, how, word, other, random),
            Value::Array(items) if !items.is_empty() => {
                let index = random.below(items.len());
                match how {
                    5 => drop(items.remove(index)),
                    6 => items.push(items[index].clone()),
                    _ => items.push(fresh),
                }
            }
            _ => *node = fresh,
        },
    }
}

fn mutate_object(
    object: &mut Map<String, Value>,
    how: usize,
    word: &str,
    other: Value,
    random: &mut Random,
) {
    let keys: Vec<String> = object.keys().cloned().collect();
    let Some(key) = keys.get(random.below(keys.len())) else {
        object.insert(word.to_owned(), other);
        return;
    };
    let value = object[key].clone();
    match how {
        5 => drop(object.shift_remove(key)),
        6 => drop(object.insert(word.to_owned(), value)),
        7 => {
            object.shift_remove(key);
            object.insert(word.to_owned(), value);
        }
        _ => drop(object.insert(word.to_owned(), other)),
    }
}

fn size(value: &Value) -> usize {
    1 + match value {
        Value::Object(object) => object.values().map(size).sum(),
        Value::Array(items) => items.iter().map(size).sum(),
        _ => 0,
    }
}

fn nth(value: &Value, mut n: usize) -> Option<&Value> {
    if n == 0 {
        return Some(value);
    }
    n -= 1;
    let inner: Vec<&Value> = match value {
        Value::Object(object) => object.values().collect(),
        Value::Array(items) => items.iter().collect(),
        _ => return None,
    };
    for value in inner {
        let size = size(value);
        if n < size {
            return nth(value, n);
        }
        n -= size;
    }
    None
}

fn nth_mut(value: &mut Value, mut n: usize) -> Option<&mut Value> {
    if n == 0 {
        return Some(value);
    }
    n -= 1;
    let inner: Vec<&mut Value> = match value {
        Value::Object(object) => object.values_mut().collect(),
        Value::Array(items) => items.iter_mut().collect(),
        _ => return None,
    };
    for value in inner {
        let size = size(value);
        if n < size {
            return nth_mut(value, n);
        }
        n -= size;
    }
    None
}

/// Truncates a text, removes or repeats a line, inserts a string, or changes the encoding.
fn mutate_text(text: &str, random: &mut Random) -> Vec<u8> {
    let lines: Vec<&str> = text.lines().collect();
    let line = random.below(lines.len());
    let word = *random.pick(WORDS);
    let at = {
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        *random.pick(&ends)
    };
    match random.below(10) {
        0 => text[..at].into(),
        1 => text[at..].into(),
        2 => [&lines[..line], &lines[line + 1..]]
            .concat()
            .join("\n")
            .into(),
        3 => [&lines[..=line], &lines[line..]].concat().join("\n").into(),
        4 => [&text[..at], word, &text[at..]].concat().into(),
        5 => text
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'\xe9'))
            .chain([0xe9])
            .collect(),
        6 => [0xfeff]
            .into_iter()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect(),
        7 => format!("\u{feff}{text}").into(),
        8 => text.replace("  ", "\t").into(),
        _ => {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] = u8::try_from(random.below(256)).unwrap_or_default();
            bytes
        }
    }
}
