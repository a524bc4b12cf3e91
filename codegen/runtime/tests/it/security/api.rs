//! An API with several security requirements.

use crate::runtime::{
    Credential, CredentialLocation, DecodeError, Meta, Operation, RawResponse, Request, Secret,
    SecurityRequirements, Settings,
};

pub const fn secret(location: CredentialLocation, variable: &'static str) -> Secret {
    Secret {
        location,
        variable: Some(variable),
    }
}

pub static TOKEN: Credential = Credential {
    method: "token",
    single_word: false,
    secrets: &[secret(CredentialLocation::Bearer, "DOOR_TOKEN")],
};

pub static LOGIN: Credential = Credential {
    method: "login",
    single_word: false,
    secrets: &[
        secret(CredentialLocation::BasicUser, "DOOR_USERNAME"),
        secret(CredentialLocation::BasicPassword, "DOOR_PASSWORD"),
    ],
};

pub static HEADER: Credential = Credential {
    method: "header",
    single_word: false,
    secrets: &[secret(CredentialLocation::Header("X-Key"), "DOOR_HEADER")],
};

pub static QUERY: Credential = Credential {
    method: "query",
    single_word: false,
    secrets: &[secret(CredentialLocation::Query("key"), "DOOR_QUERY")],
};

pub static COOKIE: Credential = Credential {
    method: "cookie",
    single_word: false,
    secrets: &[secret(CredentialLocation::Cookie("key"), "DOOR_COOKIE")],
};

pub static SECOND: Credential = Credential {
    method: "second",
    single_word: false,
    secrets: &[secret(CredentialLocation::Cookie("second"), "DOOR_SECOND")],
};

pub const DEFAULT: SecurityRequirements = &[&[&TOKEN], &[&LOGIN]];

pub const NO_CREDENTIALS: SecurityRequirements = &[&[]];

pub const BY_HEADER: SecurityRequirements = &[&[&HEADER]];

pub const ALL: SecurityRequirements = &[&[&HEADER, &QUERY, &COOKIE, &SECOND]];

pub const OPTIONAL: SecurityRequirements = &[&[&QUERY], &[]];

pub const BOTH_OR_ONE: SecurityRequirements = &[&[&QUERY, &COOKIE], &[&TOKEN]];

pub static SETTINGS: Settings = Settings {
    base_url: None,
    base_url_variable: None,
    user_agent: "door/1",
    security: &[
        DEFAULT,
        NO_CREDENTIALS,
        BY_HEADER,
        ALL,
        OPTIONAL,
        BOTH_OR_ONE,
    ],
    envelope: None,
    status_names: &[],
    request_id_header: None,
};

/// The operations that require credentials.
pub static STRICT: Settings = Settings {
    security: &[DEFAULT, BY_HEADER],
    ..SETTINGS
};

/// An operation with the security requirements of this number.
macro_rules! operation {
    ($name:ident, $path:literal, $security:literal) => {
        pub enum $name {}

        impl Operation for $name {
            type Output = ();
            const META: &'static Meta = &Meta {
                security: $security,
                ..Meta::new(concat!("door.", $path)).route("GET", $path)
            };

            fn decode(_: &Request, response: &RawResponse) -> std::result::Result<(), DecodeError> {
                response.empty()
            }
        }
    };
}

operation!(Default, "/default", 0);

operation!(Open, "/open", 1);

operation!(ByHeader, "/header", 2);

operation!(All, "/all", 3);

operation!(Maybe, "/maybe", 4);

operation!(BothOrOne, "/both", 5);

/// Operations with an alternative that contains another one.
pub static MORE: Settings = Settings {
    security: &[&[&[&HEADER], &[&HEADER, &QUERY]]],
    ..SETTINGS
};
