//! Reads objects by one `git cat-file --batch`, which runs as long as the repository is open.

use std::fmt;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};

use super::command::{git, unstarted};
use crate::wire::Error;

/// The objects of a repository.
pub(super) struct Objects {
    process: Mutex<Process>,
}

struct Process {
    child: Child,
    /// None once it has been closed.
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
}

/// The answer to one name.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// The text of a file.
    Text(Vec<u8>),
    /// Another kind of object: a folder, a commit.
    Other,
    /// There is no such object.
    Missing,
}

impl Objects {
    pub(super) fn open(top: &Path) -> Result<Self, Error> {
        let mut child = git(top)
            .args(["cat-file", "--batch", "--follow-symlinks"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| unstarted(&error))?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (stdin, stdout) = pipes.ok_or_else(|| unstarted(&io::Error::other("it has no pipes")))?;
        Ok(Self {
            process: Mutex::new(Process {
                child,
                stdin: Some(stdin),
                stdout: BufReader::with_capacity(1 << 16, stdout),
            }),
        })
    }

    /// The object with a name that git understands, `COMMIT:path`.
    pub(super) fn read(&self, name: &[u8]) -> io::Result<Answer> {
        // The protocol has one name a line.
        if name.contains(&b'\n') {
            return Ok(Answer::Missing);
        }
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        let mut line = name.to_owned();
        line.push(b'\n');
        let stdin = process.stdin.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        stdin.write_all(&line)?;
        stdin.flush()?;
        answer(&mut process.stdout)
    }

    /// The texts of objects by their ids; None where there is none.
    pub(super) fn read_all(&self, ids: &[String]) -> io::Result<Vec<Option<Vec<u8>>>> {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        let Process { stdin, stdout, .. } = &mut *process;
        let stdin = stdin.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        let names = ids.iter().map(|id| format!("{id}\n")).collect::<String>();
        std::thread::scope(|scope| {
            // Git answers before it has read everything: one pipe must not wait for the other.
            let writer = scope.spawn(|| stdin.write_all(names.as_bytes()).and_then(|()| stdin.flush()));
            let texts = ids.iter().map(|_| {
                Ok(match answer(stdout)? {
                    Answer::Text(text) => Some(text),
                    _ => None,
                })
            });
            let texts: io::Result<Vec<_>> = texts.collect();
            writer.join().unwrap_or(Err(io::ErrorKind::BrokenPipe.into()))?;
            texts
        })
    }
}

/// Reads one answer: `ID blob SIZE` and the text; `NAME missing`; or, for a link that leads nowhere, its
/// kind and size, and its target.
fn answer(from: &mut impl BufRead) -> io::Result<Answer> {
    let mut line = Vec::new();
    if from.read_until(b'\n', &mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let line = String::from_utf8_lossy(&line);
    let words: Vec<&str> = line.trim_end_matches('\n').split(' ').collect();
    let size = words.last().and_then(|size| size.parse::<usize>().ok());
    match (words.as_slice(), size) {
        ([id, kind, _], Some(size)) if super::is_id(id) => {
            let mut text = vec![0; size];
            from.read_exact(&mut text)?;
            from.read_exact(&mut [0])?;
            Ok(match *kind {
                "blob" => Answer::Text(text),
                _ => Answer::Other,
            })
        }
        (["symlink" | "dangling" | "loop" | "notdir", _], Some(size)) => {
            let mut target = vec![0; size];
            from.read_exact(&mut target)?;
            from.read_exact(&mut [0])?;
            Ok(Answer::Missing)
        }
        _ => Ok(Answer::Missing),
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Without input it ends.
        drop(self.stdin.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Objects").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_is_read_to_its_end() {
        let id = "0123456789012345678901234567890123456789";
        let said = format!(
            "{id} blob 4\na\nbc\nHEAD:no such missing\ndangling 5\nx\ny/z\n{id} tree 0\n\nHEAD:b missing\n{id} blob 0\n\n"
        );
        let mut from = said.as_bytes();
        let all: Vec<Answer> = (0..6).map(|_| answer(&mut from).unwrap()).collect();
        let text = |text: &str| Answer::Text(text.as_bytes().to_owned());
        assert_eq!(
            all,
            [
                text("a\nbc"),
                Answer::Missing,
                Answer::Missing,
                Answer::Other,
                Answer::Missing,
                text("")
            ]
        );
        assert!(answer(&mut from).is_err(), "git has ended");
    }
}
