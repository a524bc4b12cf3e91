//! Commands of the repository: `cargo xtask COMMAND`.

mod args;
mod codegen;
mod folder;
mod print;
mod rustfmt;

use std::panic::resume_unwind;
use std::process::ExitCode;
use std::thread;

use anyhow::{Context as _, Result};
use args::{Command, USAGE};

fn main() -> ExitCode {
    match args::read(std::env::args_os().skip(1)) {
        Ok(Command::Help) => {
            print::stdout(format_args!("{USAGE}\n"));
            ExitCode::SUCCESS
        }
        Ok(Command::Codegen(options)) => match on_deep_stack(move || codegen::run(&options)) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(error) => {
                print::stderr(format_args!("error: {error:#}\n"));
                ExitCode::from(1)
            }
        },
        Err(message) => {
            print::stderr(format_args!("error: {message}\n\n{USAGE}\n"));
            ExitCode::from(2)
        }
    }
}

/// Stack size of the generator's thread. Chains of thousands of schemas need a deep stack. The memory is reserved, but
/// not allocated before it is used.
const STACK: usize = 512 << 20;

/// Runs recursive work on a thread with a deep stack.
fn on_deep_stack<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let thread = thread::Builder::new().stack_size(STACK).spawn(work);
    let thread = thread.context("cannot start a thread")?;
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}
