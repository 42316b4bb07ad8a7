//! How much memory a program has, as Linux tells it.

use std::process::Child;
use std::time::Duration;

/// Waits for `child`; the most memory that it had at once, in bytes, 0 where the system does not
/// tell as Linux does, and whether it ended well.
pub fn watched(mut child: Child) -> (u64, bool) {
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    loop {
        let ended = child.try_wait().unwrap();
        if let Some(ended) = ended {
            return (most, ended.success());
        }
        let told = std::fs::read_to_string(&status).unwrap_or_default();
        let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok());
        most = kilobytes.map_or(most, |kilobytes: u64| kilobytes * 1024);
        std::thread::sleep(Duration::from_micros(300));
    }
}
