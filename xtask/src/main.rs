//! The repository's commands, as `cargo xtask COMMAND`.

mod args;
mod codegen;
mod folder;
mod rustfmt;

use std::process::ExitCode;

use args::{Command, USAGE};

fn main() -> ExitCode {
    match args::read(std::env::args_os().skip(1)) {
        Ok(Command::Help) => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        Ok(Command::Codegen(options)) => match codegen::run(&options) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(error) => {
                eprintln!("error: {error:#}");
                ExitCode::from(1)
            }
        },
        Err(mistake) => {
            eprintln!("error: {mistake}\n\n{USAGE}");
            ExitCode::from(2)
        }
    }
}
