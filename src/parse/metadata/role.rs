//! The people with a role in a document, collected from every place that names them.

use std::collections::HashMap;

use crate::model::Person;
use crate::parse::metadata::field::{Field, Value};
use crate::parse::record::text::is_struck;
use crate::parse::values::person;
use crate::parse::values::person_list::{Roll, take};
use crate::parse::vocabulary::Vocabulary;

/// All people in `values`.
pub(crate) fn people(values: &[Value<'_>], vocabulary: &Vocabulary<'_>) -> Vec<Person> {
    let mut out = Roll::default();
    add_values(&mut out, values, vocabulary);
    out.people
}

/// Adds all people in `values`. Skips `TBD`, placeholders, remarks and struck-through people. Returns
/// whether there is anyone.
fn add_values(roll: &mut Roll, values: &[Value<'_>], vocabulary: &Vocabulary<'_>) -> bool {
    let are_all = values.iter().all(|value| is_struck(&value.runs));
    let mut is_any = false;
    for value in values.iter().filter(|value| are_all || !is_struck(&value.runs)) {
        is_any |= person::add_people(roll, &value.runs, value.ticked, vocabulary);
    }
    is_any
}

/// Adds the people of a field. Returns whether it names anyone. A task list adds to the names above
/// it; otherwise the first place that names anyone wins.
pub(crate) fn add_people(roll: &mut Roll, field: &Field<'_>, may_add: bool, vocabulary: &Vocabulary<'_>) -> bool {
    let mut other = Roll::default();
    let into = if roll.people.is_empty() || may_add {
        roll
    } else {
        &mut other
    };
    add_values(into, &field.values, vocabulary)
}

/// Merges a bare handle such as `@tunde` into the one named person whose name matches it. If
/// several people match, the handle remains a separate entry.
pub(crate) fn merge_handles(list: &mut Vec<Person>) {
    // The number of people who could own a handle, and the sum of their indices: for a single
    // owner, the sum is the index.
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

/// The handles that a name suggests, letters only: `tunde`, `bello`, `tundebello` and `tbello` for
/// Tunde Bello.
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
