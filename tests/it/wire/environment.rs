//! Settings that clients read from the environment. Each case runs in a separate process: this test program with the
//! test [`child`] only.

use std::env;
use std::process::{Command, Output};

use serde_json::json;
use workers_kv::{Client, blocking};

use crate::support::mock_api::{ACCOUNT, MockApi};
use crate::support::mock_server::MockResponse;
use crate::support::{Kv, Run as _, both};

/// The client that the child creates, and the variables it uses.
const TASK: &str = "WORKERS_KV_TEST_TASK";

/// The base URL for a client that does not read it from the environment.
const SERVER: &str = "WORKERS_KV_TEST_SERVER";

/// Set if the child lists the keys of the default namespace.
const HANDLE: &str = "WORKERS_KV_TEST_HANDLE";

const VARIABLES: [&str; 6] = [
    "CLOUDFLARE_API_TOKEN",
    "CLOUDFLARE_API_KEY",
    "CLOUDFLARE_EMAIL",
    "CLOUDFLARE_BASE_URL",
    "CLOUDFLARE_ACCOUNT_ID",
    "CLOUDFLARE_KV_NAMESPACE_ID",
];

const TOKEN: (&str, &str) = ("CLOUDFLARE_API_TOKEN", "env-token");
const KEY: (&str, &str) = ("CLOUDFLARE_API_KEY", "env-key");
const EMAIL: (&str, &str) = ("CLOUDFLARE_EMAIL", "env@example.com");

/// Lists namespaces in a process that has only these variables and the base URL.
fn list<C: Kv>(api: &MockApi<C>, task: &str, variables: &[(&str, &str)]) -> Output {
    api.respond_with([MockResponse::result(json!([]))]);
    let mut command = Command::new(env::current_exe().expect("the path of this program"));
    command.args([
        "--exact",
        "wire::environment::child",
        "--ignored",
        "--nocapture",
    ]);
    for name in VARIABLES {
        command.env_remove(name);
    }
    command.env(TASK, format!("{} {task}", C::NAME));
    command.env("CLOUDFLARE_BASE_URL", api.base_url());
    command.envs(variables.iter().copied());
    command.output().expect("the child runs")
}

/// Returns the credentials that a child sends: token, key and e-mail address.
#[track_caller]
fn sent<C: Kv>(api: &MockApi<C>, task: &str, variables: &[(&str, &str)]) -> [Option<String>; 3] {
    let output = list(api, task, variables);
    assert!(output.status.success(), "{output:?}");
    let request = api.only();
    assert_eq!(
        request.target,
        "/client/v4/accounts/acc/storage/kv/namespaces"
    );
    ["authorization", "x-auth-key", "x-auth-email"]
        .map(|name| request.header(name).map(str::to_owned))
}

/// Returns the error of a child that cannot create a client.
#[track_caller]
fn refused<C: Kv>(api: &MockApi<C>, variables: &[(&str, &str)]) -> String {
    let output = list(api, "from_env", variables);
    assert!(!output.status.success(), "{output:?}");
    assert_eq!(api.received().len(), 0);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("Config"), "{text}");
    text
}

fn bearer(token: &str) -> [Option<String>; 3] {
    [Some(format!("Bearer {token}")), None, None]
}

fn key(key: &str, email: &str) -> [Option<String>; 3] {
    [None, Some(key.to_owned()), Some(email.to_owned())]
}

