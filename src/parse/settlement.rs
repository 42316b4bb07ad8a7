//! Which decision settled a question: the one that its answer links to, or names by its label.

use std::collections::HashMap;

use super::label::fold;
use crate::model::{Chapter, DecisionLink, Fragment};

/// A decision by what may be written of it.
#[derive(Debug)]
struct Target {
    anchor: String,
    /// Folded; None where the author gave it none, or a bare number.
    label: Option<String>,
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
    let targets: HashMap<String, Vec<Target>> = chapters
        .iter()
        .filter_map(|chapter| {
            let decisions = &chapter.document.as_ref()?.decisions;
            let targets = decisions.iter().map(|decision| Target {
                anchor: decision.anchor().to_owned(),
                label: decision
                    .label
                    .as_deref()
                    .map(fold)
                    .filter(|label| label.bytes().any(|byte| byte.is_ascii_alphabetic())),
            });
            Some((chapter.path.clone(), targets.collect()))
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
fn linked(answer: &Fragment, targets: &HashMap<String, Vec<Target>>) -> Option<DecisionLink> {
    answer.relative_links.iter().find_map(|&at| {
        let rest = answer.markdown.get(at..)?;
        let url = &rest[..rest.find([')', ' ', '>']).unwrap_or(rest.len())];
        let (path, fragment) = url.split_once('#').unwrap_or((url, ""));
        let decisions = targets.get(path)?;
        let found = decisions.iter().find(|target| {
            let by_label = target.label.as_deref().is_some_and(|label| label == fold(fragment));
            target.anchor == fragment || by_label
        });
        // A link to a page means its decision where it has but one.
        let only = decisions
            .first()
            .filter(|_| fragment.is_empty() && decisions.len() == 1);
        Some(DecisionLink {
            path: path.to_owned(),
            anchor: found.or(only)?.anchor.clone(),
        })
    })
}

/// The decision of the same document whose label stands in an answer.
fn named(answer: &Fragment, path: &str, targets: &HashMap<String, Vec<Target>>) -> Option<DecisionLink> {
    let text = format!(" {} ", fold(&answer.text));
    let found = targets.get(path)?.iter().find(|target| {
        target
            .label
            .as_deref()
            .is_some_and(|label| text.contains(&format!(" {label} ")))
    })?;
    Some(DecisionLink {
        path: path.to_owned(),
        anchor: found.anchor.clone(),
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
