//! Records spans and events as lines of text. A span is recorded when it closes.

use std::io::{self, Write};
use std::sync::{Arc, LazyLock, Mutex};

use tracing::Level;
use tracing::subscriber::{set_global_default, with_default};
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::fmt::{MakeWriter, fmt};

/// Other tests run concurrently. Without a global subscriber, `tracing` could disable the call sites
/// for all tests.
static OTHERS: LazyLock<()> = LazyLock::new(|| {
    let empty = fmt().with_max_level(Level::TRACE).with_writer(io::sink);
    set_global_default(empty.finish()).unwrap();
});

/// Targets of the clients: the runtime tests and the generated crate.
const TARGETS: [&str; 2] = [": it: ", ": workers_kv: "];

/// Records the spans and events of the clients on this thread.
pub(crate) fn recorded(run: impl FnOnce()) -> Vec<String> {
    LazyLock::force(&OTHERS);
    let text = Text::default();
    let subscriber = fmt()
        .with_max_level(Level::TRACE)
        .with_span_events(FmtSpan::CLOSE)
        .without_time()
        .with_writer(text.clone());
    with_default(subscriber.finish(), run);
    let text = String::from_utf8(text.0.lock().unwrap().clone()).unwrap();
    let is_relevant = |line: &&str| TARGETS.iter().any(|target| line.contains(target));
    let lines = text.lines().filter(is_relevant);
    lines.map(|line| line.trim_start().to_owned()).collect()
}

#[derive(Clone, Default)]
struct Text(Arc<Mutex<Vec<u8>>>);

impl Write for Text {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Text {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
