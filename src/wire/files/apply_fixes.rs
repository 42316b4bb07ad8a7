//! Applies the fixes of findings in a workspace.

mod map;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Fix};
use crate::source::{Edit, Source, Span};
use crate::wire::files::workspace::Workspace;
use map::{Known, Target};

/// The result of one round of fixes.
#[derive(Debug, Default)]
pub struct Round {
    /// The number of fixes that were applied.
    pub done: usize,
    /// The number of fixes that must wait for the next round, because they overlap with others.
    pub waiting: usize,
    /// The fixes that cannot be applied, by the index of their diagnostic, with the reason.
    pub skipped: Vec<(usize, String)>,
}

/// The edits of one round to the files as of its beginning, disjoint.
type Accepted = BTreeMap<PathBuf, BTreeMap<Span, String>>;

/// Applies the fixes of findings in `sources`, which were loaded with this workspace from the
/// folder `src`. A fix is applied as a whole; if two overlap, the first one wins.
pub fn apply_fixes(workspace: &mut Workspace, src: &Path, sources: &[Source], diagnostics: &[Diagnostic]) -> Round {
    let mut round = Round::default();
    let mut accepted = Accepted::new();
    let mut known = Known::default();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        let at = diagnostic.place.source;
        let source = sources.get(at);
        let (Some(fix), Some(source)) = (&diagnostic.fix, source) else {
            continue;
        };
        match targets(workspace, (at, source), fix, src, &mut known) {
            Err(why) => round.skipped.push((index, why)),
            Ok(targets) if targets.is_empty() => {}
            Ok(targets) => match accept(&mut accepted, &targets) {
                Accept::Taken => {
                    round.done += 1;
                    let paths: BTreeSet<_> = targets.iter().map(|target| &target.path).collect();
                    paths.into_iter().for_each(|path| workspace.count(path));
                }
                Accept::Known => {}
                Accept::Overlaps => round.waiting += 1,
            },
        }
    }
    for (path, edits) in accepted {
        let edits = edits.into_iter().map(|(span, text)| Edit { span, text });
        workspace.edit(&path, &edits.collect::<Vec<_>>());
    }
    round
}

/// The targets of the fix's edits, without edits that change nothing.
fn targets<'s>(
    workspace: &mut Workspace,
    (at, source): (usize, &'s Source),
    fix: &Fix,
    src: &Path,
    known: &mut Known<'s>,
) -> Result<Vec<Target>, String> {
    let mut targets = Vec::new();
    for edit in &fix.edits {
        if edit.span.of(&source.text) == edit.text {
            continue;
        }
        let file = known.file_of(at, source, edit.span)?;
        let (path, now) = workspace.open(file, src)?;
        let range = known.range_in(at, source, edit.span, &path, now)?;
        let text = with_line_ends(&edit.text, now);
        targets.push(Target { path, range, text });
    }
    Ok(targets)
}

enum Accept {
    Taken,
    /// The same edits have been accepted already: two chapters include the file.
    Known,
    Overlaps,
}

fn accept(accepted: &mut Accepted, targets: &[Target]) -> Accept {
    let edits_of = |target: &Target| accepted.get(&target.path);
    let is_known = |target: &Target| {
        let text = edits_of(target).and_then(|edits| edits.get(&target.span()));
        text == Some(&target.text)
    };
    if targets.iter().all(is_known) {
        return Accept::Known;
    }
    let is_taken = |target: &Target| edits_of(target).is_some_and(|edits| is_taken(edits, target));
    if targets.iter().any(is_taken) {
        return Accept::Overlaps;
    }
    for target in targets {
        let edits = accepted.entry(target.path.clone()).or_default();
        // A fix may insert twice at the same place.
        edits.entry(target.span()).or_default().push_str(&target.text);
    }
    Accept::Taken
}

/// Whether one of the edits affects the same text. As the edits are disjoint, only the last ones
/// before the target's end can end at or after its beginning.
fn is_taken(edits: &BTreeMap<Span, String>, target: &Target) -> bool {
    edits
        .range(..=Span::new(target.range.end, usize::MAX))
        .rev()
        .take_while(|(span, _)| span.end >= target.range.start)
        .any(|(span, _)| touch(*span, &target.range))
}

/// Whether two edits affect the same text. Insertions also conflict at the edges of an edit, where
/// their order would be a guess.
fn touch(one: Span, other: &Range<usize>) -> bool {
    if one.is_empty() || other.is_empty() {
        return one.start <= other.end && other.start <= one.end;
    }
    one.start < other.end && other.start < one.end
}

/// `text` with the line ends of the file into which it is inserted.
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