both! {
    fn tokens_are_read(api: MockApi) {
        assert_eq!(sent(&api, "from_env", &[TOKEN]), bearer("env-token"));
    }

    fn tokens_ignore_a_stray_address(api: MockApi) {
        assert_eq!(sent(&api, "from_env", &[TOKEN, EMAIL]), bearer("env-token"));
    }

    fn tokens_take_precedence_over_keys(api: MockApi) {
        assert_eq!(sent(&api, "from_env", &[TOKEN, KEY, EMAIL]), bearer("env-token"));
        assert_eq!(sent(&api, "from_env", &[TOKEN, KEY]), bearer("env-token"));
    }

    fn keys_are_read_with_their_address(api: MockApi) {
        assert_eq!(sent(&api, "from_env", &[KEY, EMAIL]), key("env-key", "env@example.com"));
        // Empty variables are ignored.
        let empty = ("CLOUDFLARE_API_TOKEN", "");
        assert_eq!(sent(&api, "from_env", &[empty, KEY, EMAIL]), key("env-key", "env@example.com"));
    }

    fn faults_of_variables_are_named(api: MockApi) {
        for (variables, expected) in [
            (&[KEY][..], "CLOUDFLARE_API_KEY is set, but CLOUDFLARE_EMAIL is not"),
            (&[KEY, ("CLOUDFLARE_EMAIL", "")], "CLOUDFLARE_API_KEY is set, but CLOUDFLARE_EMAIL is empty"),
            (
                &[KEY, ("CLOUDFLARE_EMAIL", " ")],
                "CLOUDFLARE_EMAIL: the value of header X-Auth-Email contains only whitespace",
            ),
            (&[EMAIL], "CLOUDFLARE_EMAIL is set, but CLOUDFLARE_API_KEY is not"),
            (&[("CLOUDFLARE_API_TOKEN", "")], "CLOUDFLARE_API_TOKEN is empty"),
            (
                &[("CLOUDFLARE_API_TOKEN", "\n"), KEY, EMAIL],
                "CLOUDFLARE_API_TOKEN: the token contains only whitespace",
            ),
            (&[TOKEN, ("CLOUDFLARE_BASE_URL", " ")], "the base URL in CLOUDFLARE_BASE_URL is not a valid URL"),
            (&[("CLOUDFLARE_API_TOKEN", "env-key\n")], "CLOUDFLARE_API_TOKEN: the token contains whitespace"),
            (
                &[("CLOUDFLARE_API_KEY", "'env-key'"), EMAIL],
                "CLOUDFLARE_API_KEY: the value of header X-Auth-Key contains a quotation mark",
            ),
            (
                &[TOKEN, ("CLOUDFLARE_BASE_URL", "env-token")],
                "the base URL in CLOUDFLARE_BASE_URL is not a valid URL",
            ),
            (
                &[TOKEN, ("CLOUDFLARE_BASE_URL", "ftp://env-token")],
                "the base URL in CLOUDFLARE_BASE_URL is neither http nor https",
            ),
        ] {
            let text = refused(&api, variables);
            assert!(text.contains(expected), "{text}");
            assert!(text.contains("Config"), "{text}");
            for secret in ["env-key", "env-token", "env@example.com"] {
                assert!(!text.contains(secret), "{text}");
            }
        }
    }

    fn incomplete_credentials_are_rejected(api: MockApi) {
        for variables in [&[][..], &[EMAIL], &[KEY], &[("CLOUDFLARE_API_TOKEN", "")]] {
            let text = refused(&api, variables);
            assert!(text.contains("CLOUDFLARE_API_TOKEN"), "{text}");
            assert!(!text.contains("env-key") && !text.contains("env@example.com"), "{text}");
        }
    }

    fn credentials_in_code_take_precedence(api: MockApi) {
        assert_eq!(sent(&api, "token", &[TOKEN, EMAIL]), bearer("code-token"));
        assert_eq!(sent(&api, "token", &[KEY, EMAIL]), bearer("code-token"));
        assert_eq!(sent(&api, "key", &[TOKEN]), key("code-key", "code@example.com"));
        assert_eq!(sent(&api, "key", &[KEY, EMAIL]), key("code-key", "code@example.com"));
    }

    /// A builder reads the environment only after `env()`, including the base URL.
    fn builders_ignore_the_environment_by_default(api: MockApi) {
        let variables =
            [KEY, EMAIL, (SERVER, &api.base_url()), ("CLOUDFLARE_BASE_URL", "http://127.0.0.1:1")];
        assert_eq!(sent(&api, "no_env", &variables), bearer("code-token"));
    }

    fn default_namespaces_are_read(api: MockApi) {
        let account = ("CLOUDFLARE_ACCOUNT_ID", "env-account\n");
        let namespace = ("CLOUDFLARE_KV_NAMESPACE_ID", "env/namespace");
        let output = list(&api, "from_env", &[TOKEN, account, namespace, (HANDLE, "1")]);
        assert!(output.status.success(), "{output:?}");
        let target = "/client/v4/accounts/env-account/storage/kv/namespaces/env%2Fnamespace/keys";
        assert_eq!(api.only().target, target);

        for (variables, expected) in [
            ([TOKEN, namespace, (HANDLE, "1")], "CLOUDFLARE_ACCOUNT_ID is not set"),
            ([TOKEN, account, (HANDLE, "1")], "CLOUDFLARE_KV_NAMESPACE_ID is not set"),
        ] {
            let text = refused(&api, &variables);
            assert!(text.contains(expected), "{text}");
        }
        let empty = ("CLOUDFLARE_KV_NAMESPACE_ID", " ");
        let text = refused(&api, &[TOKEN, account, empty, (HANDLE, "1")]);
        assert!(text.contains("CLOUDFLARE_KV_NAMESPACE_ID is empty"), "{text}");
    }

    /// reqwest has no exception for loopback addresses.
    fn loopback_base_urls_use_no_proxy_unless_there_is_a_builder(api: MockApi) {
        let unreachable = ("HTTP_PROXY", "http://127.0.0.1:1");
        let variables = [TOKEN, unreachable, ("NO_PROXY", ""), ("no_proxy", "")];
        assert_eq!(sent(&api, "from_env", &variables), bearer("env-token"));
        let output = list(&api, "http_client_builder", &variables);
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && text.contains("Connect"), "{text}");
        assert_eq!(api.received().len(), 0);
        let excluded = [TOKEN, unreachable, ("NO_PROXY", "127.0.0.1")];
        assert_eq!(sent(&api, "http_client_builder", &excluded), bearer("env-token"));
    }

    fn base_urls_may_end_in_a_slash(api: MockApi) {
        let base = api.base_url() + "/";
        assert_eq!(sent(&api, "from_env", &[TOKEN, ("CLOUDFLARE_BASE_URL", &base)]), bearer("env-token"));
    }
}

/// The entry point of the child processes.
#[test]
#[ignore = "the other tests run it in a child process"]
fn child() {
    macro_rules! list_with {
        ($client:ty, $task:expr) => {{
            let builder = <$client>::builder();
            let client = match $task {
                "from_env" => <$client>::from_env(),
                "token" => builder.api_token("code-token").env().build(),
                "key" => builder
                    .api_key("code-key", "code@example.com")
                    .env()
                    .build(),
                "http_client_builder" => builder
                    .env()
                    .http_client_builder(reqwest::Client::builder())
                    .max_retries(0)
                    .build(),
                "no_env" => builder
                    .api_token("code-token")
                    .base_url(env::var(SERVER).unwrap())
                    .build(),
                other => panic!("unknown task {other}"),
            };
            let client = client.unwrap();
            if env::var_os(HANDLE).is_some() {
                let namespace = client.default_namespace().unwrap();
                namespace.keys().list().run().unwrap();
            } else {
                client.namespaces(ACCOUNT).list().run().unwrap();
            }
        }};
    }
    match env::var(TASK).unwrap_or_default().split_once(' ') {
        Some(("async", task)) => list_with!(Client, task),
        Some(("blocking", task)) => list_with!(blocking::Client, task),
        _ => (),
    }
}
