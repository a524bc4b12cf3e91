//! Streaming uploads.

use std::error::Error as _;
use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::stream;

use crate::runtime::{Error, Upload};
use crate::support::server::{Received, error, hang_up, raw, result};
use crate::support::{Run, both, content};

/// A file that is removed on drop.
struct Temporary(PathBuf);

impl Temporary {
    fn new(content: &[u8]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("upload-{}-{count}", std::process::id());
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::write(&path, content).unwrap();
        Self(path)
    }

    fn open(&self) -> File {
        File::open(&self.0).unwrap()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// A reader that fails after its content.
struct Failing(Cursor<Vec<u8>>);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            // The kind must not be confused with the timeout of the call.
            0 => Err(io::Error::new(
                io::ErrorKind::TimedOut,
                "the disk is on fire",
            )),
            size => Ok(size),
        }
    }
}

fn failing(size: usize) -> Failing {
    Failing(Cursor::new(content(size)))
}

/// Counts the bytes that are read.
struct Counted<R>(R, Arc<AtomicUsize>);

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.0.read(buffer)?;
        self.1.fetch_add(size, Ordering::Relaxed);
        Ok(size)
    }
}

/// Returns one byte at a time.
struct Bytewise<I>(I);

impl<I: Iterator<Item = u8>> Read for Bytewise<I> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(buffer
            .iter_mut()
            .zip(self.0.by_ref().take(1))
            .map(|(to, byte)| *to = byte)
            .count())
    }
}

fn stream_of(pieces: &[&'static str]) -> Upload {
    let pieces: Vec<io::Result<&'static str>> = pieces.iter().copied().map(Ok).collect();
    Upload::stream(stream::iter(pieces))
}

#[track_caller]
fn is_sized(request: &Received, size: Option<usize>) {
    let size = size.map(|size| size.to_string());
    assert_eq!(request.header("content-length"), size.as_deref());
    let chunked = size.is_none().then_some("chunked");
    assert_eq!(request.header("transfer-encoding"), chunked);
}

/// Checks an upload error.
#[track_caller]
fn upload_error(result: Result<(), Error>, text: &str) -> Error {
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Body(_)), "{error:?}");
    assert!(error.to_string().ends_with(text), "{error}");
    assert_eq!(error.attempts(), 1);
    assert!(!error.is_retryable());
    error
}

both! {
    fn content_of_any_size_is_sent([
        result("{}"), result("{}"), result("{}"), result("{}"), result("{}"), result("{}"),
        result("{}"), result("{}"), result("{}"), result("{}"), result("{}"), result("{}"),
    ], server, client) {
        let sizes = [0, 1, 131_071, 131_072, 131_073, 26_214_400];
        for size in sizes {
            let file = Temporary::new(&content(size));
            client.shelf("s").update("k", file.open()).run().unwrap();
            client.shelf("s").update("k", Upload::reader(Cursor::new(content(size)))).run().unwrap();
        }
        for (requests, size) in server.received().chunks(2).zip(sizes) {
            // An empty file may be generated when it is read.
            is_sized(&requests[0], Some(size).filter(|size| *size > 0));
            is_sized(&requests[1], None);
            assert!(requests.iter().all(|request| request.body == content(size)), "{size}");
            assert_eq!(requests[0].header("content-type"), Some("application/octet-stream"));
        }
    }
}

both! {
    fn file_clones_have_independent_offsets([
        result("{}"), result("{}"), result("{}"), result("{}"),
    ], server, client) {
        let all = content(1_000_000);
        let file = Temporary::new(&all);
        let mut half = file.open();
        let whole = half.try_clone().unwrap();
        let call = client.shelf("s").update("k", whole);
        // The clones share a position.
        half.seek(SeekFrom::Start(500_000)).unwrap();
        call.clone().run().unwrap();
        client.shelf("s").update("k", half).run().unwrap();
        call.run().unwrap();
        let bodies: Vec<_> = server.received().into_iter().map(|request| request.body).collect();
        assert!(bodies == [all.clone(), all[500_000..].to_vec(), all]);
    }
}

both! {
    fn overflowing_sizes_are_unknown([], server, client) {
        let upload = Upload::from("v").with_size(u64::MAX);
        let call = client.shelf("s").update("k", upload).metadata(1);
        assert!(matches!(call.run().unwrap_err(), Error::InvalidRequest(_)));
        assert!(server.received().is_empty());
    }
}

both! {
    fn all_kinds_of_sources_are_sent([
        result("{}"), result("{}"), result("{}"), result("{}"), result("{}"), result("{}"),
    ], server, client) {
        let shelf = client.shelf("s");
        let file = Temporary::new(b"not this:content");
        let mut open = file.open();
        open.seek(SeekFrom::Start(9)).unwrap();
        shelf.update("k", open).run().unwrap();
        shelf.update("k", Upload::reader(&b"content"[..]).with_size(7)).run().unwrap();
        shelf.update("k", stream_of(&["", "con", "", "tent", ""])).run().unwrap();
        shelf.update("k", stream_of(&["con", "tent", ""]).with_size(7)).run().unwrap();
        shelf.update("k", Upload::replayable(|| Ok(&b"content"[..]))).run().unwrap();
        shelf.update("k", Upload::from("content").with_size(7)).run().unwrap();
        let sizes = [Some(7), Some(7), None, Some(7), None, Some(7)];
        for (request, size) in server.received().iter().zip(sizes) {
            assert_eq!(request.text(), "content");
            is_sized(request, size);
        }
    }
}

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

both! {
    fn forms_contain_all_kinds_of_sources([result("{}"), result("{}"), result("{}")], server, client) {
        let shelf = client.shelf("s");
        let file = Temporary::new(&content(200_000));
        shelf.update("k", file.open()).metadata("m").run().unwrap();
        shelf.update("k", Upload::reader(Cursor::new(content(200_000)))).metadata("m").run().unwrap();
        shelf.update("k", content(200_000)).metadata("m").run().unwrap();
        for (at, request) in server.received().iter().enumerate() {
            let boundary = request.header("content-type").unwrap();
            let boundary = boundary.strip_prefix("multipart/form-data; boundary=").unwrap();
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"value\"; filename=\"value\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            let tail = format!(
                "\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\
                 Content-Type: application/json\r\n\r\n\"m\"\r\n--{boundary}--\r\n"
            );
            let expected = [head.as_bytes(), &content(200_000), tail.as_bytes()].concat();
            assert!(request.body == expected);
            is_sized(request, (at != 1).then_some(expected.len()));
        }
    }
}

#[test]
fn debug_output_shows_the_size() {
    let file = Temporary::new(b"12345");
    assert_eq!(Upload::from(file.open()).size(), Some(5));
    assert_eq!(Upload::reader(file.open()).size(), None);
    assert_eq!(Upload::reader(file.open()).with_size(7).size(), Some(7));
    assert_eq!(format!("{:?}", Upload::from("secret")), "Upload(6 bytes)");
    assert_eq!(
        format!("{:?}", stream_of(&["secret"])),
        "Upload(unknown size)"
    );
    #[cfg(unix)]
    assert_eq!(Upload::from(File::open("/dev/null").unwrap()).size(), None);
}
