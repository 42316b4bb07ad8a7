//! People as authors name them: `Ada Obi <ada@example.com>`, `[Ada](https://…)`, `@ada`, `A, B & C`.

use crate::model::{Person, When};
use crate::parse::markdown::fold::folded_in_place;
use crate::parse::markdown::inline::{Run, span_of, words};
use crate::parse::markdown::white_space::fold_space;
use crate::parse::values::date::{is_placeholder, when};
use crate::parse::values::person_list::{Roll, Segment, is_email, is_handle, segments};
use crate::parse::values::replaced::current;
use crate::parse::vocabulary::Vocabulary;
use crate::parse::vocabulary::concept::Class;
use crate::source::{composed, is_of_word};

/// The maximum number of words in a name; the names of teams have several.
const LONGEST_NAME: usize = 6;

/// Dashes before a remark about a person.
const DASHES: [&str; 3] = [" - ", " – ", " — "];

/// The people in one stretch of inline text.
pub(crate) fn people_in(runs: &[Run<'_>], vocabulary: &Vocabulary<'_>) -> Vec<Person> {
    let mut out = Roll::default();
    add_people(&mut out, runs, None, vocabulary);
    out.people
}

/// Adds the people of one value, which is `ticked` or not in a task list. Returns whether there is
/// anyone.
pub(crate) fn add_people(out: &mut Roll, runs: &[Run<'_>], ticked: Option<bool>, vocabulary: &Vocabulary<'_>) -> bool {
    let runs = current(runs, vocabulary);
    if is_no_person(&words(&runs), vocabulary) {
        return false;
    }
    let mut before: Option<String> = None;
    for segment in segments(&runs, vocabulary) {
        let text = words(&segment.runs).into_owned();
        let is_remark = |before: &String| goes_on(before, &text, &segment, ticked, vocabulary);
        if before.as_ref().is_some_and(is_remark) {
            continue;
        }
        if let Some(mut person) = person(&segment.runs, before.is_none(), vocabulary) {
            person.approved = ticked.or(person.approved);
            out.add(person);
            before = Some(text);
        }
    }
    before.is_some()
}

/// Whether a segment continues the remark in the one before it: `@ada - Security and privacy`,
/// `@ada for review and general feedback`. After a comma, a full name is another person, and so is
/// anything with a link or a handle.
fn goes_on(before: &str, text: &str, segment: &Segment<'_>, ticked: Option<bool>, vocabulary: &Vocabulary<'_>) -> bool {
    if segment.runs.iter().any(|run| run.link.is_some()) || text.contains('@') {
        return false;
    }
    let remark = DASHES.iter().chain(&[": "]).find_map(|mark| {
        let (name, remark) = before.split_once(mark)?;
        (*mark != ": " || is_handle(name)).then_some(remark)
    });
    let Some(remark) = remark else {
        return text.starts_with(char::is_lowercase) && remark_at(before, vocabulary).is_some();
    };
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let dash = DASHES.iter().find_map(|dash| text.find(dash));
    let name = &text[..dash.unwrap_or(text.len())];
    let is_whole = name.contains(' ') && name.split_whitespace().all(is_capital);
    if is_whole && !segment.is_joined {
        return false;
    }
    ticked.is_some() || !is_capital(text) || dash.is_none() && (is_capital(remark) || !text.contains(' '))
}

/// Whether a word means that the role is vacant, or occurs among names without being one.
fn is_no_person(name: &str, vocabulary: &Vocabulary<'_>) -> bool {
    folded_in_place(name, |folded| {
        let classes = [Class::NotYet, Class::Nothing, Class::NoPerson];
        folded.is_empty() || classes.into_iter().any(|class| vocabulary.is(class, folded))
    })
}

/// The person that a segment names.
fn person(segment: &[Run<'_>], first_of_value: bool, vocabulary: &Vocabulary<'_>) -> Option<Person> {
    let mut person = Person {
        span: span_of(segment),
        ..Person::default()
    };
    let mut name = String::new();
    for run in segment {
        match run.link {
            Some(url) => take_link(&mut person, &mut name, run.text, url),
            // A nickname that is set apart from the name.
            None if run.strong && !name.trim().is_empty() && run.text.chars().all(char::is_lowercase) => {}
            None => name.push_str(run.text),
        }
    }
    if name.contains(['✅', '✔', '☑', '👍']) {
        person.approved = Some(true);
    }
    let name = take_brackets(&mut person, &name);
    let first = name.split_whitespace().next().and_then(|word| word.strip_suffix(':'));
    let is_labelled = first.is_some_and(is_handle);
    let name = take_handle(&mut person, &name);
    // `@ada - security review`, `@ada: security`: the rest is not part of the name.
    let is_remark = person.handle.is_some() && starts_remark(&name, vocabulary);
    let name = if is_labelled || is_remark || name.starts_with(['-', '–', '—']) {
        String::new()
    } else {
        clean(&name)
    };
    if !first_of_value && starts_remark(&name, vocabulary) {
        return None;
    }
    let name = before_remark(&name, vocabulary);
    let is_day = name.starts_with(|ch: char| ch.is_ascii_digit()) && matches!(when(name, vocabulary), When::Day(_));
    if is_day || is_no_person(name, vocabulary) || is_placeholder(&words(segment)) {
        return (person.handle.is_some() || person.email.is_some()).then_some(person);
    }
    // A text with more words than a name has is a sentence.
    if name.split_whitespace().count() > LONGEST_NAME {
        return None;
    }
    if !name.is_empty() {
        person.name = Some(name.to_owned());
    }
    (!person.display().is_empty()).then_some(person)
}

fn take_link(person: &mut Person, name: &mut String, text: &str, url: &str) {
    if let Some(email) = url.strip_prefix("mailto:") {
        person.email = Some(email.to_owned());
        if text != email {
            name.push_str(text);
        }
    } else if is_email(text) && !url.contains("://") {
        // An autolinked address has no scheme in its destination.
        person.email = Some(text.to_owned());
    } else {
        person.url.get_or_insert_with(|| url.to_owned());
        if name.trim().is_empty() || text.starts_with('@') {
            name.push_str(text);
        }
    }
}

/// Takes an address or a handle. Returns whether `word` is one.
fn take_contact(person: &mut Person, word: &str) -> bool {
    let slot = match word {
        word if is_email(word) => &mut person.email,
        word if is_handle(word) => &mut person.handle,
        _ => return false,
    };
    slot.get_or_insert_with(|| word.to_owned());
    true
}

/// Removes `(…)`, `<…>` and `[…]` from `text`. An address or a handle in them is kept, a remark is
/// dropped.
fn take_brackets(person: &mut Person, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inner = String::new();
    let mut depth = 0usize;
    for ch in text.chars() {
        match ch {
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    for word in inner.split([',', ';', ' ', '|']) {
                        take_contact(person, word.trim().trim_start_matches("mailto:"));
                    }
                    inner.clear();
                    out.push(' ');
                }
            }
            _ if depth > 0 => inner.push(ch),
            _ => out.push(ch),
        }
    }
    if depth > 0 { out + " " + &inner } else { out }
}

/// Removes `@ada` and bare addresses from `text`.
fn take_handle(person: &mut Person, text: &str) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.retain(|word| !take_contact(person, word.trim_matches([',', ';', ':', '.', '"', '\'', '`'])));
    words.join(" ")
}

