//! Dates in every form and every language.

use super::*;
use crate::config::Config;
use jiff::civil::date;

fn read(text: &str) -> When {
    when(text, &Vocabulary::english())
}

#[test]
fn full_dates_in_every_form() {
    for (text, expected) in [
        ("2026-01-02", date(2026, 1, 2)),
        ("2018/01/09", date(2018, 1, 9)),
        ("14-Jul-2025", date(2025, 7, 14)),
        ("Jan 9, 2018", date(2018, 1, 9)),
        ("Sept. 3, 2024", date(2024, 9, 3)),
        ("Sep 13th, 2024", date(2024, 9, 13)),
        ("20th May 2025", date(2025, 5, 20)),
        ("30th of May 2025", date(2025, 5, 30)),
        ("11.07.2023", date(2023, 7, 11)),
        ("2018-Oct-23", date(2018, 10, 23)),
        ("01/25/2021", date(2021, 1, 25)),
        ("25/01/2021", date(2021, 1, 25)),
        ("2026-07-05T12:01:32Z", date(2026, 7, 5)),
        ("15 May 2017 (to reflect the code)", date(2017, 5, 15)),
        ("`2026-03-07`", date(2026, 3, 7)),
        ("Tuesday, 3 March 2026", date(2026, 3, 3)),
        ("2026-06-05 (v0.3 done)", date(2026, 6, 5)),
    ] {
        assert_eq!(read(text), When::Day(expected), "{text}");
        let says_more = text.contains("T12") || text.contains('(');
        assert_eq!(is_bare(text, &Vocabulary::english()), !says_more, "{text}");
    }
}

fn in_language(code: &str, text: &str) -> When {
    let config = Config {
        language: code.to_owned(),
        ..Config::default()
    };
    when(text, &Vocabulary::new(&config))
}

#[test]
fn dates_of_other_languages_and_scripts() {
    for (code, text) in [
        ("de", "13. November 2026"),
        ("de", "13. Nov. 2026"),
        ("de", "13.Nov. 2026"),
        ("de", "bis spätestens 13. November 2026"),
        ("de", "13. 11. 2026"),
        ("fr", "13 nov. 2026"),
        ("fr", "vendredi 13 novembre 2026"),
        ("es", "13 de noviembre de 2026"),
        ("pt", "13 de nov. de 2026"),
        ("ja", "2026年11月13日"),
        ("ja", "2026年11月13日（金）まで"),
        ("ja", "２０２６年１１月１３日"),
        ("ja", "２０２６／１１／１３"),
        ("ja", "令和8年11月13日"),
        ("zh", "2026-11-13前"),
        ("zh", "2026年11月13号之前"),
        ("en", "2026年11月13日"),
        ("en", "2026년 11월 13일"),
        ("en", "٢٠٢٦-١١-١٣"),
        ("en", "۲۰۲۶/۱۱/۱۳"),
        ("en", "१३.११.२०२६"),
    ] {
        assert_eq!(in_language(code, text), When::Day(date(2026, 11, 13)), "{code}: {text}");
    }
}

#[test]
fn other_languages_have_ordinals_months_and_words_for_nothing() {
    assert_eq!(in_language("fr", "1er octobre 2026"), When::Day(date(2026, 10, 1)));
    assert_eq!(in_language("pt", "1º de março de 2026"), When::Day(date(2026, 3, 1)));
    assert_eq!(in_language("fr", "5 fe\u{301}vrier 2026"), When::Day(date(2026, 2, 5)));
    for (code, text) in [
        ("de", "November 2026"),
        ("ja", "2026年11月"),
        ("ja", "2026年11月末"),
        ("pt", "nov. de 2026"),
    ] {
        assert_eq!(
            in_language(code, text),
            When::Month(date(2026, 11, 30)),
            "{code}: {text}"
        );
    }
    for (code, text) in [("ja", "11月13日"), ("ja", "2026年11月中旬"), ("de", "13. November")] {
        assert_eq!(in_language(code, text), When::Milestone(None), "{code}: {text}");
    }
    assert_eq!(in_language("ja", "2026年2月30日"), When::Invalid);
    for (code, text) in [
        ("de", "wird noch festgelegt"),
        ("fr", "à définir"),
        ("es", "por definir"),
        ("zh", "待定"),
    ] {
        assert_eq!(in_language(code, text), When::Unset, "{code}: {text}");
    }
}

#[test]
fn ambiguity_is_reported_unless_the_team_has_an_order() {
    let ambiguous = When::Ambiguous {
        day_first: date(2018, 2, 5),
        month_first: date(2018, 5, 2),
    };
    assert_eq!(read("05/02/2018"), ambiguous);
    assert_eq!(read("05/05/2018"), When::Day(date(2018, 5, 5)));
    let config = Config {
        date_order: Some(DateOrder::MonthFirst),
        ..Config::default()
    };
    assert_eq!(
        when("05/02/2018", &Vocabulary::new(&config)),
        When::Day(date(2018, 5, 2))
    );
}

#[test]
fn months_last_to_their_end() {
    assert_eq!(read("Jul 2026"), When::Month(date(2026, 7, 31)));
    assert_eq!(read("2026-02"), When::Month(date(2026, 2, 28)));
}

#[test]
fn slips_are_invalid_and_words_are_milestones() {
    for text in ["2023-07-2i", "2026-02-30", "2026-13-01", "31/31/2020"] {
        assert_eq!(read(text), When::Invalid, "{text}");
    }
    for text in [
        "Pre-implementation", "Phase 0", "Before DB schema", "mid-October", "Week 2",
    ] {
        assert_eq!(read(text), When::Milestone(None), "{text}");
    }
    for text in ["", "TBD", "[date]", "[Date]", "YYYY-MM-DD", "N/A", "-"] {
        assert_eq!(read(text), When::Unset, "{text}");
    }
}

#[test]
fn a_milestone_has_the_day_that_book_toml_gives_it() {
    let mut config = Config::default();
    config.milestones.insert("phase 1".into(), date(2026, 12, 1));
    assert_eq!(
        when("Phase 1", &Vocabulary::new(&config)),
        When::Milestone(Some(date(2026, 12, 1)))
    );
}
