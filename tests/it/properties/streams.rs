//! Streamed content does not depend on the size of its chunks.

use std::fmt::Write as _;
use std::io::{self, Read};
use std::iter;
use std::sync::Arc;

use futures_util::stream;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Strategy, any};
use workers_kv::{Json, Upload};

use super::{Servers, check};
use crate::faults::reply::{End, FaultyResponse, Reply, RequestRead};
use crate::faults::server::FaultServer;
use crate::faults::successful::SuccessfulResponse;
use crate::support::mock_api::{ACCOUNT, NAMESPACE};
use crate::support::{Drain as _, Fetch as _, Kv, Run as _, both};

/// Bytes in chunks of any size, some of them empty.
fn pieces() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let piece = (vec(any::<u8>(), 0..100), 0..3_000_usize);
    vec(piece.prop_map(|(bytes, times)| bytes.repeat(times)), 0..6)
}

/// Returns each chunk in a separate read.
struct Pieces(Vec<Vec<u8>>);

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.retain(|piece| !piece.is_empty());
        let Some(piece) = self.0.first_mut() else {
            return Ok(0);
        };
        let size = piece.len().min(buffer.len());
        piece.drain(..size).as_slice().read(buffer)
    }
}

/// Encodes the body in HTTP chunks with the given sizes.
fn chunked(body: &[u8], sizes: &[usize]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = body;
    for size in sizes.iter().copied().chain(iter::repeat(usize::MAX)) {
        let (chunk, after) = rest.split_at(size.min(rest.len()));
        let mut line = String::new();
        let _ = write!(line, "{:x}\r\n", chunk.len());
        out.extend([line.as_bytes(), chunk, b"\r\n"].concat());
        // An empty chunk ends the body.
        if chunk.is_empty() {
            break;
        }
        rest = after;
    }
    out
}

/// A server with one value, and its client.
struct Chunked<C> {
    server: FaultServer,
    client: C,
}

impl<C: Kv> Chunked<C> {
    fn open() -> Self {
        let server = FaultServer::start();
        let client = C::start(|builder| builder.base_url(server.origin()).api_token("token"));
        Self {
            client: client.expect("a client"),
            server,
        }
    }
}

both! {
    fn uploads_do_not_depend_on_chunks(kv: Servers) {
        check(&(pieces(), any::<bool>(), option::of(any::<u8>())), |(pieces, sized, metadata)| {
            let kv = kv.namespace(2);
            let (all, copy) = (pieces.concat(), pieces.clone());
            let uploads = [
                Upload::stream(stream::iter(pieces.clone().into_iter().map(io::Result::Ok))),
                Upload::reader(Pieces(pieces)),
                Upload::replayable(move || Ok(Pieces(copy.clone()))),
            ];
            for upload in uploads {
                let upload = if sized { upload.with_size(all.len() as u64) } else { upload };
                let call = kv.values().update("key", upload);
                match metadata {
                    Some(metadata) => call.metadata(metadata).run().unwrap(),
                    None => call.run().unwrap(),
                }
                assert!(*kv.values().get("key").run().unwrap().bytes() == all);
                assert!(kv.values().get("key").fetch().unwrap().drain().unwrap() == all);
                assert_eq!(kv.metadata().get("key").run().unwrap(), metadata.map(Json::new));
            }
        });
    }

    fn downloads_do_not_depend_on_chunks(kv: Chunked) {
        let values = kv.client.values(ACCOUNT, NAMESPACE);
        let sizes = vec(1..5_000_usize, 0..20);
        check(&(pieces(), sizes, 1..10_usize), |(body, sizes, pieces)| {
            let body = body.concat();
            let chunks = chunked(&body, &sizes);
            let reply = move |success: &SuccessfulResponse| Reply {
                bytes: success.with_headers("transfer-encoding: chunked\r\n", &chunks),
                filler: 0,
                pieces,
                end: End::Keep,
                http2: None,
            };
            kv.server.fails(0, 2, FaultyResponse { read: RequestRead::Whole, reply: Arc::new(reply) });
            assert!(values.get("key").fetch().unwrap().drain().unwrap() == body);
            assert!(*values.get("key").run().unwrap().bytes() == body);
        });
    }
}
