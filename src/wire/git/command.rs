//! Runs git.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use crate::wire::Error;

/// Variables that name another repository than that of the folder, as they are set in a hook, or change
/// the meaning of paths.
const FOREIGN: &[&str] = &[
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
];

/// Git in `folder`, with an environment in which it asks for nothing, fetches nothing and writes nothing.
pub(super) fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        // A partial clone would fetch what it lacks.
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .args(["-c", "core.fsmonitor=false", "-c", "log.showSignature=false"])
        .args(["-c", "i18n.logOutputEncoding=UTF-8"])
        .stdin(Stdio::null());
    for variable in FOREIGN {
        command.env_remove(variable);
    }
    command
}

/// The output of a command.
pub(super) fn run<A: AsRef<OsStr>>(folder: &Path, args: &[A]) -> Result<Vec<u8>, Error> {
    answered(folder, args, "")
}

/// The output of a command that reads `input`.
pub(super) fn answered<A: AsRef<OsStr>>(folder: &Path, args: &[A], input: &str) -> Result<Vec<u8>, Error> {
    let pipe = Stdio::piped;
    let child = git(folder)
        .args(args)
        .stdin(pipe())
        .stdout(pipe())
        .stderr(pipe())
        .spawn();
    let mut child = child.map_err(|error| unstarted(&error))?;
    let stdin = child.stdin.take();
    let output = thread::scope(|scope| {
        // Git answers before it has read everything: one pipe must not wait for the other.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
        child.wait_with_output()
    });
    let output = output.map_err(|error| unstarted(&error))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.trim();
    Err(Error::Git(match said.strip_prefix("fatal: ").unwrap_or(said) {
        "" => format!("git failed: {}", output.status),
        said => format!("git: {said}"),
    }))
}

/// The error if git cannot be started.
pub(super) fn unstarted(error: &io::Error) -> Error {
    Error::Git(match error.kind() {
        io::ErrorKind::NotFound => "git was not found; it must be installed and in PATH".to_owned(),
        _ => format!("git could not be started: {error}"),
    })
}

/// Output of one line, as text.
pub(super) fn text(output: &[u8]) -> String {
    String::from_utf8_lossy(output).trim().to_owned()
}

/// Output that is a path and a line end.
pub(super) fn path_of(output: &[u8]) -> PathBuf {
    path(output.strip_suffix(b"\n").unwrap_or(output))
}

/// The path of any bytes.
#[cfg(unix)]
pub(super) fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    OsStr::from_bytes(bytes).into()
}

/// The path of any bytes.
#[cfg(not(unix))]
pub(super) fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(&*String::from_utf8_lossy(bytes))
}

/// The bytes of a path, with `/` between its parts.
#[cfg(unix)]
pub(super) fn bytes(path: &OsStr) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_bytes().to_owned()
}

/// The bytes of a path, with `/` between its parts.
#[cfg(not(unix))]
pub(super) fn bytes(path: &OsStr) -> Vec<u8> {
    path.to_string_lossy().replace('\\', "/").into_bytes()
}