/// A name without quotes, ticks and emoji, and without stray punctuation at its ends.
fn clean(text: &str) -> String {
    let mut in_word = false;
    let is_of_name = |&ch: &char| {
        // In Persian and Hindi, these separate and join letters within a word; elsewhere they are
        // part of emoji.
        in_word = is_of_word(ch) || in_word && matches!(ch, '\u{200c}' | '\u{200d}');
        in_word || ch.is_whitespace() || ",.'’-–—_&@#+:/`·".contains(ch)
    };
    let kept: String = composed(text).chars().filter(is_of_name).collect();
    let is_edge = |ch: char| ch.is_whitespace() || ",;:`'\"-–—_·".contains(ch);
    fold_space(&kept).trim_matches(is_edge).to_owned()
}

/// The space before the first word, between spaces, that begins a remark.
fn remark_at(text: &str, vocabulary: &Vocabulary<'_>) -> Option<usize> {
    let mut spaces = memchr::memchr_iter(b' ', text.as_bytes()).peekable();
    std::iter::from_fn(|| Some((spaces.next()?, *spaces.peek()?)))
        .find(|&(start, end)| vocabulary.is(Class::Remark, &text[start + 1..end]))
        .map(|(start, _)| start)
}

fn starts_remark(name: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    vocabulary.is(Class::Remark, first)
}

