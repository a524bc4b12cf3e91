//! The repository's commands, as `cargo xtask COMMAND`.

mod args;
mod codegen;
mod folder;
mod rustfmt;
mod say;

use std::process::ExitCode;

use args::{Command, USAGE};

fn main() -> ExitCode {
    match args::read(std::env::args_os().skip(1)) {
        Ok(Command::Help) => {
            say::out(format_args!("{USAGE}\n"));
            ExitCode::SUCCESS
        }
        Ok(Command::Codegen(options)) => match codegen::run(&options) {
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
