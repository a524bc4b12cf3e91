//! This program again, in another process, with another part to play.

use std::env;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use super::place::Place;

/// A server in another process. It ends when this goes.
pub(crate) struct Server {
    child: Child,
    pub(crate) place: Place,
}

impl Server {
    pub(crate) fn start(kind: &str) -> Self {
        let mut child = this(&["server", kind])
            .stdin(Stdio::piped())
            .spawn()
            .expect("it starts");
        let out = child.stdout.take().expect("it is piped");
        let mut line = String::new();
        BufReader::new(out)
            .read_line(&mut line)
            .expect("it says where it is");
        let place = Place::read(&line);
        Self { child, place }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What this program prints when it plays that part.
pub(crate) fn output(words: &[&str]) -> String {
    run(&mut this(words))
}

/// The same, where the C library keeps the memory that it has: it would hand a page of keys back to the system and ask
/// for it again at each call, which would drown what is measured.
pub(crate) fn output_with_memory_kept(words: &[&str]) -> String {
    let mut command = this(words);
    command
        .env("MALLOC_TRIM_THRESHOLD_", "268435456")
        .env("MALLOC_TOP_PAD_", "67108864");
    run(&mut command)
}

fn run(command: &mut Command) -> String {
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.expect("it starts");
    assert!(output.status.success(), "{command:?} failed");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn this(words: &[&str]) -> Command {
    let program = env::current_exe().expect("this program is a file");
    let mut command = Command::new(program);
    command.args(words).stdout(Stdio::piped());
    command
}