/// The name without a remark about the person after a dash or a preposition.
fn before_remark<'n>(name: &'n str, vocabulary: &Vocabulary<'_>) -> &'n str {
    let name = name
        .strip_suffix(" et al")
        .or(name.strip_suffix(" et al."))
        .unwrap_or(name);
    let is_mark = |at: usize| DASHES.iter().any(|mark| name[at..].starts_with(mark));
    // A colon belongs to the remark, and so does the space before a dash.
    let mark = memchr::memchr_iter(b' ', name.as_bytes()).find_map(|at| match name[..at].ends_with(':') {
        true => Some(at - 1),
        false => is_mark(at).then_some(at),
    });
    let end = mark.unwrap_or(name.len());
    let end = end.min(remark_at(name, vocabulary).unwrap_or(end));
    name[..end].trim_end_matches(['.', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Dialect;
    use crate::parse::markdown::{inline, tree::Tree};

    fn read(text: &str) -> Vec<(String, String, String)> {
        let tree = Tree::parse(text, 0, Dialect::default());
        people_in(&inline::runs(&tree, 1, tree.nodes[0].end), &Vocabulary::english())
            .into_iter()
            .map(|p| {
                (
                    p.name.unwrap_or_default(),
                    p.handle.unwrap_or_default(),
                    p.email.unwrap_or_default(),
                )
            })
            .collect()
    }

    fn one(name: &str, handle: &str, email: &str) -> (String, String, String) {
        (name.into(), handle.into(), email.into())
    }

    #[test]
    fn one_person_in_every_form() {
        for (text, expected) in [
            ("Ada Obi", one("Ada Obi", "", "")),
            ("Ada Obi <ada@example.com>", one("Ada Obi", "", "ada@example.com")),
            ("Ada Obi (ada@example.com)", one("Ada Obi", "", "ada@example.com")),
            ("Ada Obi (@ada)", one("Ada Obi", "@ada", "")),
            ("Ada Obi @ada-obi", one("Ada Obi", "@ada-obi", "")),
            ("@ada", one("", "@ada", "")),
            ("[Ada Obi](https://example.com/ada)", one("Ada Obi", "", "")),
            (
                "[Ada Obi](mailto:ada@example.com)",
                one("Ada Obi", "", "ada@example.com"),
            ),
            ("[@ada](https://example.com/ada)", one("", "@ada", "")),
            ("[Ada Obi](https://example.com/ada) (adaobi)", one("Ada Obi", "", "")),
            ("Ada Obi (agent)", one("Ada Obi", "", "")),
            ("ada for the mobile teams ✔️", one("ada", "", "")),
            ("@ada - Final approval", one("", "@ada", "")),
            ("`Ada Obi`", one("Ada Obi", "", "")),
        ] {
            assert_eq!(read(text), vec![expected], "{text}");
        }
    }

    #[test]
    fn several_on_a_line() {
        let names = |text| read(text).into_iter().map(|person| person.0).collect::<Vec<_>>();
        assert_eq!(
            names("Ada Obi, Tunde Bello & Chi Eze"),
            ["Ada Obi", "Tunde Bello", "Chi Eze"]
        );
        assert_eq!(
            names("Ada Obi and Tunde Bello + Chi Eze"),
            ["Ada Obi", "Tunde Bello", "Chi Eze"]
        );
        assert_eq!(
            names("[Ada](https://a.example) [Tunde](https://b.example)"),
            ["Ada", "Tunde"]
        );
        assert_eq!(
            names("Alexandra Anderson"),
            ["Alexandra Anderson"],
            "`and` is a word, not letters"
        );
    }

    #[test]
    fn words_for_no_person_are_no_person() {
        for text in ["TBD", "[Name]", "[Name1, Name2, Name3]", "N/A", "-", "\\[Name\\]"] {
            assert_eq!(read(text), vec![], "{text}");
        }
    }
}
