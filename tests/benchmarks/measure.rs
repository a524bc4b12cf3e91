//! Measures CPU time and memory.

use std::fs;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Returns the CPU time of a run in seconds: the mean of the faster half, because other programs disturb the slower
/// runs. `prepare` creates the input of a run.
pub(crate) fn cheapest<T>(runs: usize, prepare: impl Fn() -> T, mut run: impl FnMut(T)) -> f64 {
    let costs = (0..runs).map(|_| {
        let prepared = prepare();
        cpu_of(|| run(prepared))
    });
    let mut costs: Vec<f64> = costs.collect();
    costs.sort_by(f64::total_cmp);
    let half = runs.div_ceil(2);
    costs.iter().take(half).sum::<f64>() / f64::from(u32::try_from(half).expect("a few"))
}

/// Returns the CPU time in seconds that this process needs for some work.
fn cpu_of(work: impl FnOnce()) -> f64 {
    let start = cpu();
    work();
    cpu().saturating_sub(start).as_secs_f64()
}

fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::try_from(time).expect("a positive duration")
}

/// Returns the CPU time of another process in seconds.
pub(crate) fn cpu_of_process(id: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).expect("a running process");
    // The name is in parentheses and can contain any character.
    let (_, rest) = stat.rsplit_once(')').expect("a process name");
    let ticks = rest.split_whitespace().skip(11).take(2);
    let ticks: u32 = ticks
        .map(|ticks| ticks.parse::<u32>().expect("a number"))
        .sum();
    f64::from(ticks) / 100.0
}

/// Returns the peak growth of this process in KiB during some work.
pub(crate) fn growth_of(work: impl FnOnce()) -> u32 {
    // Resets the peak.
    fs::write("/proc/self/clear_refs", "5").expect("Linux allows it");
    let before = status("VmRSS");
    work();
    status("VmHWM").saturating_sub(before)
}

/// Returns a value in KiB from `/proc/self/status`.
fn status(name: &str) -> u32 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux has it");
    let line = status.lines().find(|line| line.starts_with(name));
    let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    number.expect("the value is a number")
}
