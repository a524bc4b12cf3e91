//! Errors of invalid arguments. They contain no argument values.

/// An argument is invalid. The request is not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidationError {
    /// Path of the argument, for example `pairs[17].key`.
    pub(crate) parameter: String,
    /// Description of the problem, as the predicate of a sentence.
    pub(crate) reason: String,
}

impl ValidationError {
    /// Creates an error. The caller adds the path of the argument.
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self {
            parameter: String::new(),
            reason: reason.into(),
        }
    }

    /// Prefixes the path of the argument.
    pub(crate) fn within(mut self, prefix: &str) -> Self {
        let dot =
            !prefix.is_empty() && !self.parameter.is_empty() && !self.parameter.starts_with('[');
        self.parameter = format!("{prefix}{}{}", if dot { "." } else { "" }, self.parameter);
        self
    }
}

/// Adds the name of the argument to an error.
#[cfg(feature = "part-model-checks")]
pub fn check(name: &str, outcome: Result<(), ValidationError>) -> Result<(), ValidationError> {
    outcome.map_err(|error| error.within(name))
}
