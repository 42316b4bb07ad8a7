//! A progress line on a terminal, shown for work that takes longer than a moment and cleared at its
//! end. Logs and pipes do not get it.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Shorter work shows no progress line.
const MOMENT: Duration = Duration::from_millis(800);

static LINE: Line = Line::new();

/// Sets the progress line to `what`, until [`end`] or the next call.
pub(super) fn doing(what: String) {
    if io::stderr().is_terminal() {
        LINE.doing(what, MOMENT, anstream::stderr);
    }
}

/// Ends the work and clears the progress line; also before other output.
pub(super) fn end() {
    LINE.end(&mut anstream::stderr());
}

/// The state of the progress line.
struct Line(Mutex<State>);

struct State {
    what: Option<String>,
    is_shown: bool,
}

impl Line {
    const fn new() -> Self {
        Self(Mutex::new(State {
            what: None,
            is_shown: false,
        }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn doing<W: Write + 'static>(&'static self, what: String, moment: Duration, out: fn() -> W) {
        let mut state = self.state();
        if state.is_shown {
            show(&mut out(), &what);
        }
        if state.what.replace(what).is_some() {
            // A thread is already waiting.
            return;
        }
        thread::spawn(move || {
            thread::sleep(moment);
            let mut state = self.state();
            if let Some(what) = state.what.as_ref().filter(|_| !state.is_shown) {
                show(&mut out(), what);
                state.is_shown = true;
            }
        });
    }

    fn end(&self, out: &mut impl Write) {
        let mut state = self.state();
        state.what = None;
        if std::mem::take(&mut state.is_shown) {
            // Back to the start of the line, and clear it.
            let _ = out.write_all(b"\r\x1b[K").and_then(|()| out.flush());
        }
    }
}

fn show(out: &mut impl Write, what: &str) {
    // An error of stderr cannot be shown.
    let _ = write!(out, "\r\x1b[K{what} …").and_then(|()| out.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    static SAID: Mutex<Vec<u8>> = Mutex::new(Vec::new());

    struct Out;

    impl Write for Out {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            SAID.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn said() -> String {
        String::from_utf8(SAID.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn only_what_takes_long_is_told() {
        static QUICK: Line = Line::new();
        QUICK.doing("reading".into(), Duration::from_secs(600), || Out);
        QUICK.doing("looking".into(), Duration::from_secs(600), || Out);
        QUICK.end(&mut Out);
        assert_eq!(said(), "");

        static SLOW: Line = Line::new();
        SLOW.doing("reading".into(), Duration::ZERO, || Out);
        while !said().contains("reading …") {
            thread::yield_now();
        }
        SLOW.doing("looking".into(), Duration::ZERO, || Out);
        SLOW.end(&mut Out);
        SLOW.end(&mut Out);
        assert_eq!(said(), "\r\x1b[Kreading …\r\x1b[Klooking …\r\x1b[K");
    }
}
