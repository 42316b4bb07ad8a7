//! Finds which decision settled a question: the one that its answer links to or names by its label.

use std::collections::{BTreeSet, HashMap};

use crate::model::{Chapter, Decision, DecisionLink, Fragment};
use crate::parse::markdown::fold::fold;

/// The decisions of a chapter by the names that may refer to them. If a name is ambiguous, the
/// first decision has it.
struct Targets {
    /// The anchor of each decision.
    anchors: Vec<String>,
    /// Indices by anchor, and by folded label unless the label is only a number.
    by_anchor: HashMap<String, usize>,
    by_label: HashMap<String, usize>,
    /// The numbers of words in the labels.
    lengths: BTreeSet<usize>,
}

impl Targets {
    fn of(decisions: &[Decision]) -> Self {
        let anchors: Vec<String> = decisions.iter().map(|decision| decision.anchor().to_owned()).collect();
        let (mut by_anchor, mut by_label) = (HashMap::new(), HashMap::new());
        for (index, anchor) in anchors.iter().enumerate() {
            by_anchor.entry(anchor.clone()).or_insert(index);
            let label = decisions[index].label.as_deref().map(fold);
            if let Some(label) = label.filter(|label| label.contains(|ch: char| ch.is_ascii_alphabetic())) {
                by_label.entry(label).or_insert(index);
            }
        }
        Self {
            lengths: by_label.keys().map(|label| label.split(' ').count()).collect(),
            anchors,
            by_anchor,
            by_label,
        }
    }

    /// The decision that a link's fragment names, by its anchor or its label. For a link without a
    /// fragment, the page's decision if there is exactly one.
    fn at(&self, fragment: &str) -> Option<usize> {
        let by_label = self.by_label.get(&fold(fragment)).copied();
        let named = self.by_anchor.get(fragment).copied().into_iter().chain(by_label).min();
        named.or_else(|| (fragment.is_empty() && self.anchors.len() == 1).then_some(0))
    }

    /// The first decision whose label occurs in an `answer`.
    fn named_in(&self, answer: &str) -> Option<usize> {
        let folded = fold(answer);
        let words: Vec<&str> = folded.split(' ').collect();
        let phrases = self.lengths.iter().flat_map(|length| words.windows(*length));
        phrases
            .filter_map(|words| self.by_label.get(&words.join(" ")))
            .min()
            .copied()
    }
}

/// The chapters of a book that hold decisions, by path.
type Index = HashMap<String, Targets>;

/// The decision that settled a question of the chapter at `path`: the target of the first matching
/// link in the answer, or the decision that the answer names.
fn settled(answer: &Fragment, path: &str, index: &Index) -> Option<DecisionLink> {
    let linked = answer.relative_links().iter().find_map(|&at| {
        let rest = answer.markdown().get(at..)?;
        let url = &rest[..rest.find([')', ' ', '>']).unwrap_or(rest.len())];
        let (path, fragment) = url.split_once('#').unwrap_or((url, ""));
        Some((path, index.get(path)?.at(fragment)?))
    });
    let named = || Some((path, index.get(path)?.named_in(&answer.text)?));
    let (path, decision) = linked.or_else(named)?;
    Some(DecisionLink {
        path: path.to_owned(),
        anchor: index.get(path)?.anchors[decision].clone(),
    })
}

/// Links the settled questions of all chapters to their decisions.
pub(crate) fn link(chapters: &mut [Chapter]) {
    let documents = chapters
        .iter()
        .filter_map(|chapter| Some((chapter, chapter.document.as_ref()?)));
    let logs = documents.filter(|(_, document)| !document.decisions.is_empty());
    let index: Index = logs
        .map(|(chapter, document)| (chapter.path.clone(), Targets::of(&document.decisions)))
        .collect();
    for Chapter { path, document, .. } in chapters {
        let questions = document.iter_mut().flat_map(|document| &mut document.questions);
        for question in questions.filter(|question| question.resolved) {
            question.settled_by = settled(&question.resolution, path, &index);
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
