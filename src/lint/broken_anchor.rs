//! The lint `broken-anchor`.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::findings::{Finding, Findings, lint, shortened};
use super::{DocumentView, mangled_encoding, swallowed_braces};
use crate::diagnostic::{Level, nearest};
use crate::model::{Chapter, Link};

lint!("broken-anchor", broken_anchor, Page, Warn, Document);

fn check(page: &DocumentView<'_>, findings: &mut Findings<'_>) {
    let shelf = &page.book.shelf;
    let mut known: BTreeMap<usize, Headings<'_>> = BTreeMap::new();
    for link in page
        .chapter
        .observed
        .links
        .iter()
        .filter(|link| !link.fragment.is_empty())
    {
        let Some((target, chapter)) = link.to.and_then(|at| Some((at, page.book.corpus.chapters.get(at)?))) else {
            continue;
        };
        let is_there = shelf.has_id(target, &link.fragment);
        let is_broken = is_there == Some(false);
        // An existing id may disappear when its heading is fixed.
        let may_go = is_there == Some(true) && !chapter.observed.mended_ids.is_empty();
        if !is_broken && !may_go {
            continue;
        }
        let headings = known.entry(target).or_insert_with(|| Headings::new(page, chapter));
        if is_broken {
            report(page, link, headings, findings);
        } else if let Some(id) = headings.going.get(link.fragment.as_str()) {
            let fragment = shortened(&link.fragment);
            let message = format!("the id `{fragment}` will go when its heading is put right");
            let finding = findings
                .add(page.source, link.span, message)
                .label("this link will go nowhere")
                .help(format!("the heading's id will be `{id}`"));
            with_fix(finding, link, id);
        }
    }
}

fn report(page: &DocumentView<'_>, link: &Link, headings: &Headings<'_>, findings: &mut Findings<'_>) {
    let fragment = shortened(&link.fragment);
    let on = if link.path.is_empty() {
        "this page".to_owned()
    } else {
        format!("`{}`", link.path)
    };
    let message = format!("nothing on {on} has the id `{fragment}`");
    let finding = findings.add(page.source, link.span, message);
    let finding = finding.label("this link goes nowhere");
    match headings.meant(&link.fragment) {
        Meant::Heading(id) => {
            let verb = if headings.mended.contains(id) { "will be" } else { "is" };
            with_fix(finding.help(format!("the heading's id {verb} `{id}`")), link, id);
        }
        Meant::Mended => drop(finding.help("it has, once the heading is put right")),
        Meant::Near(id) => drop(finding.help(format!("did you mean `#{id}`?"))),
        Meant::Nothing => drop(finding.help("correct the link, or give its heading this id: `## Heading {#id}`")),
    }
}

/// Adds the fix that links to `id`, if the fragment can be replaced.
fn with_fix(finding: Finding<'_>, link: &Link, id: &str) {
    if let Some(span) = link.fragment_span.filter(|_| is_plain(id)) {
        finding.fix(format!("link to `#{id}`"), span, id);
    }
}

/// Whether an id can be written in a link as it is.
fn is_plain(id: &str) -> bool {
    !id.is_empty()
        && id
            .chars()
            .all(|ch| ch.is_alphanumeric() || matches!(ch, '-' | '_' | '.'))
}

/// The probable target of a broken link.
enum Meant<'h> {
    /// The heading with this id.
    Heading(&'h str),
    /// A heading that will have exactly this id once it is fixed.
    Mended,
    /// An id with a similar spelling.
    Near(&'h str),
    Nothing,
}

/// The headings of a page, by the parts of their ids that all tools agree on.
struct Headings<'h> {
    /// The ids by their letters and digits; None if several ids share them.
    by_key: FxHashMap<String, Option<&'h str>>,
    ids: Vec<&'h str>,
    /// Ids that headings will have after fixes, and do not have yet.
    mended: BTreeSet<&'h str>,
    /// Ids that headings will lose after fixes, mapped to their new ids.
    going: BTreeMap<&'h str, &'h str>,
}

impl<'h> Headings<'h> {
    fn new(page: &DocumentView<'h>, chapter: &'h Chapter) -> Self {
        let mut mended = chapter.observed.mended_ids.iter().peekable();
        let config = page.book.config;
        // The ids after the fixes are known only if both lints are enabled.
        let both = [&mangled_encoding::LINT, &swallowed_braces::LINT];
        let repairs = both.iter().all(|lint| lint.level_in(config) != Level::Allow);
        let mut out = Self {
            by_key: FxHashMap::default(),
            ids: Vec::with_capacity(chapter.headings.len()),
            mended: BTreeSet::new(),
            going: BTreeMap::new(),
        };
        for (index, heading) in chapter.headings.iter().enumerate() {
            let now = &*heading.words.id;
            let change = mended.next_if(|(at, _)| *at == index);
            let then = change.filter(|_| repairs).map_or(now, |(_, id)| id);
            let changes = change.is_some();
            if then != now {
                out.mended.insert(then);
                out.going.insert(now, then);
            }
            if then.is_empty() || changes && !repairs {
                continue;
            }
            out.ids.push(then);
            for key in keys(then) {
                let only = out.by_key.entry(key).or_insert(Some(then));
                *only = only.filter(|id| *id == then);
            }
        }
        out.going.retain(|_, then| !then.is_empty());
        if !out.going.is_empty() {
            // Another heading may take over an id.
            for id in &out.ids {
                out.going.remove(id);
            }
        }
        out
    }

    fn meant(&self, fragment: &str) -> Meant<'h> {
        if self.mended.contains(fragment) {
            return Meant::Mended;
        }
        for key in keys(fragment) {
            if let Some(Some(id)) = self.by_key.get(&key) {
                return Meant::Heading(id);
            }
        }
        // The maximum number of ids to compare for a suggestion.
        const MOST: usize = 200;
        let ids = self.ids.iter().take(MOST).copied();
        nearest(fragment, ids, |length| (length / 5).min(3)).map_or(Meant::Nothing, Meant::Near)
    }
}

/// The parts that the ids of every tool share: the letters and digits, and these without the
/// heading's leading number or sign.
fn keys(id: &str) -> impl Iterator<Item = String> {
    let bare = id.trim_start_matches(|ch: char| !ch.is_ascii_alphabetic());
    let adorned = id[..id.len() - bare.len()].chars().any(char::is_alphanumeric);
    let keys = [(adorned || bare.is_empty()).then(|| letters(id)), Some(letters(bare))];
    keys.into_iter().flatten().filter(|key| !key.is_empty())
}

/// The letters and digits of `text`, in lower case.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|ch| ch.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
