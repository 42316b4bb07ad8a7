//! `check --baseline` and `--write-baseline`: adopts an old handbook with its present findings.

use std::fs;
use std::path::Path;

use crate::cli::{Failure, args, say};
use crate::report::Entry;
use crate::report::baseline::Baseline;
use crate::report::human::counted;
use crate::wire;

/// The findings to report, and the number of findings that the baseline suppresses.
pub(super) fn apply<'a>(args: &args::Check, entries: Vec<Entry<'a>>) -> Result<(Vec<Entry<'a>>, usize), Failure> {
    let old = match (&args.baseline, &args.write_baseline) {
        (Some(path), _) => read(path)?,
        (None, Some(_)) => Baseline::of(&entries),
        (None, None) => return Ok((entries, 0)),
    };
    let sifted = old.sift(entries);
    if let Some(path) = &args.write_baseline {
        write(path, &sifted.pruned)?;
        let count = counted(sifted.pruned.len(), "finding");
        let dropped = counted(sifted.fixed, "fixed one").map(|fixed| format!(", without {fixed}"));
        say(&format!(
            "note: {} has {}{}\n",
            path.display(),
            count.as_deref().unwrap_or("no findings"),
            dropped.unwrap_or_default()
        ));
    } else if let Some(fixed) = counted(sifted.fixed, "finding") {
        let path = args.baseline.as_deref().unwrap_or(Path::new("FILE")).display();
        say(&format!(
            "note: fixed since {path} was written: {fixed}; with `--write-baseline {path}` as well, it forgets them\n"
        ));
    }
    Ok((sifted.new, sifted.known))
}

fn read(path: &Path) -> Result<Baseline, Failure> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| {
        let help = "`check --write-baseline` writes it";
        Failure::Usage(format!("{shown}: the baseline cannot be read: {error}\n  help: {help}"))
    })?;
    Baseline::read(&text).map_err(|mistake| {
        let (line, column, what) = (mistake.line, mistake.column, mistake.what);
        let help = "take it back from your version control, or write it anew with --write-baseline";
        Failure::Usage(format!(
            "{shown}:{line}:{column}: this is not a baseline: {what}\n  help: {help}"
        ))
    })
}

fn write(path: &Path, baseline: &Baseline) -> Result<(), Failure> {
    wire::replace(path, baseline.text().as_bytes())
        .map_err(|error| Failure::Usage(format!("could not write {}: {error}", path.display())))
}
