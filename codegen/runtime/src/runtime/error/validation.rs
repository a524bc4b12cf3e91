//! Why a request is not sent: which argument is wrong, and what is wrong with it, without its value.

/// Why a request is not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidationError {
    /// Path of the argument, as in `pairs[17].key`.
    pub(crate) parameter: String,
    /// What is wrong with it, as the rest of a sentence.
    pub(crate) reason: String,
}

impl ValidationError {
    /// Something is wrong with an argument that a caller further up names.
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self {
            parameter: String::new(),
            reason: reason.into(),
        }
    }

    /// The same, seen from the place that holds the argument.
    pub(crate) fn within(mut self, place: &str) -> Self {
        let dot =
            !place.is_empty() && !self.parameter.is_empty() && !self.parameter.starts_with('[');
        self.parameter = format!("{place}{}{}", if dot { "." } else { "" }, self.parameter);
        self
    }
}

/// Says which argument an outcome is about.
pub fn check(name: &str, outcome: Result<(), ValidationError>) -> Result<(), ValidationError> {
    outcome.map_err(|error| error.within(name))
}
