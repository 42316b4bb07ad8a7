//! Guesses the language of a chapter if the configuration does not set one: mdBook defaults to
//! `en`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Words that are frequent in exactly one of the supported languages, and words with which
/// documents label their facts. Words of English and of unsupported languages count against the
/// others.
const FREQUENT: &[(&str, &str)] = &[
    ("en", "the of to that this are it be we can will should"),
    (
        "de",
        "und der nicht ist mit auf wird wurde für fuer eine einen einer werden durch wenn sind dem oder zur zum kann \
         muss Datum Prüfer Verfasser Frage Fragen Entscheidung Entscheidungen Begründung Verantwortlich Frist Entwurf \
         Kontext Konsequenzen Zuständig",
    ),
    (
        "fr",
        "les une dans pour pas avec et du par sont cette aux qui sur être leur nous Auteur Statut Décision Décisions \
         Décideurs Relecteurs Contexte Conséquences Échéance",
    ),
    (
        "es",
        "el los las y una con del más pero sin está cuando hay muy también su Autora Fecha Decisión Decisiones \
         Preguntas Pregunta Consecuencias Borrador Plazo",
    ),
    (
        "pt",
        "não nao uma os em são ao aos pelo pela é foi também seu sua já deve dos Situação Decisão Decisões Questões \
         Responsável Prazo Consequências Rascunho",
    ),
    (
        "",
        "di che della nel gli sono il non amb els het een van voor niet och att ikke og det på się jest și",
    ),
];

/// The language of each word, and its index among the words of that language.
static LANGUAGE_OF: LazyLock<FxHashMap<&[u8], (usize, usize)>> = LazyLock::new(|| {
    let languages = FREQUENT.iter().enumerate();
    let words = languages.flat_map(|(language, (_, words))| {
        let words = words.split(' ').enumerate();
        words.map(move |(at, word)| (word.as_bytes(), (language, at)))
    });
    words.collect()
});

/// The number of bytes to examine. A text without letters specific to another language needs less.
const WINDOW: usize = 8192;
const ASCII_WINDOW: usize = 2048;

/// The minimum numbers: of frequent words, of distinct ones, and of Chinese or Japanese characters
/// per word.
const LEAST: usize = 6;
const LEAST_DISTINCT: u32 = 3;
/// The length in bytes of the longest of these words.
const LONGEST: usize = 14;
const CHARACTERS: usize = 4;

/// The code of the language of `text`, if that is certain and the language is supported and not
/// English. A quotation in another language is not enough: English words count against all others.
pub(crate) fn language(text: &str) -> Option<&'static str> {
    let start = &text.as_bytes()[..text.len().min(WINDOW)];
    // The first bytes of these letters: Latin ones with a diacritic, combining marks, Chinese and
    // Japanese. In text with a damaged encoding, such as `ðŸ` for an emoji, they do not follow a
    // letter.
    let marks = memchr::memchr2_iter(0xc3, 0xcc, start);
    let is_behind_letter = |at: &usize| *at > 0 && start[at - 1].is_ascii_alphabetic();
    let characters = start.iter().filter(|byte| matches!(byte, 0xe3..=0xe9)).count();
    let is_plain = marks.filter(is_behind_letter).count() + characters <= 2;
    let window = if is_plain { ASCII_WINDOW } else { WINDOW };
    let (hits, distinct) = frequent(&start[..start.len().min(window)], is_plain);
    let (han, kana) = if characters == 0 { (0, 0) } else { ideographs(start) };
    let asian = (han + kana) / CHARACTERS;
    let best = (1..FREQUENT.len()).max_by_key(|at| hits[*at]).unwrap_or(0);
    let others = (1..FREQUENT.len()).filter(|at| *at != best).map(|at| hits[at]);
    let next = others.max().unwrap_or(0).max(asian);
    let is_certain = |hits_of: usize, next: usize| hits_of >= LEAST && hits_of >= 3 * hits[0] && hits_of >= 2 * next;
    if is_certain(asian, hits[best]) {
        return Some(if kana * 5 >= han + kana { "ja" } else { "zh" });
    }
    let is_found = is_certain(hits[best], next) && distinct[best].count_ones() >= LEAST_DISTINCT;
    Some(FREQUENT[best].0).filter(|code| is_found && !code.is_empty())
}

