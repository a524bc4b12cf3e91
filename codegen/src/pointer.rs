//! Places in a document: from keys and indices, as a walk meets them, to JSON pointers as people read them.

use std::fmt;

/// A JSON pointer as a URI fragment without percent-encoding: `#/paths/~1users/get`; the whole document is `#`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self("#".to_owned())
    }

    /// Reads a pointer as a person or a `$ref` writes it, percent-encoded or not; none when it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let path = text.strip_prefix('#')?;
        if path.is_empty() {
            return Some(Self::root());
        }
        let decoded = percent_decode(path)?;
        let segments = decoded.strip_prefix('/')?.split('/');
        Some(segments.fold(Self::root(), |at, segment| at.key(&unescape(segment))))
    }

    /// The value at this key of the object here.
    #[must_use]
    pub fn key(&self, segment: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + segment.len() + 1);
        text.push_str(&self.0);
        push_escaped(&mut text, segment);
        Self(text)
    }

    /// The value at this index of the list here.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The object or list around this place; none for the whole document.
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Self(parent.to_owned()))
    }

    /// This place and all around it, the innermost first.
    pub(crate) fn ancestors(&self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self.clone()), Self::parent)
    }

    /// The keys and indices from the root, unescaped.
    pub fn segments(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(unescape)
    }

    /// The last key or index, unescaped; empty for the whole document.
    pub fn last(&self) -> String {
        self.0
            .rsplit_once('/')
            .map(|(_, last)| unescape(last))
            .unwrap_or_default()
    }

    /// As a `$ref` has it.
    pub(crate) fn reference(&self) -> String {
        self.0.replace('%', "%25")
    }

    /// As it prints.
    pub fn as_str(&self) -> &str {
        &self.0
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

/// Where a recursive walk is, kept on its stack: it becomes a [`Pointer`] only when there is something to say.
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

/// Undoes `%7B` and the like; a `%` that begins no such code stands for itself. None when the bytes are no UTF-8.
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
    use super::Pointer;

    #[test]
    fn prints_and_parses() {
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
    fn keeps_what_is_no_code() {
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
}
