//! Which decision settled a question: the one that its answer links to, or names by its label.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::model::{Chapter, Decision, DecisionLink, Fragment};
use crate::parse::markdown::fold::fold;

/// The decisions of a chapter by what may be written of them: the first of a name has it.
#[derive(Debug)]
struct Targets<'d> {
    decisions: &'d [Decision],
    by_anchor: HashMap<&'d str, usize>,
    /// By the folded label, where its author gave it one that is no bare number.
    by_label: HashMap<String, usize>,
    /// Of how many words there are labels.
    lengths: BTreeSet<usize>,
}

impl<'d> Targets<'d> {
    fn of(decisions: &'d [Decision]) -> Self {
        let mut out = Self {
            decisions,
            by_anchor: HashMap::new(),
            by_label: HashMap::new(),
            lengths: BTreeSet::new(),
        };
        for (index, decision) in decisions.iter().enumerate() {
            out.by_anchor.entry(decision.anchor()).or_insert(index);
            let label = decision.label.as_deref().map(fold);
            if let Some(label) = label.filter(|label| label.bytes().any(|byte| byte.is_ascii_alphabetic())) {
                out.lengths.insert(label.split(' ').count());
                out.by_label.entry(label).or_insert(index);
            }
        }
        out
    }

    /// The decision that a link's fragment names, by its anchor or its label; the only one where
    /// it names none, as a link to a page means its decision where it has but one.
    fn at(&self, fragment: &str) -> Option<&'d Decision> {
        let by_anchor = self.by_anchor.get(fragment);
        let by_label = self.by_label.get(&fold(fragment));
        let named = by_anchor.into_iter().chain(by_label).min();
        match (named, self.decisions) {
            (Some(&at), decisions) => Some(&decisions[at]),
            (None, [only]) if fragment.is_empty() => Some(only),
            _ => None,
        }
    }

    /// The first decision whose label stands in an `answer`.
    fn named_in(&self, answer: &str) -> Option<&'d Decision> {
        if self.by_label.is_empty() {
            return None;
        }
        let folded = fold(answer);
        let words: Vec<&str> = folded.split(' ').collect();
        let phrases = self.lengths.iter().flat_map(|&length| words.windows(length));
        let first = phrases
            .filter_map(|words| match words {
                [word] => self.by_label.get(*word),
                words => self.by_label.get(&words.join(" ")),
            })
            .min();
        first.map(|&at| &self.decisions[at])
    }
}

/// The chapters of a book that hold decisions, by path; most are never asked for.
struct DecisionIndex<'d>(HashMap<&'d str, (&'d [Decision], OnceLock<Targets<'d>>)>);

impl<'d> DecisionIndex<'d> {
    fn new(chapters: &'d [Chapter]) -> Self {
        let documents = chapters
            .iter()
            .filter_map(|chapter| Some((chapter.path.as_str(), chapter.document.as_ref()?)));
        let decisions = documents.map(|(path, document)| (path, (&document.decisions[..], OnceLock::new())));
        Self(decisions.filter(|(_, (decisions, _))| !decisions.is_empty()).collect())
    }

    fn targets(&self, path: &str) -> Option<&Targets<'d>> {
        let (decisions, targets) = self.0.get(path)?;
        Some(targets.get_or_init(|| Targets::of(decisions)))
    }

    /// The decision that settled a question of the chapter at `path`.
    fn settled(&self, answer: &Fragment, path: &str) -> Option<DecisionLink> {
        let named = || Some((path, self.targets(path)?.named_in(&answer.text)?));
        let (path, decision) = self.linked(answer).or_else(named)?;
        Some(DecisionLink {
            path: path.to_owned(),
            anchor: decision.anchor().to_owned(),
        })
    }

    /// The decision to which the first such link of an answer leads.
    fn linked<'a>(&self, answer: &'a Fragment) -> Option<(&'a str, &'d Decision)> {
        answer.relative_links().iter().find_map(|&at| {
            let rest = answer.markdown().get(at..)?;
            let url = &rest[..rest.find([')', ' ', '>']).unwrap_or(rest.len())];
            let (path, fragment) = url.split_once('#').unwrap_or((url, ""));
            Some((path, self.targets(path)?.at(fragment)?))
        })
    }
}

/// Links the settled questions of all chapters to their decisions.
pub(crate) fn link(chapters: &mut [Chapter]) {
    let index = DecisionIndex::new(chapters);
    let links: Vec<Vec<(usize, DecisionLink)>> = chapters
        .par_iter()
        .map(|chapter| {
            let questions = chapter.document.iter().flat_map(|document| &document.questions);
            let settled = questions.enumerate().filter(|(_, question)| question.resolved);
            settled
                .filter_map(|(at, question)| Some((at, index.settled(&question.resolution, &chapter.path)?)))
                .collect()
        })
        .collect();
    for (chapter, links) in chapters.iter_mut().zip(links) {
        let Some(document) = &mut chapter.document else {
            continue;
        };
        for (at, link) in links {
            document.questions[at].settled_by = Some(link);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::source::Source;

    fn links(texts: &[(&str, &str)]) -> Vec<Option<String>> {
        let sources: Vec<Source> = texts
            .iter()
            .map(|(path, text)| Source {
                path: (*path).to_owned(),
                text: (*text).to_owned(),
                ..Source::default()
            })
            .collect();
        let corpus = crate::parse::corpus(&sources, &Config::default());
        corpus
            .documents()
            .flat_map(|(_, _, document)| &document.questions)
            .map(|question| {
                let link = question.settled_by.as_ref()?;
                Some(format!("{}#{}", link.path, link.anchor))
            })
            .collect()
    }

    #[test]
    fn an_answer_leads_to_the_decision_that_it_names_or_links_to() {
        let log = "# Log of decisions\n\n## Decision Log\n\n| ID | Date | Decision | Why |\n|--|--|--|--|\n\
                   | D-07 | 2026-01-02 | Use a queue | calm |\n| D-08 | 2026-01-02 | Use a cache | fast |\n\n";
        let asked = "## Open Questions\n\n- ~~Which queue?~~ **Resolved:** ours, see D-07.\n\
                     - ~~Which cache?~~ **Resolved:** see [there](#d-08).\n- Is D-07 final?\n\
                     - ~~Which bus?~~ **Resolved:** by D-70.\n";
        let elsewhere = "# Refunds\n\nStatus: Draft\n\n## Open Questions\n\n\
                         - [x] Which queue? **Answer:** [ours](../log.md#decision-d-07)\n";
        assert_eq!(
            links(&[("log.md", &format!("{log}{asked}")), ("designs/refunds.md", elsewhere)]),
            [
                Some("log.md#decision-d-07".to_owned()),
                Some("log.md#decision-d-08".to_owned()),
                None,
                None,
                Some("log.md#decision-d-07".to_owned()),
            ]
        );
    }
}
