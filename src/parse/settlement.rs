//! Which decision settled a question: the one that its answer links to, or names by its label.

use std::collections::{BTreeSet, HashMap};

use super::label::fold;
use crate::model::{Chapter, Decision, DecisionLink, Fragment};

/// The decisions of a chapter by what may be written of them: the first of a name has it.
#[derive(Debug, Default)]
struct Targets {
    anchors: Vec<String>,
    by_anchor: HashMap<String, usize>,
    /// By the folded label, where its author gave it one that is no bare number.
    by_label: HashMap<String, usize>,
    /// Of how many words there are labels.
    lengths: BTreeSet<usize>,
}

impl Targets {
    fn of(decisions: &[Decision]) -> Self {
        let mut out = Self::default();
        for (index, decision) in decisions.iter().enumerate() {
            let anchor = decision.anchor().to_owned();
            out.by_anchor.entry(anchor.clone()).or_insert(index);
            out.anchors.push(anchor);
            let label = decision.label.as_deref().map(fold);
            if let Some(label) = label.filter(|label| label.bytes().any(|byte| byte.is_ascii_alphabetic())) {
                out.lengths.insert(label.split(' ').count());
                out.by_label.entry(label).or_insert(index);
            }
        }
        out
    }

    /// The decision that a link's fragment names, by its anchor or its label.
    fn at(&self, fragment: &str) -> Option<usize> {
        let by_anchor = self.by_anchor.get(fragment);
        let by_label = self.by_label.get(&fold(fragment));
        by_anchor.into_iter().chain(by_label).min().copied()
    }

    /// The first decision whose label stands in `folded`.
    fn named_in(&self, folded: &str) -> Option<usize> {
        if self.by_label.is_empty() {
            return None;
        }
        let words: Vec<&str> = folded.split(' ').collect();
        let phrases = self.lengths.iter().flat_map(|&length| words.windows(length));
        phrases
            .filter_map(|words| match words {
                [word] => self.by_label.get(*word),
                words => self.by_label.get(&words.join(" ")),
            })
            .min()
            .copied()
    }
}

/// Links the settled questions of all chapters to their decisions.
pub(crate) fn link(chapters: &mut [Chapter]) {
    let is_asked = |chapter: &Chapter| {
        chapter.document.as_ref().is_some_and(|document| {
            document
                .questions
                .iter()
                .any(|question| !question.resolution.is_empty())
        })
    };
    if !chapters.iter().any(is_asked) {
        return;
    }
    let targets: HashMap<String, Targets> = chapters
        .iter()
        .filter_map(|chapter| {
            let decisions = &chapter.document.as_ref()?.decisions;
            Some((chapter.path.clone(), Targets::of(decisions)))
        })
        .collect();
    for chapter in chapters {
        let Some(document) = &mut chapter.document else {
            continue;
        };
        for question in document.questions.iter_mut().filter(|question| question.resolved) {
            question.settled_by =
                linked(&question.resolution, &targets).or_else(|| named(&question.resolution, &chapter.path, &targets));
        }
    }
}

/// The decision to which the first such link of an answer leads.
fn linked(answer: &Fragment, targets: &HashMap<String, Targets>) -> Option<DecisionLink> {
    answer.relative_links.iter().find_map(|&at| {
        let rest = answer.markdown.get(at..)?;
        let url = &rest[..rest.find([')', ' ', '>']).unwrap_or(rest.len())];
        let (path, fragment) = url.split_once('#').unwrap_or((url, ""));
        let decisions = targets.get(path)?;
        // A link to a page means its decision where it has but one.
        let only = (fragment.is_empty() && decisions.anchors.len() == 1).then_some(0);
        Some(DecisionLink {
            path: path.to_owned(),
            anchor: decisions.anchors[decisions.at(fragment).or(only)?].clone(),
        })
    })
}

/// The decision of the same document whose label stands in an answer.
fn named(answer: &Fragment, path: &str, targets: &HashMap<String, Targets>) -> Option<DecisionLink> {
    let decisions = targets.get(path)?;
    let found = decisions.named_in(&fold(&answer.text))?;
    Some(DecisionLink {
        path: path.to_owned(),
        anchor: decisions.anchors[found].clone(),
    })
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
        let (corpus, _) = crate::parse::corpus(&sources, &Config::default());
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
