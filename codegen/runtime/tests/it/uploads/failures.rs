//! Failures and flow control of uploads.

use std::error::Error as _;
use std::fs::{self, File};
use std::io::{self};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::stream;

use crate::runtime::{Error, Upload};
use crate::support::server::{raw, result};
use crate::support::{Run, both, content};
use crate::uploads::{Bytewise, Counted, Temporary, failing, stream_of, upload_error};

both! {
    fn size_mismatches_fail_the_call([], server, client) {
        let shelf = client.shelf("s");
        let more = "the content to upload has more than the declared 3 bytes";
        let fewer = "the content to upload has fewer than the declared 9 bytes";
        let none = "the content to upload has more than the declared 0 bytes";
        let uploads: [&dyn Fn() -> Upload; 5] = [
            &|| Upload::reader(&b"value"[..]),
            &|| stream_of(&["val", "ue"]),
            &|| stream_of(&["v", "alue"]),
            &|| Upload::replayable(|| Ok(&b"value"[..])),
            &|| Upload::from("value"),
        ];
        for upload in uploads {
            for (size, text) in [(3, more), (9, fewer), (0, none)] {
                upload_error(shelf.update("k", upload().with_size(size)).run(), text);
                upload_error(shelf.update("k", upload().with_size(size)).metadata(1).run(), text);
            }
        }
        let file = Temporary::new(b"val");
        let call = shelf.update("k", file.open());
        fs::write(&file.0, b"value").unwrap();
        upload_error(call.run(), more);
        // None of the requests was complete.
        assert_eq!(server.received().len(), 0);
    }
}

both! {
    fn read_errors_fail_the_call([], server, client) {
        let shelf = client.shelf("s");
        let text = "the content to upload could not be read";
        for size in [0, 10, 131_072, 300_000] {
            let found = upload_error(shelf.update("k", Upload::reader(failing(size))).run(), text);
            let mut causes = std::iter::successors(found.source(), |error| (*error).source());
            assert!(causes.any(|retry_reason| retry_reason.to_string() == "the disk is on fire"), "{found:?}");
            upload_error(shelf.update("k", Upload::reader(failing(size))).metadata(1).run(), text);
            upload_error(shelf.update("k", Upload::replayable(move || Ok(failing(size)))).run(), text);
        }
        let missing = || File::open("there/is/no/such/file");
        upload_error(shelf.update("k", Upload::replayable(missing)).run(), text);
        let broken = stream::iter([Ok("v"), Err("out of paper")]);
        upload_error(shelf.update("k", Upload::stream(broken)).run(), text);
        assert_eq!(server.received().len(), 0);
    }
}

both! {
    fn the_timeout_covers_reading([result("{}")], server, client) {
        let (sender, receiver) = std::sync::mpsc::channel::<u8>();
        let endless = std::iter::from_fn(move || receiver.recv().ok());
        let call = client.shelf("s").update("k", Upload::reader(Bytewise(endless)));
        let error = call.timeout(Duration::from_millis(100)).run().unwrap_err();
        assert!(matches!(error, Error::Timeout(_)), "{error:?}");
        assert_eq!(error.attempts(), 1);
        drop(sender);
        client.shelf("s").delete("k").run().unwrap();
        assert_eq!(server.only().method, "DELETE");
    }
}

/// If the server does not read, the client reads only what fits into socket buffers.
mod backpressure_limits_reading {
    use std::net::TcpListener;

    use super::*;

    both! {
        fn ahead([], _server, client, |builder| builder.base_url({
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            std::thread::spawn(move || (listener.accept(), listener.accept()));
            url
        })) {
            let read = Arc::new(AtomicUsize::new(0));
            let counted = Counted(io::repeat(b'v'), Arc::clone(&read));
            let call = client.shelf("s").update("k", Upload::reader(counted));
            let error = call.timeout(Duration::from_millis(300)).run().unwrap_err();
            assert!(matches!(error, Error::Timeout(_)), "{error:?}");
            let read = read.load(Ordering::Relaxed);
            assert!((1..20_000_000).contains(&read), "{read}");
        }
    }
}

both! {
    fn early_responses_are_accepted([
        raw("HTTP/1.1 413 Payload Too Large\r\ncontent-length: 5\r\n\r\nlarge").early(), result("{}"),
    ], _server, client) {
        let file = Temporary::new(&content(5_000_000));
        let error = client.shelf("s").update("k", file.open()).run().unwrap_err();
        let Error::Api(error) = error else { panic!("{error:?}") };
        assert_eq!((error.status().as_u16(), error.body_text().as_str()), (413, "large"));
        client.shelf("s").delete("k").run().unwrap();
    }
}
