//! Content that is sent or received bit by bit is the same in whichever bits it comes.

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
use crate::faults::good::Good;
use crate::faults::server::{End, FaultServer, Reply, Takes, Wrong};
use crate::support::scripted::{ACCOUNT, NAMESPACE};
use crate::support::{Drain as _, Fetch as _, Kv, Run as _, both};

/// Bytes in pieces of any size, among them some with nothing in them.
fn pieces() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let piece = (vec(any::<u8>(), 0..100), 0..3_000_usize);
    vec(piece.prop_map(|(bytes, times)| bytes.repeat(times)), 0..6)
}

/// Gives each piece by itself, as far as it is asked for.
struct Bits(Vec<Vec<u8>>);

impl Read for Bits {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.retain(|piece| !piece.is_empty());
        let Some(piece) = self.0.first_mut() else {
            return Ok(0);
        };
        let size = piece.len().min(buffer.len());
        piece.drain(..size).as_slice().read(buffer)
    }
}

/// The body in chunks of so many bytes, one size after the other.
fn chunked(body: &[u8], sizes: &[usize]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = body;
    for size in sizes.iter().copied().chain(iter::repeat(usize::MAX)) {
        let (chunk, after) = rest.split_at(size.min(rest.len()));
        let mut line = String::new();
        let _ = write!(line, "{:x}\r\n", chunk.len());
        out.extend([line.as_bytes(), chunk, b"\r\n"].concat());
        // An empty one is the end.
        if chunk.is_empty() {
            break;
        }
        rest = after;
    }
    out
}

/// A server that knows one value only, and a client of it.
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
    fn uploads_in_any_pieces(kv: Servers) {
        check(&(pieces(), any::<bool>(), option::of(any::<u8>())), |(pieces, sized, metadata)| {
            let kv = kv.namespace(2);
            let (all, copy) = (pieces.concat(), pieces.clone());
            let uploads = [
                Upload::stream(stream::iter(pieces.clone().into_iter().map(io::Result::Ok))),
                Upload::reader(Bits(pieces)),
                Upload::replayable(move || Ok(Bits(copy.clone()))),
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

    fn downloads_in_any_pieces(kv: Chunked) {
        let values = kv.client.values(ACCOUNT, NAMESPACE);
        let sizes = vec(1..5_000_usize, 0..20);
        check(&(pieces(), sizes, 1..10_usize), |(body, sizes, pieces)| {
            let body = body.concat();
            let chunks = chunked(&body, &sizes);
            let reply = move |good: &Good| Reply {
                bytes: good.under("transfer-encoding: chunked\r\n", &chunks),
                filler: 0,
                pieces,
                end: End::Keep,
            };
            kv.server.fails(0, 2, Wrong { takes: Takes::Whole, reply: Arc::new(reply) });
            assert!(values.get("key").fetch().unwrap().drain().unwrap() == body);
            assert!(*values.get("key").run().unwrap().bytes() == body);
        });
    }
}
