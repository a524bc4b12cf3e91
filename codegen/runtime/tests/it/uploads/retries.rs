//! Retries of uploads.

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::runtime::{Error, Upload};
use crate::support::server::{error, hang_up, result};
use crate::support::{Run, both, content};
use crate::uploads::{Temporary, stream_of};

both! {
    fn replayable_sources_are_retried([
        error("503 S", 1), result("{}"), error("503 S", 1), result("{}"), error("503 S", 1), result("{}"),
    ], server, client) {
        let shelf = client.shelf("s");
        let file = Temporary::new(&content(200_000));
        shelf.update("k", file.open()).run().unwrap();
        shelf.update("k", file.open()).metadata(1).run().unwrap();
        let opened = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&opened);
        let upload = Upload::replayable(move || {
            count.fetch_add(1, Ordering::Relaxed);
            Ok(Cursor::new(content(200_000)))
        });
        shelf.update("k", upload).run().unwrap();
        assert_eq!(opened.load(Ordering::Relaxed), 2);
        let requests = server.received();
        assert_eq!(requests.len(), 6);
        assert!(requests.chunks(2).all(|pair| pair[0].body == pair[1].body));
        assert!(requests[0].body == content(200_000) && requests[4].body == content(200_000));
    }
}

both! {
    fn clones_read_a_file_concurrently([result("{}"), result("{}"), result("{}"), result("{}")], server, client) {
        let file = Temporary::new(&content(1_000_000));
        let call = client.shelf("s").update("k", file.open());
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| call.clone().run().unwrap());
            }
        });
        assert!(server.received().iter().all(|request| request.body == content(1_000_000)));
    }
}

both! {
    fn one_shot_sources_are_not_retried([
        error("503 S", 1), hang_up(), result("{}"), error("429 S", 1), error("503 S", 1),
    ], server, client) {
        let shelf = client.shelf("s");
        let once = || Upload::reader(Cursor::new(content(200_000)));
        let error = shelf.update("k", once()).run().unwrap_err();
        assert_eq!((error.status().map(|status| status.as_u16()), error.attempts()), (Some(503), 1));
        let error = shelf.update("k", once()).run().unwrap_err();
        assert!(matches!(error, Error::Connect(_)), "{error:?}");
        assert_eq!(error.attempts(), 1);

        let call = shelf.update("k", once());
        call.clone().run().unwrap();
        let invalid = call.run().unwrap_err();
        assert!(matches!(invalid, Error::InvalidRequest(_)), "{invalid:?}");
        assert_eq!((invalid.parameter(), invalid.attempts()), (Some("value"), 0));
        assert!(invalid.to_string().contains("only once"), "{invalid}");

        assert_eq!(shelf.update("k", stream_of(&["v"])).run().unwrap_err().attempts(), 1);
        let form = shelf.update("k", stream_of(&["v"])).metadata(1);
        assert_eq!(form.clone().run().unwrap_err().attempts(), 1);
        assert_eq!(form.run().unwrap_err().parameter(), Some("value"));
        assert_eq!(server.received().len(), 5);
    }
}

/// Nothing was read, so the upload can be retried.
mod unread_one_shot_sources_are_retried {
    use std::net::TcpListener;

    use super::*;

    both! {
        fn again([], _server, client, |builder| builder.base_url({
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            format!("http://{}", listener.local_addr().unwrap())
        }).max_retries(1)) {
            let call = client.shelf("s").update("k", Upload::reader(&b"v"[..]));
            for _ in 0..2 {
                let error = call.clone().run().unwrap_err();
                assert!(matches!(error, Error::Connect(_)), "{error:?}");
                assert_eq!(error.attempts(), 2);
            }
        }
    }
}
