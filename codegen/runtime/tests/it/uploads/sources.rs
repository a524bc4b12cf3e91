//! Sources of uploads.

use std::fs::File;
use std::io::{Cursor, Seek, SeekFrom};

use crate::runtime::{Error, Upload};
use crate::support::server::result;
use crate::support::{Run, both, content};
use crate::uploads::{Temporary, is_sized, stream_of};

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
