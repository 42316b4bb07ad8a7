//! Diagnostics for people, in the style of rustc.

mod excerpt;

use annotate_snippets::{AnnotationKind, Group, Level as Loud, Origin, Patch, Renderer, Snippet};

use super::{Entry, PlacedFix};
use crate::diagnostic::{Level, harmless};
use crate::source::line_column;
use excerpt::{Changed, Excerpt, changed, excerpt};

/// One entry with its source line and its fix, followed by an empty line.
pub fn long(entry: &Entry<'_>, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let excerpt = excerpt(&entry.site);
    let changed = entry.fix.as_ref().and_then(changed);
    let mut groups = vec![group(entry, &excerpt)];
    groups.extend(entry.fix.as_ref().map(|fix| patch(fix, changed.as_ref())));
    let mut text = renderer.render(&groups);
    if let (Some((line, column)), true) = (entry.site.at, excerpt.is_cut) {
        // annotate-snippets counts columns in the text that it is given.
        let path = clean(&entry.site.path);
        let counted = line_column(&excerpt.text, excerpt.mark.start).1;
        let counted = format!("{path}:{line}:{counted}");
        text = text.replacen(&counted, &format!("{path}:{line}:{column}"), 1);
    }
    text.push_str("\n\n");
    text
}

/// `3 errors and 12 warnings in 5 of 40 documents`.
pub fn summary(levels: &[Level], affected: usize, documents: usize) -> String {
    let count = |level| levels.iter().filter(|&&each| each == level).count();
    let errors = counted(count(Level::Deny), "error");
    let warnings = counted(count(Level::Warn), "warning");
    let all = counted(documents, "document").unwrap_or_else(|| "no documents".to_owned());
    // Chapters that are not documents have findings too.
    if affected > documents {
        let files = counted(affected, "file").unwrap_or_default();
        let found = [errors, warnings].into_iter().flatten().collect::<Vec<_>>();
        return format!("{} in {files}; {all} in the book\n", found.join(" and "));
    }
    match (errors, warnings) {
        (None, None) => format!("nothing to report in {all}\n"),
        (Some(one), None) | (None, Some(one)) => format!("{one} in {affected} of {all}\n"),
        (Some(errors), Some(warnings)) => {
            format!("{errors} and {warnings} in {affected} of {all}\n")
        }
    }
}

/// `1 finding`, `2 findings`; None for none.
pub fn counted(count: usize, word: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    }
}

fn group<'a>(entry: &Entry<'a>, excerpt: &'a Excerpt) -> Group<'a> {
    let loud = match entry.level {
        Level::Deny => Loud::ERROR,
        Level::Warn | Level::Allow => Loud::WARNING,
    };
    let mut title = loud.primary_title(clean(entry.message));
    if let Some(lint) = entry.lint {
        title = title.id(lint);
    }
    let site = &entry.site;
    let mut group = match site.at {
        None => title.element(Origin::path(clean(&site.path))),
        Some((line, _)) => {
            let mark = AnnotationKind::Primary.span(excerpt.mark.start..excerpt.mark.end);
            title.element(
                Snippet::source(&excerpt.text)
                    .path(clean(&site.path))
                    .line_start(line)
                    .annotation(mark.label(entry.label.map(clean))),
            )
        }
    };
    if let Some(help) = entry.help {
        group = group.element(Loud::HELP.message(clean(help)));
    }
    if !site.certain {
        let note = "the line is counted in the text that other preprocessors have passed on";
        group = group.element(Loud::NOTE.message(note));
    }
    group
}

fn patch<'a>(fix: &PlacedFix<'a>, changed: Option<&'a Changed>) -> Group<'a> {
    let title = Loud::HELP.secondary_title(clean(fix.what));
    let Some(changed) = changed else {
        return Group::with_title(title);
    };
    let patches = changed
        .changes
        .iter()
        .map(|(span, new)| Patch::new(span.start..span.end, new.as_str()));
    let group = title.element(
        Snippet::source(changed.text.as_str())
            .path(clean(&changed.path))
            .line_start(changed.line)
            .patches(patches),
    );
    match counted(changed.rest, "more change") {
        Some(rest) => group.element(Loud::NOTE.no_name().message(format!("… and {rest}"))),
        None => group,
    }
}

/// annotate-snippets shows some control characters as symbols, and passes others through.
fn clean(text: &str) -> String {
    harmless(text, &['\n'])
}

#[cfg(test)]
mod tests;
