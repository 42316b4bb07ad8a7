//! The people who have a role in a document, gathered from every place that names them.

use crate::model::Person;
use crate::parse::metadata::field::{Field, Value};
use crate::parse::values::person;
use crate::parse::values::person_list::COMPARED;

/// Everybody whom `values` name. `TBD`, placeholders and remarks are nobody.
pub(crate) fn people(values: &[Value<'_>]) -> Vec<Person> {
    let mut out = Vec::new();
    for value in values {
        person::add_people(&mut out, &value.runs, value.ticked);
    }
    out
}

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
        let Some(owner) = owner_of(&list[at], list) else {
            at += 1;
            continue;
        };
        let handle = list[at].clone();
        let known = &mut list[owner];
        known.handle = handle.handle;
        known.approved = handle.approved.or(known.approved);
        known.email = known.email.take().or(handle.email);
        known.url = known.url.take().or(handle.url);
        list.remove(at);
    }
}

/// The one of `list` of whose name the handle of `person` is made, if that is all that is known
/// of `person`: `@tunde`, `@tunde-bello`, `@tbello` for Tunde Bello.
fn owner_of(person: &Person, list: &[Person]) -> Option<usize> {
    let (Some(handle), None) = (&person.handle, &person.name) else {
        return None;
    };
    let handle = letters(handle);
    let mut owners = (0..list.len()).filter(|&at| {
        let Person {
            name, handle: known, ..
        } = &list[at];
        known.is_none() && name.as_ref().is_some_and(|name| is_made_of(&handle, name))
    });
    owners.next().filter(|_| owners.next().is_none())
}

/// Whether `handle`, its letters alone, is made of the words of `name`.
fn is_made_of(handle: &str, name: &str) -> bool {
    if !may_be_made_of(handle, name) {
        return false;
    }
    let mut words = name.split_whitespace().map(letters);
    let Some(first) = words.next() else { return false };
    let (mut all, mut last) = (first.clone(), None);
    for word in words {
        all.push_str(&word);
        last = Some(word);
    }
    handle == all
        || last.is_some_and(|last| {
            let initial = first.chars().next().map_or(0, char::len_utf8);
            handle == first || handle == last || handle.strip_prefix(&first[..initial]) == Some(last.as_str())
        })
}

/// Whether `handle` begins as one of the words of `name` does; most names are told by that.
fn may_be_made_of(handle: &str, name: &str) -> bool {
    let Some(first) = handle.chars().next() else {
        return true;
    };
    name.split_whitespace()
        .any(|word| lowercase(word).next() == Some(first))
}

/// The letters and digits of `text`, in lower case.
fn letters(text: &str) -> String {
    lowercase(text).collect()
}

fn lowercase(text: &str) -> impl Iterator<Item = char> {
    let letters = text.chars().filter(|ch| ch.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}
