//! Where fixes are carried out: the files of a book as they will be, before any is written.

mod map;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::load::Loaded;
use super::save::replace;
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::{Edit, Source, Span, splice};
use map::Target;

/// The files that have been opened for changes, by their real path.
#[derive(Debug, Default)]
pub struct Desk {
    drafts: BTreeMap<PathBuf, Draft>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Relative to the book's `src`.
    pub file: String,
    /// As it was when it was opened.
    pub old: String,
    /// As it will be.
    pub new: String,
    /// How many fixes have changed it.
    pub fixes: usize,
}

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

impl Desk {
    /// The bytes of a file: as it will be, if it is on the desk.
    pub(super) fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if !self.drafts.is_empty()
            && let Ok(real) = path.canonicalize()
            && let Some(draft) = self.drafts.get(&real)
        {
            return Ok(draft.new.clone().into_bytes());
        }
        fs::read(path)
    }

    /// Carries out the fixes of what was found in `book`, which was loaded with this desk.
    /// A fix is carried out as a whole; of two that overlap the first one wins.
    pub fn carry_out(&mut self, book: &Loaded, diagnostics: &[Diagnostic]) -> Round {
        let src = book.context.root.join(book.context.src());
        let mut round = Round::default();
        let mut accepted = Accepted::new();
        for (index, diagnostic) in diagnostics.iter().enumerate() {
            let source = book.sources.get(diagnostic.place.source);
            let (Some(fix), Some(source)) = (&diagnostic.fix, source) else {
                continue;
            };
            match self.targets(source, fix, &src) {
                Err(why) => round.skipped.push((index, why)),
                Ok(targets) if targets.is_empty() => {}
                Ok(targets) => match accept(&mut accepted, &targets) {
                    Accept::Taken => {
                        round.done += 1;
                        self.count(&targets);
                    }
                    Accept::Known => {}
                    Accept::Overlaps => round.waiting += 1,
                },
            }
        }
        for (path, mut edits) in accepted {
            edits.sort_by_key(|edit| edit.span);
            if let Some(draft) = self.drafts.get_mut(&path) {
                draft.new = splice(&draft.new, &edits);
            }
        }
        round
    }

    /// The files that will not be what they were, in the order of their paths.
    pub fn changed(&self) -> impl Iterator<Item = (&Path, &Draft)> {
        let all = self.drafts.iter().map(|(path, draft)| (path.as_path(), draft));
        all.filter(|(_, draft)| draft.old != draft.new)
    }

    /// Where the fix's edits go; those that change nothing are left out.
    fn targets(&mut self, source: &Source, fix: &Fix, src: &Path) -> Result<Vec<Target>, String> {
        let mut targets = Vec::new();
        for edit in &fix.edits {
            if edit.span.of(&source.text) == edit.text {
                continue;
            }
            let file = map::file_of(source, edit.span)?.to_owned();
            let path = self.open(&file, src)?;
            let draft = self.drafts.get(&path).ok_or(NOT_OPEN)?;
            let range = map::range_in(source, edit.span, &draft.new)?;
            let text = with_line_ends(&edit.text, &draft.new);
            targets.push(Target { path, range, text });
        }
        Ok(targets)
    }

    /// Puts a file on the desk, if it lies where we may write.
    fn open(&mut self, file: &str, src: &Path) -> Result<PathBuf, String> {
        let unreadable = |error: io::Error| format!("{file} cannot be read: {error}");
        let path = src.join(file).canonicalize().map_err(unreadable)?;
        let folder = src.canonicalize().map_err(unreadable)?;
        if !path.starts_with(&folder) {
            return Err(format!("{file} lies outside the book's folder of chapters"));
        }
        if !self.drafts.contains_key(&path) {
            let text = fs::read(&path).map_err(unreadable)?;
            let text = String::from_utf8(text).map_err(|_| format!("{file} is not UTF-8"))?;
            let draft = Draft {
                file: file.to_owned(),
                new: text.clone(),
                old: text,
                fixes: 0,
            };
            self.drafts.insert(path.clone(), draft);
        }
        Ok(path)
    }

    fn count(&mut self, targets: &[Target]) {
        let paths: std::collections::BTreeSet<_> = targets.iter().map(|target| &target.path).collect();
        for path in paths {
            if let Some(draft) = self.drafts.get_mut(path) {
                draft.fixes += 1;
            }
        }
    }
}

const NOT_OPEN: &str = "the file could not be opened";

/// Writes the file at `path` as `draft` has it.
///
/// # Errors
/// If somebody else has changed the file since it was opened, or it cannot be written.
pub fn save(path: &Path, draft: &Draft) -> io::Result<()> {
    if fs::read(path)? != draft.old.as_bytes() {
        return Err(io::Error::other("it has changed since it was read; run `fix` again"));
    }
    replace(path, draft.new.as_bytes())
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
