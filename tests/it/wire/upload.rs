//! Streaming uploads.

use std::io::{self, Cursor, Read};

use futures_util::stream;
use serde_json::json;
use workers_kv::{Json, Upload};

use crate::support::mock_api::{ACCOUNT, MockApi, NAMESPACE};
use crate::support::mock_server::MockResponse;
use crate::support::test_namespace::TestNamespace;
use crate::support::{Drain as _, Fetch as _, Run as _, Temporary, both, content, drive, kind};

/// A reader that returns bytes and then an error.
fn failing(size: usize) -> impl Read + Send + 'static {
    struct FailingReader;
    impl Read for FailingReader {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("disk failure"))
        }
    }
    Cursor::new(content(size)).chain(FailingReader)
}

fn stream_of(size: usize) -> Upload {
    let pieces: Vec<_> = content(size).chunks(50_000).map(<[u8]>::to_vec).collect();
    Upload::stream(stream::iter(pieces.into_iter().map(io::Result::Ok)))
}

both! {
    fn files_readers_and_streams_are_uploaded(kv: TestNamespace) {
        let values = kv.values();
        for size in [0, 1, 131_071, 131_072, 131_073, 26_214_400] {
            let file = Temporary::new(&content(size));
            values.update("file", file.open()).run().unwrap();
            values.update("reader", Upload::reader(file.open())).run().unwrap();
            values.update("stream", stream_of(size)).metadata("m").run().unwrap();
            for key in ["file", "reader", "stream"] {
                assert!(values.get(key).run().unwrap().into_bytes() == content(size), "{key}, {size}");
                assert!(values.get(key).fetch().unwrap().drain().unwrap() == content(size), "{key}, {size}");
            }
        }
        assert_eq!(kv.metadata().get("stream").run().unwrap(), Some(Json::new("m")));
    }

    fn files_can_have_metadata_and_expiration(kv: TestNamespace) {
        let file = Temporary::new(&content(300_000));
        kv.values().update("k", file.open()).metadata(json!({"a": [1]})).expiration_ttl(600).run().unwrap();
        let download = kv.values().get("k").fetch().unwrap();
        assert!(download.expiration().is_some());
        assert_eq!(download.content_length(), Some(300_000));
        assert!(download.drain().unwrap() == content(300_000));
        assert_eq!(kv.metadata().get("k").run().unwrap(), Some(Json::new(json!({"a": [1]}))));
    }

    /// A failed upload does not change the stored value.
    fn failed_uploads_write_nothing(kv: TestNamespace) {
        let values = kv.values();
        values.update("k", "before").run().unwrap();
        let uploads = [
            Upload::reader(failing(300_000)),
            Upload::reader(failing(10)).with_size(10),
            Upload::reader(Cursor::new(content(10))).with_size(11),
            Upload::reader(Cursor::new(content(10))).with_size(9),
            stream_of(200_000).with_size(199_999),
        ];
        for upload in uploads {
            let error = values.update("k", upload.clone()).run().unwrap_err();
            assert_eq!((kind(&error), error.attempts()), ("Body", 1), "{error}");
            let again = values.update("k", upload).metadata(1).run().unwrap_err();
            assert_eq!((kind(&again), again.parameter()), ("InvalidRequest", Some("value")), "{again}");
        }
        assert_eq!(values.get("k").run().unwrap().text().unwrap(), "before");
    }

    fn uploads_over_the_limit_are_rejected(api: MockApi) {
        let values = api.client().values(ACCOUNT, NAMESPACE);
        for upload in [Temporary::new(&content(26_214_401)).open().into(), stream_of(1).with_size(26_214_401)] {
            let error = values.update("k", upload).run().unwrap_err();
            assert_eq!((kind(&error), error.parameter()), ("InvalidRequest", Some("value")));
        }
        assert_eq!(api.received().len(), 0);
    }

    fn files_are_retried_and_readers_are_not(api: MockApi) {
        let values = api.client().values(ACCOUNT, NAMESPACE);
        let file = Temporary::new(&content(200_000));
        api.respond_with([MockResponse::failure("503 Busy", 1), MockResponse::raw("{}")]);
        values.update("k", file.open()).run().unwrap();
        let requests = api.received();
        assert_eq!(requests.len(), 2);
        for request in requests {
            assert!(request.body == content(200_000));
            assert_eq!(request.header("content-length"), Some("200000"));
            assert_eq!(request.header("content-type"), Some("application/octet-stream"));
        }

        api.respond_with([MockResponse::failure("503 Busy", 1), MockResponse::raw("{}")]);
        let error = values.update("k", Upload::reader(file.open())).run().unwrap_err();
        assert_eq!((error.code(), error.attempts()), (Some(1), 1));
        let request = api.only();
        assert!(request.body == content(200_000));
        assert_eq!(request.header("content-length"), None);
        assert_eq!(request.header("transfer-encoding"), Some("chunked"));
    }
}

/// Copies a value with the readers and files of tokio.
#[test]
fn tokio_files_are_uploaded_and_downloads_are_tokio_readers() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let kv = TestNamespace::<workers_kv::Client>::open();
    let values = kv.values();
    for size in [0, 1, 300_000] {
        let file = Temporary::new(&content(size));
        drive(async {
            let file = tokio::fs::File::from_std(file.open());
            values.update("k", file).metadata("m").send().await.unwrap();
            let mut download = values.get("k").download().await.unwrap();
            let mut copy = Vec::new();
            download.read_to_end(&mut copy).await.unwrap();
            assert!(copy == content(size));
            assert_eq!(download.read(&mut [0]).await.unwrap(), 0);
        });
    }
    // The file has a write that the program did not wait for.
    drive(async {
        let file = Temporary::new(&content(300_000));
        let mut file = tokio::fs::File::from_std(file.open_for_writing());
        file.write_all(&content(10)).await.unwrap();
        values.update("k", file).send().await.unwrap();
        let stored = values.get("k").send().await.unwrap().into_bytes();
        assert!(stored[..] == content(300_000)[10..]);
    });
}
