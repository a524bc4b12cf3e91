//! Locations in a document as JSON pointers.

use std::fmt;

use serde_json::Value;

/// A JSON pointer as a URI fragment without percent-encoding: `#/paths/~1users/get`. The document itself is `#`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// Returns the pointer to the document itself.
    pub fn root() -> Self {
        Self("#".to_owned())
    }

    /// Parses a pointer, percent-encoded or not. Returns `None` if the text is not a pointer.
    pub fn parse(text: &str) -> Option<Self> {
        let path = text.strip_prefix('#')?;
        if path.is_empty() {
            return Some(Self::root());
        }
        let decoded = percent_decode(path)?;
        let segments = decoded.strip_prefix('/')?.split('/');
        Some(segments.fold(Self::root(), |at, segment| at.key(&unescape(segment))))
    }

    /// Returns the pointer to a key of this object.
    #[must_use]
    pub fn key(&self, segment: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + segment.len() + 1);
        text.push_str(&self.0);
        push_escaped(&mut text, segment);
        Self(text)
    }

    /// Returns the pointer to an item of this list.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// Returns the pointer to the object or list that contains this value, or `None` for the document itself.
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Self(parent.to_owned()))
    }

    /// Returns this pointer and its parents, the innermost first.
    pub(crate) fn ancestors(&self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self.clone()), Self::parent)
    }

    /// Returns the keys and indices from the root, unescaped.
    pub fn segments(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(unescape)
    }

    /// Returns the last key or index, unescaped. It is empty for the document itself.
    pub fn last(&self) -> String {
        self.0
            .rsplit_once('/')
            .map(|(_, last)| unescape(last))
            .unwrap_or_default()
    }

    /// Returns the pointer as the text of a `$ref`.
    pub(crate) fn reference(&self) -> String {
        self.0.replace('%', "%25")
    }

    /// Returns the printed form of the pointer.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the value at this pointer.
    pub(crate) fn get<'v>(&self, root: &'v Value) -> Option<&'v Value> {
        self.segments()
            .try_fold(root, |value, segment| match value {
                Value::Object(object) => object.get(&segment),
                Value::Array(items) => items.get(segment.parse::<usize>().ok()?),
                _ => None,
            })
    }

    /// Returns the value at this pointer for changes.
    pub(crate) fn get_mut<'v>(&self, root: &'v mut Value) -> Option<&'v mut Value> {
        self.segments()
            .try_fold(root, |value, segment| match value {
                Value::Object(object) => object.get_mut(&segment),
                Value::Array(items) => items.get_mut(segment.parse::<usize>().ok()?),
                _ => None,
            })
    }
}

impl Default for Pointer {
    fn default() -> Self {
        Self::root()
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Current location of a recursive walk, kept on its stack. It becomes a [`Pointer`] only when one is needed.
#[derive(Clone, Copy)]
pub(crate) enum Location<'a> {
    Root,
    Pointer(&'a Pointer),
    Key(&'a Location<'a>, &'a str),
    Index(&'a Location<'a>, usize),
}

impl<'a> Location<'a> {
    pub(crate) fn key(&'a self, key: &'a str) -> Self {
        Self::Key(self, key)
    }

    pub(crate) fn index(&'a self, index: usize) -> Self {
        Self::Index(self, index)
    }

    pub(crate) fn pointer(&self) -> Pointer {
        match self {
            Self::Root => Pointer::root(),
            Self::Pointer(pointer) => (*pointer).clone(),
            Self::Key(parent, key) => parent.pointer().key(key),
            Self::Index(parent, index) => parent.pointer().index(*index),
        }
    }
}

/// Appends `/segment`, escaped.
pub(crate) fn push_escaped(text: &mut String, segment: &str) {
    text.push('/');
    for character in segment.chars() {
        match character {
            '~' => text.push_str("~0"),
            '/' => text.push_str("~1"),
            other => text.push(other),
        }
    }
}

fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

/// Decodes `%7B` and the like. A `%` without two hexadecimal digits is kept. Returns `None` if the result is not UTF-8.
fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).filter(|_| *first == b'%').and_then(|hex| {
            let digits = std::str::from_utf8(hex)
                .ok()
                .filter(|hex| !hex.starts_with('+'))?;
            u8::from_str_radix(digits, 16).ok()
        });
        bytes.push(code.unwrap_or(*first));
        rest = tail
            .get(if code.is_some() { 2 } else { 0 }..)
            .unwrap_or_default();
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Pointer;

    #[test]
    fn printed_pointers_parse_to_themselves() {
        let at = Pointer::root()
            .key("paths")
            .key("/a~b/{id}")
            .key("parameters")
            .index(2);
        assert_eq!(at.as_str(), "#/paths/~1a~0b~1{id}/parameters/2");
        assert_eq!(Pointer::parse(at.as_str()), Some(at.clone()));
        assert_eq!(
            Pointer::parse("#/paths/~1a~0b~1%7Bid%7D/parameters/2"),
            Some(at.clone())
        );
        assert_eq!(
            at.parent().map(|parent| parent.last()).as_deref(),
            Some("parameters")
        );
        assert_eq!(Pointer::parse("#"), Some(Pointer::root()));
        assert_eq!(Pointer::parse("Pet"), None);
        assert_eq!(Pointer::parse("#Pet"), None);
    }

    #[test]
    fn percent_signs_without_digits_are_kept() {
        assert_eq!(
            Pointer::parse("#/100%").map(|at| at.last()).as_deref(),
            Some("100%")
        );
        assert_eq!(
            Pointer::parse("#/%+1").map(|at| at.last()).as_deref(),
            Some("%+1")
        );
        assert_eq!(Pointer::parse("#/%FF"), None);
    }

    #[test]
    fn pointers_select_values_by_key_and_index() {
        let mut root = json!({"a": [{"b": 1}]});
        let at = Pointer::root().key("a").index(0).key("b");
        assert_eq!(at.get(&root), Some(&json!(1)));
        assert_eq!(at.key("c").get(&root), None);
        *at.get_mut(&mut root).unwrap() = json!(2);
        assert_eq!(root, json!({"a": [{"b": 2}]}));
    }
}
