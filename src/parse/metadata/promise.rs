//! The days of a document's metadata on which it is to be looked at again, or until which comments are
//! awaited.

use jiff::civil::Date;

use crate::model::{Deadline, Document, StatusClass};
use crate::parse::metadata::field::Field;
use crate::parse::values::deadline::promised;
use crate::parse::vocabulary::Vocabulary;

/// Sets a day that was promised. Of several days the earliest counts, since it passes first.
pub(super) fn set_earliest(slot: &mut Option<Deadline>, field: &Field<'_>, vocabulary: &Vocabulary<'_>) -> bool {
    let days = field
        .values
        .iter()
        .filter_map(|value| promised(&value.runs, vocabulary));
    let found = days.min_by_key(order);
    let is_found = found.is_some();
    *slot = slot.take().into_iter().chain(found).min_by_key(order);
    is_found
}

/// By day, and dates that cannot be read last.
fn order(due: &Deadline) -> (bool, Option<Date>) {
    (due.day().is_none(), due.day())
}

/// `Review by: 2026-12-01` in a document in review is the end of that review, and in any other the
/// day of the next one.
pub(super) fn take_review_by(document: &mut Document, review_by: Option<Deadline>) {
    let class = document.status.as_ref().map(|status| status.class);
    let slot = match class {
        Some(StatusClass::Review) => &mut document.review_until,
        _ => &mut document.revisit,
    };
    *slot = slot.take().into_iter().chain(review_by).min_by_key(order);
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::config::Config;
    use crate::model::{Fact, When};
    use crate::source::Source;

    /// The document with these lines below its title.
    fn read(language: &str, text: &str) -> Document {
        let config = Config {
            language: language.to_owned(),
            ..Config::default()
        };
        let source = Source {
            path: "a.md".to_owned(),
            text: format!("# Depots\n\n{text}"),
            ..Source::default()
        };
        let corpus = crate::parse::corpus(&[source], &config);
        corpus.chapters[0].document.clone().unwrap()
    }

    fn day(due: Option<&Deadline>) -> Option<Date> {
        due.and_then(Deadline::day)
    }

    #[test]
    fn every_language_has_labels_and_columns_for_them() {
        let (again, until) = (date(2026, 5, 1), date(2026, 4, 1));
        for (language, [author, revisit, review], [decisions, decision, column]) in [
            (
                "en",
                ["Author", "Valid until", "Feedback by"],
                ["Decision log", "Decision", "Next review"],
            ),
            (
                "de",
                ["Autor", "Gültig bis", "Rückmeldungen bis"],
                ["Entscheidungen", "Entscheidung", "Wiedervorlage"],
            ),
            (
                "fr",
                ["Auteur", "Valable jusqu’au", "Commentaires jusqu’au"],
                ["Décisions", "Décision", "À revoir le"],
            ),
            (
                "es",
                ["Autor", "Válido hasta", "Comentarios hasta el"],
                ["Decisiones", "Decisión", "Próxima revisión"],
            ),
            (
                "pt",
                ["Autor", "Válido até", "Comentários até"],
                ["Decisões", "Decisão", "Próxima revisão"],
            ),
            (
                "ja",
                ["著者", "有効期限", "コメント期限"],
                ["決定事項", "決定", "見直し日"],
            ),
            (
                "zh",
                ["作者", "有效期至", "反馈截止日期"],
                ["决策记录", "决策", "复审日期"],
            ),
        ] {
            let labels = format!("**{author}:** Ada Obi  \n**{revisit}:** 2026-05-01  \n**{review}:** 2026-04-01\n");
            let log = format!("## {decisions}\n\n| {decision} | {column} |\n|--|--|\n| Rent | 2026-05-01 |\n");
            let document = read(language, &format!("{labels}\n{log}"));
            assert_eq!(day(document.revisit.as_ref()), Some(again), "{language}");
            assert_eq!(day(document.review_until.as_ref()), Some(until), "{language}");
            let decided = document.decisions.first().and_then(|each| each.revisit.as_ref());
            assert_eq!(day(decided), Some(again), "{language}");
            assert_eq!(document.facts, [], "{language}: the card shows them already");
        }
    }

    #[test]
    fn words_that_are_no_date_stay_facts_of_the_author() {
        for words in [
            "when traffic doubles", "24 hours after login", "TBD", "Phase 3", "Ada Obi",
        ] {
            let document = read(
                "en",
                &format!("**Author:** Ada Obi  \n**Status:** Accepted  \n**Expires:** {words}\n"),
            );
            assert_eq!(document.revisit, None, "{words}");
            let fact = Fact {
                label: "Expires".to_owned(),
                text: words.to_owned(),
                markdown: words.to_owned(),
                ..Fact::default()
            };
            assert_eq!(document.facts, [fact]);
        }
    }

    #[test]
    fn a_remark_and_a_later_day_stay_on_the_card() {
        let document = read(
            "en",
            "**Author:** Ada Obi  \n**Status:** Accepted  \n**Expires:** 2027-01-31 (the lease)  \n**Next review:** June 2026\n",
        );
        let revisit = document.revisit.as_ref().map(|due| &due.0.when);
        assert_eq!(revisit, Some(&When::Month(date(2026, 6, 30))), "the earliest");
        let facts: Vec<_> = document.facts.iter().map(|fact| fact.text.as_str()).collect();
        assert_eq!(facts, ["2027-01-31 (the lease)"]);
    }

    #[test]
    fn a_team_has_labels_of_its_own() {
        let mut config = Config::default();
        config.labels.insert("revisit".to_owned(), vec!["Sell by".to_owned()]);
        config
            .labels
            .insert("review-until".to_owned(), vec!["Silence is consent from".to_owned()]);
        let labels = "**Author:** Ada Obi  \n**Sell by:** 2026-05-01  \n**Silence is consent from:** 2026-04-01\n";
        let source = Source {
            text: format!(
                "# Depots\n\n{labels}\n## Decision log\n\n| Decision | Sell by |\n|--|--|\n| Rent | 2026-06-01 |\n"
            ),
            ..Source::default()
        };
        let corpus = crate::parse::corpus(&[source], &config);
        let document = corpus.chapters[0].document.as_ref().unwrap();
        let decided = document.decisions[0].revisit.as_ref();
        let found = [document.revisit.as_ref(), document.review_until.as_ref(), decided].map(day);
        assert_eq!(found, [date(2026, 5, 1), date(2026, 4, 1), date(2026, 6, 1)].map(Some));
    }

    #[test]
    fn review_by_means_this_review_or_the_next_one() {
        for (status, revisit, review) in [
            ("In Review", None, Some(date(2026, 5, 1))),
            ("Accepted", Some(date(2026, 5, 1)), None),
            ("Draft", Some(date(2026, 5, 1)), None),
        ] {
            let document = read(
                "en",
                &format!("**Author:** Ada Obi  \n**Status:** {status}  \n**Review by:** 2026-05-01\n"),
            );
            let found = [&document.revisit, &document.review_until].map(|due| day(due.as_ref()));
            assert_eq!(found, [revisit, review], "{status}");
        }
    }

    #[test]
    fn the_place_is_that_of_the_date() {
        for text in [
            "---\nauthor: Ada Obi\nstatus: accepted\nexpires: 2026-05-01 # the lease\n---\n# Depots\n",
            "# Depots\n\n| Author | Ada Obi |\n|--|--|\n| Status | Accepted |\n| Expires | 2026-05-01 |\n",
        ] {
            let source = Source {
                text: text.to_owned(),
                ..Source::default()
            };
            let corpus = crate::parse::corpus(&[source], &Config::default());
            let document = corpus.chapters[0].document.as_ref().unwrap();
            let due = document.revisit.as_ref().unwrap();
            assert_eq!(due.0.span.of(text), "2026-05-01");
        }
    }
}
