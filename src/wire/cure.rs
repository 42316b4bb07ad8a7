//! Carries out the fixes of what was found, on a desk.

mod map;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::desk::Desk;
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::{Edit, Source, Span};
use map::Target;

/// What one round of fixes has come to.
#[derive(Debug, Default)]
pub struct Round {
    /// How many were carried out.
    pub done: usize,
    /// How many must wait for the next round, because they overlap with others.
    pub waiting: usize,
    /// Those that cannot be, by their index among the diagnostics, and why.
    pub skipped: Vec<(usize, String)>,
}

/// Edits of one round to the files as they are at its beginning.
type Accepted = BTreeMap<PathBuf, Vec<Edit>>;

/// Carries out the fixes of what was found in `sources`, which were loaded with this desk from
/// the folder `src`. A fix is carried out as a whole; of two that overlap the first one wins.
pub fn carry_out(desk: &mut Desk, src: &Path, sources: &[Source], diagnostics: &[Diagnostic]) -> Round {
    let mut round = Round::default();
    let mut accepted = Accepted::new();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        let source = sources.get(diagnostic.place.source);
        let (Some(fix), Some(source)) = (&diagnostic.fix, source) else {
            continue;
        };
        match targets(desk, source, fix, src) {
            Err(why) => round.skipped.push((index, why)),
            Ok(targets) if targets.is_empty() => {}
            Ok(targets) => match accept(&mut accepted, &targets) {
                Accept::Taken => {
                    round.done += 1;
                    let paths: BTreeSet<_> = targets.iter().map(|target| &target.path).collect();
                    paths.into_iter().for_each(|path| desk.count(path));
                }
                Accept::Known => {}
                Accept::Overlaps => round.waiting += 1,
            },
        }
    }
    for (path, mut edits) in accepted {
        edits.sort_by_key(|edit| edit.span);
        desk.edit(&path, &edits);
    }
    round
}

/// Where the fix's edits go; those that change nothing are left out.
fn targets(desk: &mut Desk, source: &Source, fix: &Fix, src: &Path) -> Result<Vec<Target>, String> {
    let mut targets = Vec::new();
    for edit in &fix.edits {
        if edit.span.of(&source.text) == edit.text {
            continue;
        }
        let file = map::file_of(source, edit.span)?;
        let (path, now) = desk.open(file, src)?;
        let range = map::range_in(source, edit.span, now)?;
        let text = with_line_ends(&edit.text, now);
        targets.push(Target { path, range, text });
    }
    Ok(targets)
}

enum Accept {
    Taken,
    /// The same edits are there already: a file that two chapters include.
    Known,
    Overlaps,
}

fn accept(accepted: &mut Accepted, targets: &[Target]) -> Accept {
    let edits_of = |target: &Target| accepted.get(&target.path).into_iter().flatten();
    let is_known = |target: &Target| edits_of(target).any(|edit| *edit == target.edit());
    if targets.iter().all(is_known) {
        return Accept::Known;
    }
    let is_taken = |target: &Target| edits_of(target).any(|edit| touch(edit.span, &target.range));
    if targets.iter().any(is_taken) {
        return Accept::Overlaps;
    }
    for target in targets {
        accepted.entry(target.path.clone()).or_default().push(target.edit());
    }
    Accept::Taken
}

/// Whether two edits concern the same text; insertions also at each other's border, where
/// their order would be a guess.
fn touch(one: Span, other: &Range<usize>) -> bool {
    if one.is_empty() || other.is_empty() {
        return one.start <= other.end && other.start <= one.end;
    }
    one.start < other.end && other.start < one.end
}

/// `text` with the line ends of the file that it comes into.
fn with_line_ends(text: &str, file: &str) -> String {
    let is_crlf = file.find('\n').is_some_and(|at| file[..at].ends_with('\r'));
    if is_crlf && text.contains('\n') {
        text.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests;
