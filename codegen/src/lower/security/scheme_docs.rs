//! Documentation of security schemes, for the methods of the client builder.

use openapiv3::{APIKeyLocation, OAuth2Flows, SecurityScheme};

/// Returns the docs of a scheme: its description, and for OAuth 2 and OpenID Connect where to get a token.
pub(in crate::lower) fn docs(scheme: &SecurityScheme) -> String {
    let (description, more) = match scheme {
        SecurityScheme::APIKey {
            location,
            name,
            description,
            ..
        } => (description, Err(api_key_docs(location, name))),
        SecurityScheme::HTTP {
            scheme,
            description,
            ..
        } => {
            let is_basic = scheme.eq_ignore_ascii_case("basic");
            let text = if is_basic {
                "A user's name and password."
            } else {
                "A token, sent as `Authorization: Bearer …`."
            };
            (description, Err(text.to_owned()))
        }
        SecurityScheme::OAuth2 {
            flows, description, ..
        } => (description, Ok(token_docs(flows))),
        SecurityScheme::OpenIDConnect {
            open_id_connect_url,
            description,
            ..
        } => {
            let text =
                format!("An access token of the provider that <{open_id_connect_url}> describes.");
            (description, Ok(text))
        }
    };
    let description = description.as_deref().unwrap_or_default().trim();
    match more {
        Ok(more) if !description.is_empty() => format!("{description}\n\n{more}"),
        Err(_) if !description.is_empty() => description.to_owned(),
        Ok(more) | Err(more) => more,
    }
}

fn api_key_docs(location: &APIKeyLocation, name: &str) -> String {
    match location {
        APIKeyLocation::Header => format!("Sent as the header `{name}`."),
        APIKeyLocation::Query => format!("Sent in the query as `{name}`."),
        APIKeyLocation::Cookie => format!("Sent as the cookie `{name}`."),
    }
}

/// Returns the docs of an OAuth 2 access token, with one line per flow.
fn token_docs(flows: &OAuth2Flows) -> String {
    let OAuth2Flows {
        implicit,
        password,
        client_credentials,
        authorization_code,
        ..
    } = flows;
    let mut lines = vec!["An OAuth 2 access token. Where to get one:\n".to_owned()];
    lines.extend(authorization_code.as_ref().map(|flow| {
        format!(
            "- authorization code: consent at <{}>, token from <{}>",
            flow.authorization_url, flow.token_url
        )
    }));
    lines.extend(
        client_credentials
            .as_ref()
            .map(|flow| format!("- client credentials: token from <{}>", flow.token_url)),
    );
    lines.extend(
        password
            .as_ref()
            .map(|flow| format!("- password: token from <{}>", flow.token_url)),
    );
    lines.extend(
        implicit
            .as_ref()
            .map(|flow| format!("- implicit: token from <{}>", flow.authorization_url)),
    );
    if lines.len() == 1 {
        return "An OAuth 2 access token.".to_owned();
    }
    lines.join("\n")
}
