//! `(Ada Obi, 2026-03-01)` before or behind a decision in a list: by whom it was taken, and when.

use crate::model::{DateText, Decision, When};
use crate::parse::decisions::fact::{date_text, deciders};
use crate::parse::markdown::inline::{Run, cut, trim};
use crate::parse::record::Reader;
use crate::parse::record::name::is_person;
use crate::parse::values::date::when;

/// Takes what stands in brackets at the end of `text`, if a date is there; the text before.
pub(crate) fn take_behind<'r>(decision: &mut Decision, text: &[Run<'r>], reader: &Reader<'r>) -> Option<Vec<Run<'r>>> {
    let (last, before) = text.split_last()?;
    let end = last
        .text
        .trim_end_matches(|ch: char| ch.is_whitespace() || ch == '.')
        .len();
    let inner_end = last.text[..end].strip_suffix(')')?.len();
    let open = last.text[..inner_end].rfind('(')?;
    let told = Told::of(last, open + 1, inner_end, reader)?;
    told.date.as_ref()?;
    let mut rest = before.to_vec();
    rest.push(cut(last, 0, open));
    let rest = trim(&rest);
    if rest.is_empty() {
        return None;
    }
    told.give(decision, reader);
    Some(rest)
}

/// Takes who stands in brackets at the start of `text`, which a sign parts from the decision; the
/// text behind.
pub(crate) fn take_before<'r>(decision: &mut Decision, text: &[Run<'r>], reader: &Reader<'r>) -> Option<Vec<Run<'r>>> {
    let (first, after) = text.split_first()?;
    let inner = first.text.strip_prefix('(')?;
    let close = 1 + inner.find(')')?;
    let behind = first.text[close + 1..].trim_start();
    let kept = behind.trim_start_matches([':', '—', '–', '-']);
    let told = Told::of(first, 1, close, reader)?;
    if kept.len() == behind.len() {
        return None;
    }
    told.give(decision, reader);
    let mut rest = vec![cut(first, first.text.len() - kept.len(), first.text.len())];
    rest.extend_from_slice(after);
    Some(trim(&rest))
}

/// More bytes than this are no date and a few names.
const LONGEST: usize = 200;

/// What stands between two brackets.
struct Told<'r> {
    date: Option<DateText>,
    by: Vec<Run<'r>>,
}

impl<'r> Told<'r> {
    /// None where anything but one date and names stands there.
    fn of(run: &Run<'r>, from: usize, to: usize, reader: &Reader<'r>) -> Option<Self> {
        let mut told = Self {
            date: None,
            by: Vec::new(),
        };
        let inner = run.text[from..to].trim_end();
        if run.code || inner.len() > LONGEST || inner.contains(['(', '[']) {
            return None;
        }
        // A date may hold a comma: `Mar 1, 2026`.
        let starts = inner.match_indices([',', ';']).map(|(at, _)| at + 1);
        let date_at = [0].into_iter().chain(starts).find(|&at| {
            let text = inner[at..].trim_start();
            matches!(when(text, reader.vocabulary), When::Day(_) | When::Ambiguous { .. })
        });
        let names = match date_at {
            Some(at) => {
                let start = inner.len() - inner[at..].trim_start().len();
                let date = cut(run, from + start, from + inner.len());
                told.date = Some(date_text(&[date], reader));
                inner[..at].trim_end_matches([',', ';', ' '])
            }
            None => inner,
        };
        let names = names.strip_prefix("by ").unwrap_or(names);
        let at = from + inner.find(names)?;
        for name in names.split([',', ';', '&', '/']).map(str::trim) {
            if !names.is_empty() && !is_person(name) {
                return None;
            }
        }
        if !names.is_empty() {
            told.by.push(cut(run, at, at + names.len()));
        }
        (told.date.is_some() || !told.by.is_empty()).then_some(told)
    }

    fn give(self, decision: &mut Decision, reader: &Reader<'r>) {
        decision.date = decision.date.take().or(self.date);
        if decision.decided_by.is_empty() && !self.by.is_empty() {
            decision.decided_by = deciders(&self.by, reader);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::source::Source;

    /// The decisions in a list of one item: text, date, deciders and label.
    fn read(item: &str) -> Vec<[String; 4]> {
        let source = Source {
            path: "limits.md".to_owned(),
            text: format!("# Limits\n\nStatus: Draft\n\n## Decision log\n\n- {item}\n"),
            ..Source::default()
        };
        let (corpus, _) = crate::parse::corpus(&[source], &Config::default());
        let document = corpus.chapters[0].document.as_ref().unwrap();
        let told = document.decisions.iter().map(|decision| {
            let by: Vec<_> = decision.decided_by.iter().map(|person| person.display()).collect();
            [
                decision.decision.text.clone(),
                decision.date.as_ref().map(|date| date.text.clone()).unwrap_or_default(),
                by.join(", "),
                decision.label.clone().unwrap_or_default(),
            ]
        });
        told.collect()
    }

    #[test]
    fn a_date_and_names_stand_before_or_behind() {
        let day = "2026-03-01";
        for (item, expected) in [
            ("D4 (2026-03-01): Log it", ["Log it", day, "", "D4"]),
            ("D4 (2026-03-01) Log it", ["Log it", day, "", "D4"]),
            ("D4, 2026-03-01: Log it", ["Log it", day, "", "D4"]),
            ("**D4** 2026-03-01: Log it", ["Log it", day, "", "D4"]),
            ("**D4 (2026-03-01)**: Log it", ["Log it", day, "", "D4"]),
            ("D4: Log it (2026-03-01)", ["Log it", day, "", "D4"]),
            (
                "D4: Log it (Ada Obi, Mar 1, 2026).",
                ["Log it", "Mar 1, 2026", "Ada Obi", "D4"],
            ),
            (
                "2026-03-01 (Ada Obi, Chi Eze): Log it",
                ["Log it", day, "Ada Obi, Chi Eze", ""],
            ),
            ("13.03.2026 Log it", ["Log it", "13.03.2026", "", ""]),
            ("Mar 3, 2026: Log it", ["Log it", "Mar 3, 2026", "", ""]),
            ("3rd March 2026 - Log it", ["Log it", "3rd March 2026", "", ""]),
            ("Log it. (@ada, 2026-03-01)", ["Log it.", day, "@ada", ""]),
            (
                "Log it (by Ada Obi & Chi Eze; 2026-03-01)",
                ["Log it", day, "Ada Obi, Chi Eze", ""],
            ),
            ("2026-03-01: Log it (not all)", ["Log it (not all)", day, "", ""]),
            (
                "2026-03-01: Log it (Central Bank)",
                ["Log it (Central Bank)", day, "", ""],
            ),
        ] {
            assert_eq!(read(item), [expected.map(str::to_owned)], "{item}");
        }
        for item in [
            "Log it (Ada Obi)", "Log it (see D4, 2026-03-01)", "(2026-03-01)", "May we 3: log it", "1.2.3.4: Log it",
        ] {
            assert_eq!(read(item).len(), 0, "{item}");
        }
    }
}
