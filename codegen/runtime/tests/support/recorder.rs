//! What a client tells `tracing`, as lines of text: an event is one, and a span is one when it is over.

use std::io::{self, Write};
use std::sync::{Arc, LazyLock, Mutex};

use tracing::Level;
use tracing::subscriber::{set_global_default, with_default};
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::fmt::{MakeWriter, fmt};

/// Other tests run at the same time. Were nobody interested in what they tell, it might be taken to hold for all.
static OTHERS: LazyLock<()> = LazyLock::new(|| {
    let empty = fmt().with_max_level(Level::TRACE).with_writer(io::sink);
    set_global_default(empty.finish()).unwrap();
});

/// The crates that have clients: the tests of the runtime, and the emitted one.
const TARGETS: [&str; 2] = [": it: ", ": workers_kv: "];

/// What clients tell while something runs on this thread.
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
    let told = |line: &&str| TARGETS.iter().any(|target| line.contains(target));
    let lines = text.lines().filter(told);
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
