//! Results of an API without an envelope.

use std::collections::BTreeMap;

use crate::responses::error;
use crate::runtime::integer::Integer;
use crate::runtime::{
    Call, Client, ClientBuilder, DecodeError, Error, Json, Meta, Operation, RawResponse, Request,
    Settings,
};
use crate::support::Run;
use crate::support::server::{Server, Step, json, response};

/// Calls an operation of an API without credentials and without an envelope.
macro_rules! plain {
    ($step:expr, $type:ty, $read:expr) => {{
        enum Plain {}

        impl Operation for Plain {
            type Output = $type;
            const META: &'static Meta = &Meta::DEFAULT;

            fn decode(_: &Request, response: &RawResponse) -> Result<$type, DecodeError> {
                let read: fn(&RawResponse) -> Result<$type, DecodeError> = $read;
                read(response)
            }
        }
        plain::<Plain>($step)
    }};
}

fn plain<O: Operation>(step: Step) -> Result<O::Output, Error> {
    static SETTINGS: Settings = Settings {
        base_url: None,
        base_url_variable: None,
        user_agent: "plain/1",
        security: &[],
        envelope: None,
        status_names: &[],
        request_id_header: None,
    };
    let server = Server::start([step]);
    let builder = ClientBuilder::<Client>::new(&SETTINGS);
    let client = builder.base_url(&server.url).build()?;
    let result = Call::<_, O>::new(&client, Request::new()).run();
    assert_eq!(server.only().header("authorization"), None);
    result
}

#[test]
fn results_without_an_envelope_are_decoded() {
    let step = || json("200 OK", r#"{"success":false,"a":1}"#);
    let map = plain!(step(), BTreeMap<String, Json>, RawResponse::result).unwrap();
    assert_eq!(map["a"], Json::new(1));
    let map = plain!(step(), BTreeMap<String, Json>, RawResponse::json).unwrap();
    assert_eq!(map.len(), 2);
    assert_eq!(
        plain!(step(), String, RawResponse::text).unwrap(),
        r#"{"success":false,"a":1}"#
    );
    plain!(
        response("202 Accepted", &[], "<html>"),
        (),
        RawResponse::empty
    )
    .unwrap();
    assert_eq!(
        plain!(json("200 OK", "null"), i32, |response| response
            .result_or_else(|| 5))
        .unwrap(),
        5
    );
    assert_eq!(
        plain!(json("200 OK", "7.0"), Integer<i64>, RawResponse::result)
            .unwrap()
            .0,
        7
    );
    assert_eq!(
        error(plain!(
            json("200 OK", "[1,true]"),
            Vec<i64>,
            RawResponse::json
        ))
        .0,
        "[1]"
    );
    assert_eq!(
        error(plain!(json("200 OK", "[1] 2"), Vec<i64>, RawResponse::json)).0,
        ""
    );
    error(plain!(
        response("200 OK", &[], b"\xff"),
        String,
        RawResponse::text
    ));
    let error = plain!(
        json("404 Not Found", r#"{"errors":[{"code":1}]}"#),
        String,
        RawResponse::text
    )
    .unwrap_err();
    assert_eq!((error.code(), error.is_not_found()), (None, true));
    assert!(
        error.to_string().contains(r#"{"errors":[{"code":1}]}"#),
        "{error}"
    );
}

#[test]
fn headers_are_parsed_by_type() {
    let headers = [
        ("a", "text"),
        ("b", "1.5"),
        ("c", "true"),
        ("d", " 7 "),
        ("e", "1e2"),
        ("f", "1.5"),
    ];
    let read = plain!(response("200 OK", &headers, ""), (), |response| {
        assert_eq!(response.header::<String>("a").as_deref(), Some("text"));
        assert_eq!(response.header::<f64>("B"), Some(1.5));
        assert_eq!(response.header::<bool>("c"), Some(true));
        assert_eq!(response.header::<i64>("d"), Some(7));
        assert_eq!(response.header::<i64>("e"), Some(100));
        assert_eq!(
            response.header::<i64>("f"),
            cfg!(feature = "part-round-down").then_some(1)
        );
        assert_eq!(response.header::<String>("g"), None);
        Ok(())
    });
    read.unwrap();
}
