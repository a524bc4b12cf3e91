//! Measures the peak memory growth of a process during a call.

use std::fs::File;
use std::io;

use futures_util::TryStreamExt as _;
use workers_kv::{BulkWrite, Client, blocking};

use super::canned::{BIG, PAGE, PAGES};
use super::cpu::runtime;
use super::measure::growth_of;
use super::target::Target;

pub(crate) const CASES: &[&str] = &[
    "bulk_update of 100 MB",
    "values.update of 25 MiB from a file",
    "values.update of 25 MiB from a reader",
    "values.get of 25 MiB, download",
    "values.get of 25 MiB, blocking download",
    "keys.list of a million keys",
];

/// 4,000 pairs with a body of slightly under 100 MB.
const PAIRS: usize = 4_000;
const VALUE: usize = 24_950;

pub(crate) fn run(case: &str, target: &Target) {
    let runtime = runtime();
    let (account, namespace) = (&*target.account, &*target.namespace);
    let client = target
        .configure(Client::builder())
        .build()
        .expect("a client");
    let blocking = target
        .configure(blocking::Client::builder())
        .build()
        .expect("a client");
    let (values, keys) = (
        client.values(account, namespace),
        client.keys(account, namespace),
    );
    // A first call allocates memory that later calls reuse.
    runtime
        .block_on(values.get("small").send())
        .expect("a value");
    let value = "x".repeat(VALUE);

    let growth = match CASES.iter().position(|name| *name == case) {
        Some(0) => growth_of(|| {
            let pairs = (0..PAIRS).map(|n| BulkWrite::new(format!("user:{n:06}"), value.as_str()));
            let _ = runtime
                .block_on(keys.bulk_update(pairs).send())
                .expect("a result");
        }),
        Some(1) => {
            let file = tempfile::tempfile().expect("a file");
            file.set_len(BIG as u64).expect("a file of that size");
            growth_of(|| {
                let update = values.update("big", file);
                runtime.block_on(update.send()).expect("a successful write");
            })
        }
        Some(2) => growth_of(|| {
            let reader = io::Read::take(File::open("/dev/zero").expect("Linux has it"), BIG as u64);
            let upload = workers_kv::Upload::reader(reader);
            runtime
                .block_on(values.update("big", upload).send())
                .expect("a successful write");
        }),
        Some(3) => growth_of(|| {
            runtime.block_on(async {
                let mut download = values.get("big").download().await.expect("a value");
                let mut size = 0;
                while let Some(chunk) = download.try_next().await.expect("a chunk") {
                    size += chunk.len();
                }
                assert_eq!(size, BIG);
            });
        }),
        Some(4) => growth_of(|| {
            let mut download = blocking
                .values(account, namespace)
                .get("big")
                .download()
                .expect("a value");
            assert_eq!(
                io::copy(&mut download, &mut io::sink()).expect("a value"),
                BIG as u64
            );
        }),
        Some(5) => growth_of(|| {
            runtime.block_on(async {
                let mut keys = keys.list().stream();
                let mut count = 0;
                while keys.try_next().await.expect("a key").is_some() {
                    count += 1;
                }
                assert_eq!(count, PAGE * PAGES);
            });
        }),
        _ => panic!("unknown case"),
    };
    let growth = f64::from(growth) / 1024.0;
    let of = if case.starts_with("bulk") {
        let body = PAIRS * (VALUE + r#"{"key":"user:000000","value":""},"#.len()) + 1;
        let body = f64::from(u32::try_from(body).expect("100 MB")) / f64::from(1 << 20);
        format!(", {:.3} times the body", growth / body)
    } else {
        String::new()
    };
    println!("{case:<40} {growth:>7.2} MiB{of}");
}
