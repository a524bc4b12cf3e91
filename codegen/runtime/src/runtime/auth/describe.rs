//! Describes how to authenticate.

use crate::runtime::api::auth_scheme::{Credential, SecurityRequirement, SecurityRequirements};
use crate::runtime::auth::check::can_be_empty;

/// Describes how to authenticate a call whose credentials are missing.
pub(crate) fn missing_credentials(requirements: SecurityRequirements) -> String {
    format!(
        "the client has no credentials for this call: use {}",
        describe_alternatives(requirements.iter())
    )
}

/// Describes a credential whose environment variables are not all set.
pub(crate) fn describe_incomplete(
    credential: &Credential,
    secrets: &[Option<String>],
) -> Option<String> {
    let mut set = Vec::new();
    let mut empty = Vec::new();
    let mut missing = Vec::new();
    for (secret, text) in credential.secrets.iter().zip(secrets) {
        let list = match text {
            None => &mut missing,
            Some(text) if text.is_empty() && !can_be_empty(*secret) => &mut empty,
            Some(_) => &mut set,
        };
        list.extend(secret.variable);
    }
    let problem = match (&empty[..], &missing[..]) {
        ([], []) => return None,
        ([], _) if set.is_empty() => return None,
        ([], names) => format!("{} is not", names.join(" and ")),
        (names, _) => format!("{} is empty", names.join(" and ")),
    };
    if set.is_empty() {
        return Some(problem);
    }
    Some(format!("{} is set, but {problem}", set.join(" and ")))
}

/// Lists alternatives by their builder methods and environment variables.
pub(crate) fn describe_alternatives(
    alternatives: impl Iterator<Item = &'static SecurityRequirement>,
) -> String {
    let mut texts: Vec<String> = Vec::new();
    let mut or = " or ";
    for requirement in alternatives.filter(|requirement| !requirement.is_empty()) {
        let text = requirement
            .iter()
            .map(|credential| describe(credential))
            .collect::<Vec<_>>();
        if text.len() > 1 {
            or = ", or ";
        }
        let text = text.join(" and ");
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.join(or)
}

fn describe(credential: &Credential) -> String {
    let variables: Option<Vec<_>> = credential
        .secrets
        .iter()
        .map(|secret| secret.variable)
        .collect();
    match variables {
        Some(variables) => format!("`{}` ({})", credential.method, variables.join(", ")),
        None => format!("`{}`", credential.method),
    }
}
