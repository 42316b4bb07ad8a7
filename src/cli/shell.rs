//! `completions` and `man`: what the command line knows of itself, for a shell and for `man`.

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Args;
use super::{Failure, Outcome};
use std::process::ExitCode;

const NAME: &str = "mdbook-design-docs";

/// Prints the script that completes our words in `shell`.
pub(super) fn completions(shell: Shell) -> Outcome {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), NAME, &mut out);
    print(&out)
}

/// Prints the manual page.
pub(super) fn man() -> Outcome {
    let mut out = Vec::new();
    clap_mangen::Man::new(Args::command())
        .render(&mut out)
        .map_err(Failure::stdout)?;
    print(&out)
}

fn print(bytes: &[u8]) -> Outcome {
    super::write_out(&String::from_utf8_lossy(bytes))?;
    Ok(ExitCode::SUCCESS)
}
