//! `completions` and `man`: the definition of the command line, for a shell and for `man`.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::args::{self, Args};
use crate::cli::commands::export::unwritten;
use crate::cli::{Failure, Outcome};
use crate::config::GENERATOR;
use crate::wire;

const NAME: &str = "mdbook-design-docs";

/// Prints the completion script for `shell`.
pub(crate) fn completions(shell: Shell) -> Outcome {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), NAME, &mut out);
    let script = String::from_utf8_lossy(&out);
    // If the program's name has a hyphen, clap_complete uses one name where it recognises a command
    // and another where it looks up its options.
    crate::cli::write_out(&script.replace(&NAME.replace('-', "__subcmd__"), &NAME.replace('-', "__")))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the manual page of the program or of one command, or writes all of them into a folder.
pub(crate) fn man(args: &args::Man) -> Outcome {
    let pages = pages()?;
    if let Some(folder) = &args.output {
        std::fs::create_dir_all(folder).map_err(|error| unwritten(folder, &error))?;
        for (name, page) in &pages {
            let path = folder.join(format!("{name}.1"));
            wire::put(&path, page.as_bytes()).map_err(|error| unwritten(&path, &error))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let wanted = match &args.command {
        Some(command) => format!("{NAME}-{command}"),
        None => NAME.to_owned(),
    };
    let page = pages.iter().find(|(name, _)| *name == wanted);
    let (_, page) = page.ok_or_else(|| {
        let known: Vec<&str> = pages
            .iter()
            .filter_map(|(name, _)| name.strip_prefix(NAME)?.strip_prefix('-'))
            .collect();
        Failure::Usage(format!("unknown command; the commands are {}", known.join(", ")))
    })?;
    crate::cli::write_out(page)?;
    Ok(ExitCode::SUCCESS)
}

/// Every page with its name; `help` has no page, since it shows the same texts.
fn pages() -> Result<Vec<(String, String)>, Failure> {
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    let commands = std::iter::once(&command).chain(command.get_subcommands());
    let page = |command: &clap::Command| {
        let name = command.get_display_name().unwrap_or(NAME).to_owned();
        let mut out = Vec::new();
        let page = clap_mangen::Man::new(command.clone()).source(GENERATOR);
        page.render(&mut out).map_err(Failure::stdout)?;
        Ok((name, String::from_utf8_lossy(&out).into_owned()))
    };
    commands.map(page).collect()
}
