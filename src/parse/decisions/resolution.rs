//! Finds which decision settled a question: the one that its answer links to or names by its label.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use pulldown_cmark::{Event, Options, Parser};

use crate::model::{Chapter, Decision, DecisionLink, Fragment};
use crate::parse::markdown::fold::fold;

/// The decisions of a chapter by the names that may refer to them. If a name is ambiguous, the
/// first decision has it.
struct Targets<'a> {
    chapter: &'a Chapter,
    decisions: &'a [Decision],
    /// Indices by anchor, and by folded label unless the label is only a number.
    by_anchor: HashMap<&'a str, usize>,
    by_label: HashMap<String, usize>,
    /// The numbers of words in the labels.
    lengths: BTreeSet<usize>,
    /// Indices by the id of the section and the folded text of the decision, once asked for.
    by_section: OnceCell<HashMap<(&'a str, String), usize>>,
}

impl<'a> Targets<'a> {
    fn of(chapter: &'a Chapter, decisions: &'a [Decision]) -> Self {
        let (mut by_anchor, mut by_label) = (HashMap::new(), HashMap::new());
        for (index, decision) in decisions.iter().enumerate() {
            by_anchor.entry(decision.anchor()).or_insert(index);
            let label = decision.label.as_deref().map(fold);
            if let Some(label) = label.filter(|label| label.contains(|ch: char| ch.is_ascii_alphabetic())) {
                by_label.entry(label).or_insert(index);
            }
        }
        Self {
            chapter,
            decisions,
            by_section: OnceCell::new(),
            lengths: by_label.keys().map(|label| label.split(' ').count()).collect(),
            by_anchor,
            by_label,
        }
    }

    /// The decision that a link's fragment names, by its anchor or its label. For a link without a
    /// fragment, the page's decision if there is exactly one.
    fn at(&self, fragment: &str) -> Option<usize> {
        let by_label = self.by_label.get(&fold(fragment)).copied();
        let named = self.by_anchor.get(fragment).copied().into_iter().chain(by_label).min();
        named.or_else(|| (fragment.is_empty() && self.decisions.len() == 1).then_some(0))
    }

    /// The decision with the words of a link to its section.
    fn in_section(&self, fragment: &str, words: &str) -> Option<usize> {
        let by_section = self.by_section.get_or_init(|| {
            let decisions = self.decisions.iter().enumerate().rev();
            let in_sections = decisions.filter_map(|(index, decision)| {
                let section = self.chapter.section_id(decision.span)?;
                Some(((section, fold(&decision.decision.text)), index))
            });
            in_sections.collect()
        });
        by_section.get(&(fragment, folded(words))).copied()
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
type Index<'a> = HashMap<&'a str, Targets<'a>>;

/// Whether a link to the section of `decision` is one to the decision, by the words of the link.
pub(crate) fn is_named_by(decision: &Decision, words: &str) -> bool {
    folded(words) == fold(&decision.decision.text)
}

/// The words of inline Markdown, folded.
fn folded(markdown: &str) -> String {
    let words = Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH).filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.into_string()),
        _ => None,
    });
    fold(&words.collect::<String>())
}

/// The words of the inline link whose address begins at the end of `before`, as Markdown.
fn link_words(before: &str) -> Option<&str> {
    let words = before.trim_end_matches('<').strip_suffix("](")?;
    let mut depth = 0;
    let is_escaped = |at: usize| words[..at].ends_with('\\');
    let brackets = words.char_indices().rev().filter(|&(at, _)| !is_escaped(at));
    let open = brackets.into_iter().find(|&(_, letter)| {
        depth += i32::from(letter == ']');
        depth -= i32::from(letter == '[');
        depth < 0
    });
    words.get(open?.0 + 1..)
}

/// The decision that settled a question of the chapter at `path`: the target of the first matching
/// link in the answer, or the decision that the answer names.
fn settled(answer: &Fragment, path: &str, index: &Index<'_>) -> Option<DecisionLink> {
    let linked = answer.relative_links().iter().find_map(|&at| {
        let rest = answer.markdown().get(at..)?;
        let url = &rest[..rest.find([')', ' ', '>']).unwrap_or(rest.len())];
        let (path, fragment) = url.split_once('#').unwrap_or((url, ""));
        let targets = index.get(path)?;
        let by_words = || targets.in_section(fragment, link_words(&answer.markdown()[..at])?);
        Some((path, targets.at(fragment).or_else(by_words)?))
    });
    let named = || Some((path, index.get(path)?.named_in(&answer.text)?));
    let (path, decision) = linked.or_else(named)?;
    Some(DecisionLink {
        path: path.to_owned(),
        anchor: index.get(path)?.decisions[decision].anchor().to_owned(),
    })
}

/// Links the settled questions of all chapters to their decisions.
pub(crate) fn link(chapters: &mut [Chapter]) {
    let documents = || {
        let chapters = chapters.iter().enumerate();
        chapters.filter_map(|(at, chapter)| Some((at, chapter, chapter.document.as_ref()?)))
    };
    let logs = documents().filter(|(_, _, document)| !document.decisions.is_empty());
    let index: Index<'_> = logs
        .map(|(_, chapter, document)| (chapter.path.as_str(), Targets::of(chapter, &document.decisions)))
        .collect();
    let found = documents().flat_map(|(at, chapter, document)| {
        let resolved = document
            .questions
            .iter()
            .enumerate()
            .filter(|(_, question)| question.resolved);
        let index = &index;
        resolved.filter_map(move |(number, question)| {
            Some((at, number, settled(&question.resolution, &chapter.path, index)?))
        })
    });
    let found: Vec<(usize, usize, DecisionLink)> = found.collect();
    for (at, number, decision) in found {
        if let Some(document) = &mut chapters[at].document {
            document.questions[number].settled_by = Some(decision);
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
                   | D-07 | 2026-01-02 | Use a queue | calm |\n| D-08 | 2026-01-02 | Use [a] cache & so | fast |\n\n";
        let asked = "## Open Questions\n\n- ~~Which queue?~~ **Resolved:** ours, see D-07.\n\
                     - ~~Which cache?~~ **Resolved:** see [there](#d-08).\n- Is D-07 final?\n\
                     - ~~Which bus?~~ **Resolved:** by D-70.\n";
        let elsewhere = "# Refunds\n\nStatus: Draft\n\n## Open Questions\n\n\
                         - [x] Which queue? **Answer:** [ours](../log.md#decision-d-07)\n\
                         - [x] What else? **Answer:** see [Use \\[a\\] *cache* &amp; so](../log.md#decision-log)\n\
                         - [x] And then? **Answer:** see [it](../log.md#decision-log)\n";
        assert_eq!(
            links(&[("log.md", &format!("{log}{asked}")), ("designs/refunds.md", elsewhere)]),
            [
                Some("log.md#decision-d-07".to_owned()),
                Some("log.md#decision-d-08".to_owned()),
                None,
                None,
                Some("log.md#decision-d-07".to_owned()),
                Some("log.md#decision-d-08".to_owned()),
                None,
            ]
        );
    }
}
