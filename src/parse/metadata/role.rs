//! The people who have a role in a document, collected from every place that names them.

use std::collections::HashMap;

use crate::model::Person;
use crate::parse::metadata::field::{Field, Value};
use crate::parse::values::person;
use crate::parse::values::person_list::{Roll, take};
use crate::parse::vocabulary::Vocabulary;

/// All people in `values`. `TBD`, placeholders and remarks are not people, and people struck from a
/// list are left out.
pub(crate) fn people(values: &[Value<'_>], vocabulary: &Vocabulary<'_>) -> Vec<Person> {
    let is_struck = |value: &Value<'_>| value.runs.iter().all(|run| run.struck || run.is_blank());
    let are_all = values.iter().all(is_struck);
    let mut out = Roll::default();
    for value in values.iter().filter(|value| are_all || !is_struck(value)) {
        person::add_people(&mut out, &value.runs, value.ticked, vocabulary);
    }
    out.people
}

/// Adds the people of a field; whether it names anybody. A list of ticks adds to the names
/// above it, elsewhere the first place that names anybody counts.
pub(crate) fn add_people(roll: &mut Roll, field: &Field<'_>, may_add: bool, vocabulary: &Vocabulary<'_>) -> bool {
    let found = people(&field.values, vocabulary);
    let is_any = !found.is_empty();
    if roll.people.is_empty() || may_add {
        found.into_iter().for_each(|person| roll.add(person));
    }
    is_any
}

/// Gives a handle alone, `@tunde`, to the one named person whose name it is made of; where
/// several could be meant, both stand.
pub(crate) fn merge_handles(list: &mut Vec<Person>) {
    // How many people a handle could be of, and the sum of their places: of one it is the place.
    let mut owners: HashMap<String, (usize, usize)> = HashMap::new();
    let is_owner = |person: &Person| person.handle.is_none();
    let handles_of = |person: &Person| person.name.as_deref().map(handles).unwrap_or_default();
    for (at, person) in list.iter().enumerate().filter(|(_, person)| is_owner(person)) {
        for handle in handles_of(person) {
            let (count, places) = owners.entry(handle).or_default();
            (*count, *places) = (*count + 1, *places + at);
        }
    }
    let mut merged = vec![false; list.len()];
    for at in 0..list.len() {
        let Person {
            handle: Some(handle),
            name: None,
            ..
        } = &list[at]
        else {
            continue;
        };
        let Some(&(1, owner)) = owners.get(&letters(handle)) else {
            continue;
        };
        for handle in handles_of(&list[owner]) {
            if let Some((count, places)) = owners.get_mut(&handle) {
                (*count, *places) = (*count - 1, *places - owner);
            }
        }
        let other = list[at].clone();
        take(&mut list[owner], other);
        merged[at] = true;
    }
    let mut merged = merged.into_iter();
    list.retain(|_| merged.next() != Some(true));
}

/// The handles that are made of a name, their letters alone: `tunde`, `bello`, `tundebello` and
/// `tbello` for Tunde Bello.
fn handles(name: &str) -> Vec<String> {
    let words: Vec<String> = name.split_whitespace().map(letters).collect();
    let mut out = vec![words.concat()];
    if let [first, .., last] = words.as_slice() {
        let initial = first.chars().next().map(String::from).unwrap_or_default();
        out.extend([first.clone(), last.clone(), initial + last]);
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The letters and digits of `text`, in lower case.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|ch| ch.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
