//! Credentials that the config defines under `client.credentials`.

use crate::config;
use crate::diagnostic::Diagnostic;
use crate::ir::{Credential, Secret};
use crate::lower::security::credentials::Credentials;
use crate::lower::security::lowering::SecurityLowering;
use crate::lower::security::reserved_methods::RESERVED_BUILDER_METHODS;
use crate::lower::security::schemes::SchemeSecret;
use crate::lower::security::unique_names::claim_numbered;
use crate::names::Scope;
use crate::pointer::Pointer;
use crate::suggest::did_you_mean;

impl SecurityLowering<'_> {
    /// Returns the credentials of the config.
    pub(in crate::lower) fn credentials_from_config(&mut self) -> Credentials {
        let at = Pointer::root().key("client").key("credentials");
        let mut credentials = Credentials::default();
        let mut methods = Scope::default();
        for (i, settings) in self.config.client.credentials.iter().enumerate() {
            let credential = self.credential_from_config(settings, &at.index(i), &mut methods);
            credentials.add(credential, settings.schemes.clone());
        }
        credentials
    }

    fn credential_from_config(
        &mut self,
        settings: &config::Credential,
        at: &Pointer,
        methods: &mut Scope,
    ) -> Credential {
        let secrets = self.secrets_of_schemes(&settings.schemes, &at.key("schemes"));
        self.check_variables(settings, &secrets, &at.key("variables"));
        let method = &settings.method;
        let is_reserved = RESERVED_BUILDER_METHODS.contains(&method.as_str())
            || methods.claim(method, at).is_err();
        if is_reserved {
            let text = format!("the client builder already has a method `{method}`");
            let at = at.key("method");
            let diagnostic = Diagnostic::error("reserved-credential-method", &at, text);
            self.diagnostics
                .push(diagnostic.in_config().help("choose another name"));
        }
        let mut arguments = Scope::default();
        let secrets = secrets.into_iter().enumerate().map(|(i, secret)| Secret {
            argument: claim_numbered(&mut arguments, secret.argument),
            location: secret.location,
            variable: settings.variables.get(i).cloned(),
        });
        Credential {
            method: method.clone(),
            docs: settings.docs.clone().unwrap_or_default(),
            single_word: settings.single_word,
            client_credentials: match &settings.schemes[..] {
                [scheme] => self.client_credentials(scheme),
                _ => None,
            },
            secrets: secrets.collect(),
        }
    }

    /// Returns the secrets of several schemes. An unknown scheme is an error of the config.
    fn secrets_of_schemes(&mut self, schemes: &[String], at: &Pointer) -> Vec<SchemeSecret> {
        let mut all_secrets = Vec::new();
        for (i, scheme) in schemes.iter().enumerate() {
            let secrets = self.secrets(scheme);
            if secrets.is_empty() {
                let text = format!("the document has no security scheme `{scheme}`");
                let components = self.document.api.components.iter();
                let known = components.flat_map(|it| it.security_schemes.keys());
                let known = known.map(String::as_str);
                let help = did_you_mean(scheme, known, "one of `components/securitySchemes`");
                let diagnostic = Diagnostic::error("unknown-security-scheme", &at.index(i), text);
                self.diagnostics.push(diagnostic.in_config().help(help));
            }
            all_secrets.extend(secrets);
        }
        all_secrets
    }

    fn check_variables(
        &mut self,
        settings: &config::Credential,
        secrets: &[SchemeSecret],
        at: &Pointer,
    ) {
        if settings.variables.is_empty() || settings.variables.len() == secrets.len() {
            return;
        }
        let names: Vec<String> = secrets
            .iter()
            .map(|secret| format!("`{}`", secret.argument))
            .collect();
        let text = "the number of `variables` differs from the number of secrets";
        let help = format!("list one variable each for {}", names.join(" and "));
        let diagnostic = Diagnostic::error("credential-variables", at, text).in_config();
        self.diagnostics.push(diagnostic.at_key().help(help));
    }
}
