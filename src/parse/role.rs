//! The people who have a role in a document, gathered from every place that names them.

use super::field::Field;
use super::person::{COMPARED, people};
use crate::model::Person;

/// Adds the people of a field; whether it names anybody. A list of ticks adds to the names
/// above it, elsewhere the first place that names anybody counts.
pub(crate) fn add_people(list: &mut Vec<Person>, field: &Field<'_>, several_places: bool) -> bool {
    let found = people(&field.values);
    if found.is_empty() {
        return false;
    }
    if !list.is_empty() && !several_places {
        return true;
    }
    for person in found {
        match list.iter_mut().take(COMPARED).find(|known| known.is_same(&person)) {
            Some(known) => {
                known.approved = person.approved.or(known.approved);
                known.handle = known.handle.take().or(person.handle);
                known.email = known.email.take().or(person.email);
                known.url = known.url.take().or(person.url);
            }
            None => list.push(person),
        }
    }
    true
}

/// Gives a handle alone, `@tunde`, to the one named person whose name it is made of; where
/// several could be meant, both stand.
pub(crate) fn merge_handles(list: &mut Vec<Person>) {
    let mut at = 0;
    while at < list.len() && list.len() <= COMPARED {
        let candidates: Vec<usize> = (0..list.len())
            .filter(|&other| is_handle_of(&list[other], &list[at]))
            .collect();
        let [owner] = candidates.as_slice() else {
            at += 1;
            continue;
        };
        let handle = list[at].clone();
        let known = &mut list[*owner];
        known.handle = handle.handle;
        known.approved = handle.approved.or(known.approved);
        known.email = known.email.take().or(handle.email);
        known.url = known.url.take().or(handle.url);
        list.remove(at);
    }
}

/// Whether `other` has nothing but a handle, and it is made of `known`'s name: `@tunde`,
/// `@tunde-bello`, `@tbello` for Tunde Bello.
fn is_handle_of(known: &Person, other: &Person) -> bool {
    let (Some(name), Some(handle), None, None) = (&known.name, &other.handle, &other.name, &known.handle) else {
        return false;
    };
    let letters = |text: &str| {
        text.chars()
            .filter(|ch| ch.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let words: Vec<String> = name.split_whitespace().map(letters).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return false;
    };
    let initial: String = first.chars().take(1).collect();
    let handle: String = letters(handle);
    handle == words.concat()
        || (words.len() > 1 && (handle == *first || handle == *last || handle == format!("{initial}{last}")))
}
