//! Runs this program in another process, for another task.

use std::env;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use super::target::Target;

/// A server in another process. Dropping it stops the server.
pub(crate) struct Server {
    child: Child,
    pub(crate) target: Target,
}

impl Server {
    pub(crate) fn start(kind: &str) -> Self {
        let mut child = this(&["server", kind])
            .stdin(Stdio::piped())
            .spawn()
            .expect("a running process");
        let out = child.stdout.take().expect("a pipe");
        let mut line = String::new();
        BufReader::new(out)
            .read_line(&mut line)
            .expect("the server prints its address");
        let target = Target::read(&line);
        Self { child, target }
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

/// Returns the output of a task in another process.
pub(crate) fn output(words: &[&str]) -> String {
    run(&mut this(words))
}

/// Like [`output`], but the C library keeps freed memory. Otherwise, it returns and requests the memory of a page of
/// keys at each call, which hides the measured cost.
pub(crate) fn output_with_memory_kept(words: &[&str]) -> String {
    let mut command = this(words);
    command
        .env("MALLOC_TRIM_THRESHOLD_", "268435456")
        .env("MALLOC_TOP_PAD_", "67108864");
    run(&mut command)
}

fn run(command: &mut Command) -> String {
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.expect("a finished process");
    assert!(output.status.success(), "{command:?} failed");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn this(words: &[&str]) -> Command {
    let program = env::current_exe().expect("the path of this program");
    let mut command = Command::new(program);
    command.args(words).stdout(Stdio::piped());
    command
}
