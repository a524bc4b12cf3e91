use super::convert::*;
use super::{RESERVED_GROUPS, RESERVED_SETTERS};

#[test]
fn texts_become_readable_identifiers() {
    assert_eq!(snake("withMetadata", &[]), "with_metadata");
    assert_eq!(snake("type", &[]), "type_");
    assert_eq!(snake("gen", &[]), "gen_");
    assert_eq!(snake("timeout", RESERVED_SETTERS), "timeout_");
    assert_eq!(snake("3d-model", &[]), "n3d_model");
    assert_eq!(snake("$$", &[]), "nameless");
    assert_eq!(snake("StartTime<", &[]), "start_time_lt");
    assert_eq!(snake(">=1y", &[]), "gte_1y");
    assert_eq!(snake("Page<User>", &[]), "page_user");
    assert_eq!(pascal("bulk-get-result"), "BulkGetResult");
    assert_eq!(pascal("self"), "SelfValue");
    assert_eq!(pascal("größe"), "Größe");
    assert_eq!(snake("OAuth2", &[]), "oauth2");
    assert_eq!(snake("orgOAuth2App", &[]), "org_oauth2_app");
    assert_eq!(pascal("GraphQLQuery"), "GraphqlQuery");
    assert_eq!(pascal("myGitHubURLs"), "MyGithubUrls");
    assert_eq!(pascal("HTTPv1"), "Httpv1");
    assert_eq!(snake("IPv4Address", &[]), "ipv4_address");
    assert_eq!(snake("allowedIPs", &[]), "allowed_ips");
    assert_eq!(pascal("DNSsec"), "Dnssec");
    assert_eq!(pascal("APIKeys"), "ApiKeys");
    assert_eq!(snake("studIOSystem", &[]), "stud_io_system");
    assert_eq!(pascal("HTTPServer"), "HttpServer");
    assert_eq!(shouty("APIKey"), "API_KEY");
    assert_eq!(shouty("Schlüssel 2"), "SCHLSSEL_2");
    assert_eq!(shouty("鍵"), "NAMELESS");
    assert_eq!(module("größe", "group", &[]), "gre");
    assert_eq!(module("商品", "group", &[]), "group");
    assert_eq!(module("new", "group", RESERVED_GROUPS), "new_");
    assert_eq!(package("Pet Store"), "pet-store");
    assert_eq!(package("商品"), "api");
    for reserved in ["std", "Core", "crate", "self", "Test", "serde", "type"] {
        assert_eq!(
            package(reserved),
            format!("{}-api", reserved.to_lowercase())
        );
    }
    assert_eq!(variant(""), "Empty");
    assert_eq!(variant(">="), "GreaterEqual");
    assert_eq!(variant("-1"), "Minus1");
    assert_eq!(variant("10px"), "N10px");
    assert_eq!(
        operation_words("list-an-owner'-s-pets"),
        ["list", "owner", "pets"]
    );
}

#[test]
fn every_character_gives_an_identifier() {
    for c in (0..=0x2_ffff).filter_map(char::from_u32) {
        let text = c.to_string();
        for name in [
            snake(&text, &[]),
            pascal(&text),
            variant(&text),
            shouty(&text),
        ] {
            assert!(is_identifier(&name), "{c:?} gave {name:?}");
        }
    }
}
