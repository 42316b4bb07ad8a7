//! People who are named by nothing but their names, addresses or handles, as most are. What is
//! made of them is what [`crate::parse::values::person`] would make of them; it takes a tenth of the time.

use crate::model::Person;
use crate::parse::markdown::inline::{Run, cut};
use crate::parse::markdown::white_space::trimmed;
use crate::parse::values::person_list::{add, is_email};

/// The most words that a name has: a team's name has a few.
pub(crate) const LONGEST_NAME: usize = 6;

/// The most letters of a word that means nobody.
const LONGEST_NOBODY: i32 = 10;

/// Adds the people of a value that is nothing but names, addresses and handles, or one name with
/// a remark; whether it is.
pub(crate) fn add_bare(people: &mut Vec<Person>, runs: &[Run<'_>], ticked: Option<bool>) -> bool {
    let [run] = runs else { return false };
    if run.link.is_some() || run.code {
        return false;
    }
    let person = |place: &str| {
        let start = place.as_ptr().addr() - run.text.as_ptr().addr();
        Person {
            span: cut(run, start, start + place.len()).span,
            approved: ticked,
            ..Person::default()
        }
    };
    let text = trimmed(run.text);
    if let Some((name, remark)) = split_at_dash(text)
        && of(name).is_some()
        && is_bare_remark(remark)
    {
        let name = Some(name.to_owned());
        add(people, Person { name, ..person(text) });
        return true;
    }
    // What parts one from the next.
    let is_between = |ch: char| matches!(ch, ',' | ';' | '&' | '+' | '|');
    let parts = || text.split(is_between).map(trimmed);
    let mut are_simple = true;
    let are_bare = parts().all(|part| {
        let name = of(part);
        are_simple &= name == Some(Name::Simple);
        name.is_some() || is_bare_address(part)
    });
    if !are_bare || !are_simple && is_nobody(text) {
        return false;
    }
    for part in parts() {
        let (mut found, told) = (person(part), Some(part.to_owned()));
        match part.find('@') {
            None => found.name = told,
            Some(0) => found.handle = told,
            Some(_) => found.email = told,
        }
        add(people, found);
    }
    true
}

/// What stands before and behind the first ` - `.
fn split_at_dash(text: &str) -> Option<(&str, &str)> {
    let is_dash = |at: &usize| text[..*at].ends_with(' ') && text[*at + 1..].starts_with(' ');
    let at = memchr::memchr_iter(b'-', text.as_bytes()).find(is_dash)?;
    Some((&text[..at - 1], &text[at + 2..]))
}

/// Whether a remark is words, and none that another name could follow.
fn is_bare_remark(remark: &str) -> bool {
    let is_word = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphabetic());
    remark
        .split(' ')
        .all(|word| is_word(word) && !matches!(word, "and" | "und" | "et" | "y"))
}

/// How a text is a name and nothing else.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Name {
    /// Capitalised words.
    Simple,
    /// With what stands within words such as `O'Brien`, `Jean-Luc` and `McAdam`.
    Joined,
}

/// Whether `text` is capitalised words and nothing else, as most people are named: there is
/// nothing to be taken from it.
pub(crate) fn is_simple(text: &str) -> bool {
    of(text) == Some(Name::Simple)
}

/// How `text` is a name; None where anything else stands in it, or it is one that nobody has.
fn of(text: &str) -> Option<Name> {
    let (mut words, mut letters, mut last, mut kind) = (0, 0, ' ', Name::Simple);
    for ch in text.chars() {
        let begins = last == ' ';
        let fits = match ch {
            'a'..='z' => !begins,
            _ if begins => {
                words += 1;
                ch.is_uppercase()
            }
            ' ' => last.is_alphabetic() || last.is_uppercase(),
            _ if ch.is_lowercase() && ch.is_alphabetic() => true,
            '\'' | '’' | '-' => {
                kind = Name::Joined;
                letters -= 1;
                last.is_alphabetic()
            }
            _ => {
                kind = Name::Joined;
                ch.is_alphabetic()
            }
        };
        if !fits {
            return None;
        }
        letters += i32::from(ch != ' ');
        last = ch;
    }
    let is_whole = !matches!(last, ' ' | '\'' | '’' | '-') && words <= LONGEST_NAME;
    let is_nobody = || letters <= LONGEST_NOBODY && is_nobody(text);
    (is_whole && !is_nobody()).then_some(kind)
}

/// Whether `text` is an address or a handle of ASCII letters and digits, and dots, hyphens and
/// underscores between them.
fn is_bare_address(text: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'@');
    let bytes = text.as_bytes();
    bytes.last().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.iter().all(|&byte| is_sign(byte))
        && match text.split_once('@') {
            Some(("", name)) => !name.contains('@'),
            Some((local, domain)) => {
                local.starts_with(|ch: char| ch.is_ascii_alphanumeric()) && !domain.contains('@') && is_email(text)
            }
            None => false,
        }
}

/// Whether a name is a word that means nobody, or stands among names without being one.
pub(crate) fn is_nobody(name: &str) -> bool {
    // One letter more than the longest of the words has.
    let mut bare = [0; LONGEST_NOBODY as usize + 1];
    let mut length = 0;
    for ch in name.chars() {
        // None of the words has a letter beyond ASCII.
        let letter = match ch {
            'a'..='z' | '0'..='9' => ch as u8,
            'A'..='Z' => ch as u8 | 0x20,
            _ if ch.is_ascii() || !ch.is_alphanumeric() => continue,
            _ => 0,
        };
        bare[length] = letter;
        length += 1;
        if length == bare.len() {
            return false;
        }
    }
    matches!(
        &bare[..length],
        b"" | b"tbd"
            | b"tba"
            | b"tbc"
            | b"none"
            | b"na"
            | b"null"
            | b"todo"
            | b"nobody"
            | b"unassigned"
            | b"noneyet"
            | b"nobodyyet"
            | b"notyet"
            | b"unknown"
            | b"name"
            | b"names"
            | b"others"
            | b"etc"
            | b"al"
            | b"phd"
            | b"jr"
            | b"sr"
            | b"md"
    )
}
