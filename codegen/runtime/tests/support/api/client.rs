//! Settings, credentials, and methods of the clients.

use super::Shelf;
#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::{
    ApiError, Client, ClientBuilder, ClientCredentialsFlow, Credential, CredentialLocation,
    Envelope, Error, Result, Secret, Settings,
};

static API_TOKEN: Credential = Credential {
    method: "api_token",
    single_word: false,
    secrets: &[Secret {
        location: CredentialLocation::Bearer,
        variable: Some("SHELF_TOKEN"),
    }],
};

static API_TOKEN_FLOW: ClientCredentialsFlow = ClientCredentialsFlow {
    method: "client_credentials",
    credential: &API_TOKEN,
    token_url: "https://shelf.example/token",
};

static API_KEY: Credential = Credential {
    method: "api_key",
    single_word: true,
    secrets: &[
        Secret {
            location: CredentialLocation::Header("X-Auth-Key"),
            variable: Some("SHELF_KEY"),
        },
        Secret {
            location: CredentialLocation::Header("X-Auth-Email"),
            variable: Some("SHELF_EMAIL"),
        },
    ],
};

static SESSION: Credential = Credential {
    method: "session",
    single_word: false,
    secrets: &[
        Secret {
            location: CredentialLocation::Cookie("session"),
            variable: None,
        },
        Secret {
            location: CredentialLocation::Query("signature"),
            variable: None,
        },
    ],
};

static LOGIN: Credential = Credential {
    method: "login",
    single_word: false,
    secrets: &[
        Secret {
            location: CredentialLocation::BasicUser,
            variable: None,
        },
        Secret {
            location: CredentialLocation::BasicPassword,
            variable: None,
        },
    ],
};

pub static SETTINGS: Settings = Settings {
    base_url: Some("https://shelf.example/client/v4"),
    base_url_variable: Some("SHELF_BASE_URL"),
    user_agent: "shelf/0.1.0",
    security: &[&[&[&API_TOKEN], &[&API_KEY], &[&SESSION], &[&LOGIN]]],
    envelope: Some(&Envelope {
        success: "success",
        result: "result",
        errors: "errors",
        messages: "messages",
        info: "result_info",
    }),
    status_names: &[(530, "Out of Shelves")],
    request_id_header: Some("cf-ray"),
};

impl<C> ClientBuilder<C> {
    /// Authenticates with an API token.
    pub fn api_token(self, token: impl Into<String>) -> Self {
        self.credential(&API_TOKEN, [token.into()])
    }

    /// Authenticates with access tokens of OAuth 2 client credentials.
    pub fn client_credentials(
        self,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> Self {
        self.oauth_client(&API_TOKEN_FLOW, client_id, client_secret)
    }

    /// Authenticates with an API key and an e-mail address.
    pub fn api_key(self, key: impl Into<String>, email: impl Into<String>) -> Self {
        self.credential(&API_KEY, [key.into(), email.into()])
    }

    /// Authenticates with a session and a signature.
    pub fn session(self, session: impl Into<String>, signature: impl Into<String>) -> Self {
        self.credential(&SESSION, [session.into(), signature.into()])
    }

    /// Authenticates with a user name and a password.
    pub fn login(self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credential(&LOGIN, [user.into(), password.into()])
    }
}

impl Client {
    /// Configures a client.
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new(&SETTINGS)
    }

    /// Creates a client from environment variables.
    pub fn from_env() -> Result<Self> {
        Self::builder().env().build()
    }

    /// Operations of a shelf.
    pub fn shelf(&self, shelf_id: impl Into<String>) -> Shelf<Self> {
        Shelf::new(self.clone(), shelf_id.into())
    }
}

#[cfg(feature = "blocking")]
impl blocking::Client {
    /// Configures a client.
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new(&SETTINGS)
    }

    /// Creates a client from environment variables.
    pub fn from_env() -> Result<Self> {
        Self::builder().env().build()
    }

    /// Operations of a shelf.
    pub fn shelf(&self, shelf_id: impl Into<String>) -> Shelf<Self> {
        Shelf::new(self.clone(), shelf_id.into())
    }
}

impl ApiError {
    /// Request id.
    pub fn ray_id(&self) -> Option<&str> {
        self.header("cf-ray")
    }
}

impl Error {
    /// Request id.
    pub fn ray_id(&self) -> Option<&str> {
        self.headers()?.get("cf-ray")?.to_str().ok()
    }
}
