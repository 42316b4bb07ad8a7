//! Stdin and stdout while mdBook runs the preprocessor: two pipes.

use std::io::{self, Read};
use std::thread;
use std::time::Duration;

/// The size of each pipe, in bytes: the most that Linux gives without privileges.
#[cfg(target_os = "linux")]
const SIZE: usize = 1 << 20;

/// The pause after the pipe has been read empty. Longer ones were no faster, shorter ones wake us
/// more often.
const PAUSE: Duration = Duration::from_micros(1_500);

/// The number of times that the pipe is read empty before the first pause. A small book ends before.
const WITHOUT_PAUSE: u32 = 64;

/// A pipe that is left to fill for a moment whenever it has been read empty. mdBook writes a book in
/// tiny pieces, two for each line of a chapter, and a reader that does not pause is woken for each.
struct PatientReader<R> {
    pipe: R,
    times_empty: u32,
    is_empty: bool,
}

impl<R> PatientReader<R> {
    const fn new(pipe: R) -> Self {
        Self {
            pipe,
            times_empty: 0,
            is_empty: false,
        }
    }
}

impl<R: Read> Read for PatientReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_empty {
            self.times_empty = self.times_empty.saturating_add(1);
            if self.times_empty > WITHOUT_PAUSE {
                thread::sleep(PAUSE);
            }
        }
        let count = self.pipe.read(buffer)?;
        self.is_empty = count < buffer.len();
        Ok(count)
    }
}

/// Stdin for a book.
#[cfg(unix)]
pub(super) fn stdin() -> io::Result<Box<dyn Read>> {
    use std::os::fd::AsFd;
    use std::os::unix::fs::FileTypeExt;
    let stdin = std::fs::File::from(io::stdin().as_fd().try_clone_to_owned()?);
    if !stdin.metadata()?.file_type().is_fifo() {
        return Ok(Box::new(stdin));
    }
    enlarge(&stdin);
    Ok(Box::new(PatientReader::new(stdin)))
}

/// Stdin for a book.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "it may fail on Unix")]
pub(super) fn stdin() -> io::Result<io::StdinLock<'static>> {
    Ok(io::stdin().lock())
}

/// Stdout for a book, which is one line: the standard library's stdout would search all of it for
/// line ends.
#[cfg(unix)]
pub(super) fn stdout() -> io::Result<std::fs::File> {
    use std::os::fd::AsFd;
    let stdout = std::fs::File::from(io::stdout().as_fd().try_clone_to_owned()?);
    enlarge(&stdout);
    Ok(stdout)
}

/// Stdout for a book.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "it may fail on Unix")]
pub(super) fn stdout() -> io::Result<io::StdoutLock<'static>> {
    Ok(io::stdout().lock())
}

/// Lets a pipe hold more before its writer must wait. What is not a pipe, or may not be larger,
/// stays as it is.
#[cfg(target_os = "linux")]
fn enlarge(pipe: &std::fs::File) {
    let _ = rustix::pipe::fcntl_setpipe_size(pipe, SIZE);
}

/// Other systems choose the size of a pipe themselves.
#[cfg(all(unix, not(target_os = "linux")))]
const fn enlarge(_: &std::fs::File) {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::time::Instant;

    /// A reader that counts how often it is read.
    struct Counted<R>(R, usize);

    impl<R: Read> Read for Counted<R> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.1 += 1;
            self.0.read(buffer)
        }
    }

    #[test]
    fn a_book_in_tiny_pieces_is_read_in_large_ones() {
        const PIECES: usize = 200_000;
        let (read, mut write) = io::pipe().unwrap();
        let mut reader = PatientReader::new(Counted(read, 0));
        let mut out = Vec::new();
        thread::scope(|scope| {
            scope.spawn(move || {
                for piece in 0..PIECES {
                    write.write_all(&[b'a' + u8::try_from(piece % 26).unwrap(); 3]).unwrap();
                }
            });
            reader.read_to_end(&mut out).unwrap();
        });
        let expected: Vec<u8> = (0..PIECES)
            .flat_map(|piece| [b'a' + u8::try_from(piece % 26).unwrap(); 3])
            .collect();
        assert!(out == expected, "nothing is lost or reordered");
        assert!(reader.pipe.1 < PIECES / 20, "{} reads", reader.pipe.1);
    }

    #[test]
    fn a_writer_that_is_quick_is_not_waited_for() {
        let all = vec![b'x'; 64 << 20];
        let mut reader = PatientReader::new(all.as_slice());
        let start = Instant::now();
        let mut buffer = [0; 4096];
        while reader.read(&mut buffer).unwrap() > 0 {}
        assert_eq!(reader.times_empty, 0);
        assert!(start.elapsed() < PAUSE * 16_384);
    }

    #[test]
    fn a_small_book_ends_before_the_first_pause() {
        let pieces = vec![b'x'; WITHOUT_PAUSE as usize - 2];
        let mut reader = PatientReader::new(ByteByByte(&pieces));
        let mut out = Vec::new();
        reader.read_to_end(&mut out).unwrap();
        assert_eq!(out, pieces);
        let times = reader.times_empty;
        assert!(0 < times && times <= WITHOUT_PAUSE, "{times}");
    }

    struct ByteByByte<'a>(&'a [u8]);

    impl Read for ByteByByte<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let end = buffer.len().min(1);
            self.0.read(&mut buffer[..end])
        }
    }
}
