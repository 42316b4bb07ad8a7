//! Measures the memory of a program on Linux.

use std::process::Child;
use std::time::Duration;

/// Waits for `child`; returns its peak memory in bytes, 0 on systems other than Linux, and whether
/// it succeeded.
pub fn watched(mut child: Child) -> (u64, bool) {
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    loop {
        let ended = child.try_wait().unwrap();
        if let Some(ended) = ended {
            return (most, ended.success());
        }
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok());
        most = kilobytes.map_or(most, |kilobytes: u64| kilobytes * 1024);
        std::thread::sleep(Duration::from_micros(300));
    }
}
