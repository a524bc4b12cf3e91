//! The repository's commands, as `cargo xtask COMMAND`.

mod args;
mod codegen;
mod folder;
mod rustfmt;
mod say;

use std::panic::resume_unwind;
use std::process::ExitCode;
use std::thread;

use anyhow::{Context as _, Result};
use args::{Command, USAGE};

fn main() -> ExitCode {
    match args::read(std::env::args_os().skip(1)) {
        Ok(Command::Help) => {
            say::out(format_args!("{USAGE}\n"));
            ExitCode::SUCCESS
        }
        Ok(Command::Codegen(options)) => match on_deep_stack(move || codegen::run(&options)) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(error) => {
                say::err(format_args!("error: {error:#}\n"));
                ExitCode::from(1)
            }
        },
        Err(mistake) => {
            say::err(format_args!("error: {mistake}\n\n{USAGE}\n"));
            ExitCode::from(2)
        }
    }
}

/// More than the deepest document needs: schemas may lead to each other thousands of times before one ends. It is only
/// reserved, and costs nothing before it is used.
const STACK: usize = 512 << 20;

/// Runs what walks along a document, to whatever depth that has.
fn on_deep_stack<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let thread = thread::Builder::new().stack_size(STACK).spawn(work);
    let thread = thread.context("cannot start a thread")?;
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}