/// The numbers of Chinese characters and of Japanese letters.
fn ideographs(text: &[u8]) -> (usize, usize) {
    let han = text.iter().filter(|byte| matches!(byte, 0xe4..=0xe9)).count();
    let is_kana = |pair: &&[u8]| pair[0] == 0xe3 && matches!(pair[1], 0x81..=0x83);
    (han, text.windows(2).filter(is_kana).count())
}

/// How often each language's frequent words stand in `text`, and which of them. The count ends as
/// soon as the text is English: in a plain text after a few words, in one with letters of another
/// language after so many that the rest cannot outweigh them.
fn frequent(text: &[u8], is_plain: bool) -> ([usize; FREQUENT.len()], [u64; FREQUENT.len()]) {
    let (mut hits, mut distinct) = ([0; FREQUENT.len()], [0_u64; FREQUENT.len()]);
    for word in text.split(|byte| matches!(byte, b' ' | b'\n' | b'\r')) {
        let is_sign = |byte: &u8| matches!(byte, b'*' | b':' | b'|' | b',' | b'.' | b'#' | b'(' | b')' | b'?');
        let start = word.iter().position(|byte| !is_sign(byte)).unwrap_or(word.len());
        let end = word
            .iter()
            .rposition(|byte| !is_sign(byte))
            .map_or(start, |last| last + 1);
        let word = &word[start..end];
        // Frequent words are short; labels begin with a capital letter.
        if !(1..=LONGEST).contains(&word.len()) || word.len() > 7 && word[0].is_ascii_lowercase() {
            continue;
        }
        if let Some((language, at)) = LANGUAGE_OF.get(word) {
            hits[*language] += 1;
            distinct[*language] |= 1 << at;
            let enough = if is_plain { LEAST } else { 8 * LEAST };
            if hits[0] >= enough && hits[1..].iter().sum::<usize>() * 3 < hits[0] {
                break;
            }
        }
    }
    (hits, distinct)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_is_of_the_language_of_its_small_words() {
        for (text, expected) in [
            (
                "Die Belege werden nicht gelöscht, und der Betrieb ist mit einer Sicherung für alle zuständig.",
                Some("de"),
            ),
            (
                "Der Befehl wird nicht unterbrochen und von der Engine ist er mit Absicht ignoriert.",
                Some("de"),
            ),
            (
                "Les factures sont une charge pour nous, et cette page les montre avec leur montant.",
                Some("fr"),
            ),
            (
                "El banco y los recibos: la app guarda las copias del mes y una lista con el total.",
                Some("es"),
            ),
            (
                "Os recibos não são apagados, e uma cópia é guardada pelo banco ao fim do mês em PDF.",
                Some("pt"),
            ),
            (
                "領収書はPDFで保存する。費用は誰が負担するか、まだ決まっていない。銀行の選定も残っている。",
                Some("ja"),
            ),
            (
                "收据以PDF格式保存。费用由谁承担尚未决定，银行的选择也需要确认，之后再讨论部署方案。",
                Some("zh"),
            ),
            (
                "The receipts are kept, and this page says who is to pay for the copies of it.",
                None,
            ),
            (
                "I documenti della banca sono nel registro, che non è di tutti; il resto una copia con y.",
                None,
            ),
            (
                "De bon wordt niet verwijderd en het bedrijf heeft een kopie voor elke maand van het jaar.",
                None,
            ),
            (
                "# Receipts\n\n| Language | Word |\n|---|---|\n| German | und |\n| Spanish | y |\n",
                None,
            ),
            ("", None),
        ] {
            assert_eq!(language(text), expected, "{text}");
        }
    }

    #[test]
    fn a_quotation_makes_no_language() {
        let english = "The team asked the bank to keep the copies, and this is what it said of them. ".repeat(4);
        for quotation in [
            "El banco y los recibos: la app guarda las copias del mes y una lista con el total.",
            "収據は保存する。費用は誰が負担するか、まだ決まっていない。",
        ] {
            assert_eq!(language(&format!("{english}\n\n> {quotation}\n\n{english}")), None);
        }
    }

    #[test]
    fn no_word_is_of_two_languages() {
        let all = FREQUENT
            .iter()
            .map(|(_, words)| words.split(' ').count())
            .sum::<usize>();
        assert_eq!(all, LANGUAGE_OF.len());
    }
}
