//! Defaults from the environment.

use std::env;

use crate::runtime::error::{Error, Result};

/// Returns the value of an environment variable without surrounding whitespace. It must not be empty.
pub fn environment_variable(name: &str) -> Result<String> {
    let Some(value) = env::var_os(name) else {
        return Err(Error::config(format!("{name} is not set")));
    };
    let value = value.to_string_lossy().trim().to_owned();
    if value.is_empty() {
        return Err(Error::config(format!("{name} is empty")));
    }
    Ok(value)
}
