//! Measures the cost of calls, compared with hand-written code on the same HTTP client.
//!
//! `cargo run --release -p workers-kv-benchmarks` prints a table. `-- quick` takes less time. `-- NAME` selects the
//! lines whose name contains a word. The server and each measurement run in separate processes, so only the client is
//! measured. Times depend on the machine, so compare the ratios. Memory and load are read from `/proc` and require
//! Linux.
//!
//! `-- upload 40 2` writes 40 MB with default settings over a simulated line of 2 Mbit/s and prints the progress.

mod by_hand;
mod canned;
mod cpu;
mod load;
mod measure;
mod memory;
mod process;
mod target;
mod upload;

use std::env;

use process::{Server, output};
use target::Target;

fn main() {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    match *words {
        ["server", "canned"] => canned::serve(),
        ["server", "embedded"] => load::serve(),
        ["cpu", case, side, target] => cpu::run(case, side, &Target::read(target)),
        ["memory", case, target] => memory::run(case, &Target::read(target)),
        ["upload", megabytes, megabits] => upload::run(number(megabytes), number(megabits)),
        _ => table(&words),
    }
}

fn number(word: &str) -> u64 {
    word.parse().expect("a number")
}

fn table(words: &[&str]) {
    let quick = words.contains(&"quick");
    let word = words.iter().find(|word| **word != "quick");
    let wanted = |case: &&&str| word.is_none_or(|word| case.contains(word));

    let server = Server::start("canned");
    println!("client CPU per call, in µs                by hand    async  ratio blocking  ratio");
    let times = if quick { 3 } else { 15 };
    for case in cpu::CASES.iter().filter(wanted) {
        cpu::compare(case, &server.target, times);
    }
    let target = server.target.to_string();
    println!("\nmemory                                   grows by");
    for case in memory::CASES.iter().filter(wanted) {
        println!("{}", output(&["memory", case, &target]));
    }
    if wanted(&&load::CASE) {
        println!("\nload                                       by hand    async  ratio");
        load::run(if quick { 100_000 } else { 1_000_000 });
    }
}
