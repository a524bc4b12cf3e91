//! Values that are received as they come, and answers that are not received whole.

use std::time::Duration;

use workers_kv::blocking;

use crate::support::script::Answer;
use crate::support::scripted::{ACCOUNT, NAMESPACE, Scripted, TOKEN};
use crate::support::stage::Stage;
use crate::support::{Drain as _, Fetch as _, Run as _, both, content, kind};

both! {
    fn a_value_as_it_comes(api: Scripted) {
        let value = || api.client().values(ACCOUNT, NAMESPACE).get("k");
        api.answers([
            Answer::failure("503 Busy", 1),
            Answer::bytes(content(300_000)).header("expiration", "1893456000"),
            Answer::bytes(""),
        ]);
        let download = value().fetch().unwrap();
        assert_eq!(download.status(), 200);
        assert_eq!(download.headers()["content-type"], "application/octet-stream");
        assert_eq!((download.content_length(), download.expiration()), (Some(300_000), Some(1_893_456_000)));
        assert!(download.drain().unwrap() == content(300_000));
        assert_eq!(api.received().len(), 2);

        let download = value().fetch().unwrap();
        assert_eq!((download.content_length(), download.expiration()), (Some(0), None));
        assert_eq!(download.drain().unwrap(), b"");
    }

    fn one_that_is_not_there(kv: Stage) {
        let missing = kv.values().get("k").fetch().unwrap_err();
        assert_eq!((kind(&missing), missing.code()), ("Api", Some(10009)));
        assert!(missing.is_not_found());
    }

    fn one_that_breaks_off(api: Scripted) {
        let value = || api.client().values(ACCOUNT, NAMESPACE).get("k");
        api.answers([Answer::bytes(content(300_000)).cut(), Answer::bytes("v")]);
        let error = value().fetch().unwrap().drain().unwrap_err();
        assert_eq!((kind(&error), error.attempts()), ("Body", 1));
        assert!(error.path().unwrap().ends_with("/values/{key_name}"));
        assert_eq!(value().fetch().unwrap().drain().unwrap(), b"v");

        // Received whole it is asked for again.
        api.answers([Answer::bytes("valu").cut(), Answer::bytes("value")]);
        assert_eq!(value().run().unwrap().text().unwrap(), "value");
    }

    fn one_that_is_dropped(kv: Stage) {
        let values = kv.values();
        values.update("k", content(5_000_000)).run().unwrap();
        for _ in 0..3 {
            drop(values.get("k").fetch().unwrap());
        }
        assert!(values.get("k").fetch().unwrap().drain().unwrap() == content(5_000_000));
    }

    fn a_failure_that_breaks_off(api: Scripted) {
        let namespaces = api.client().namespaces(ACCOUNT);
        let busy = Answer::new("429 Slow Down", "{").header("retry-after", "0").cut();
        api.answers([busy, Answer::raw(r#"{"id":"i","title":"t"}"#), Answer::new("403 No", "no wa").cut()]);
        assert_eq!(namespaces.create("t").run().unwrap().id, "i");
        let error = namespaces.create("t").run().unwrap_err();
        assert_eq!((kind(&error), error.status().unwrap().as_u16()), ("Api", 403));
        assert_eq!(api.received().len(), 3);
    }

    fn answers_that_are_too_large(api: Scripted) {
        let client = api.client_with(|builder| builder.api_token(TOKEN).max_answer_bytes(1_000));
        let values = client.values(ACCOUNT, NAMESPACE);
        api.answers([Answer::bytes(content(1_000)), Answer::bytes(content(1_001)), Answer::bytes(content(1_001))]);
        assert!(values.get("k").run().is_ok());
        let error = values.get("k").run().unwrap_err();
        assert_eq!(kind(&error), "Decode");
        assert!(error.to_string().contains("more than 1000 bytes"), "{error}");
        assert_eq!(values.get("k").fetch().unwrap().drain().unwrap(), content(1_001));
        assert_eq!(api.received().len(), 3);
    }

    /// Much more than other answers: values of 25 MB, which JSON can make longer.
    fn a_bulk_get_may_be_large(api: Scripted) {
        let text = "v".repeat(40_000_000);
        api.answers([Answer::raw(&format!(r#"{{"values":{{"k":"{text}"}}}}"#))]);
        let keys = api.client().keys(ACCOUNT, NAMESPACE);
        assert!(keys.bulk_get(["k"]).run().is_ok());
    }

    fn compressed_content(api: Scripted) {
        let value = || api.client().values(ACCOUNT, NAMESPACE).get("k");
        let gzip = || Answer::bytes([0x1f, 0x8b]).header("content-encoding", "gzip");
        api.answers([gzip(), gzip()]);
        for error in [value().run().unwrap_err(), value().fetch().unwrap_err()] {
            assert_eq!((kind(&error), error.attempts()), ("Decode", 1));
            assert!(error.to_string().contains("gzip"), "{error}");
        }
    }

    fn a_slow_one(api: Scripted) {
        api.answers([Answer::bytes("v").after(Duration::from_secs(2))]);
        let call = api.client().values(ACCOUNT, NAMESPACE).get("k").timeout(Duration::from_millis(50));
        assert_eq!(kind(&call.max_retries(0).fetch().unwrap_err()), "Timeout");
    }
}

/// Errors of a reader say how they came about, also where only `std::io` is known.
#[test]
fn a_reader_gives_errors_of_its_own_kind() {
    let api = Scripted::<blocking::Client>::open();
    api.answers([Answer::bytes("v").cut()]);
    let mut download = api
        .client()
        .values(ACCOUNT, NAMESPACE)
        .get("k")
        .download()
        .unwrap();
    let error = std::io::copy(&mut download, &mut Vec::new()).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::UnexpectedEof);
    assert!(
        error.to_string().contains("the response body ended early"),
        "{error}"
    );
    let error = std::io::copy(&mut download, &mut Vec::new()).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::UnexpectedEof);
}
