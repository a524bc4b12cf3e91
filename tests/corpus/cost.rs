//! Runs a command and measures its cost. The command runs in a small helper process without other children, so the
//! resource usage of the helper's children is the usage of the command.

use std::env;
use std::process::{Command, ExitCode, Output};

use anyhow::{Context as _, Result};

/// The first argument of the helper process.
pub(crate) const PART: &str = "cost-of";

/// CPU time of all processes, and memory of the largest one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cost {
    pub(crate) seconds: f64,
    pub(crate) mib: f64,
}

/// Runs a command to its end. The cost is `None` if the system does not report it.
pub(crate) fn run(command: &Command) -> Result<(Output, Option<Cost>)> {
    let this = env::current_exe().context("the program has no path")?;
    let mut around = Command::new(this);
    around
        .arg(PART)
        .arg(command.get_program())
        .args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => around.env(name, value),
            None => around.env_remove(name),
        };
    }
    let mut output = around
        .output()
        .with_context(|| format!("cannot run {}", command.get_program().display()))?;
    let all = String::from_utf8_lossy(&output.stderr).into_owned();
    let (text, last) = all.trim_end().rsplit_once('\n').unwrap_or_default();
    let cost = read(last);
    output.stderr = text.as_bytes().to_vec();
    Ok((output, cost))
}

/// Parses the last line of the output.
fn read(line: &str) -> Option<Cost> {
    let (seconds, mib) = line.strip_prefix(PART)?.trim().split_once(' ')?;
    Some(Cost {
        seconds: seconds.parse().ok()?,
        mib: mib.parse().ok()?,
    })
}

/// Runs a program and prints its cost in an additional line.
pub(crate) fn run_helper(mut words: impl Iterator<Item = String>) -> ExitCode {
    let status = words.next().map(|program| {
        let mut command = Command::new(program);
        command.args(words).status()
    });
    let cost = of_children().map(|Cost { seconds, mib }| format!("{seconds} {mib}"));
    eprintln!("\n{PART} {}", cost.unwrap_or_default());
    match status {
        Some(Ok(status)) if status.success() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

#[cfg(unix)]
fn of_children() -> Option<Cost> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::{TimeVal, TimeValLike as _};

    /// The unit of memory that the system reports.
    const UNIT: f64 = if cfg!(target_vendor = "apple") {
        1.0
    } else {
        1024.0
    };
    #[allow(clippy::cast_precision_loss, reason = "they are small")]
    let number = |number: i64| number as f64;
    let seconds = |time: TimeVal| number(time.num_microseconds()) / 1e6;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?;
    Some(Cost {
        seconds: seconds(usage.user_time()) + seconds(usage.system_time()),
        mib: number(usage.max_rss()) * UNIT / f64::from(1 << 20),
    })
}

#[cfg(not(unix))]
fn of_children() -> Option<Cost> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_line_is_parsed() {
        let cost = Cost {
            seconds: 1.5,
            mib: 20.0,
        };
        assert_eq!(read("cost-of 1.5 20"), Some(cost));
        assert_eq!(read("cost-of "), None);
        assert_eq!(read("a message"), None);
    }
}
