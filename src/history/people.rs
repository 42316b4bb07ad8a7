//! Compares lists of people, in linear time.

use std::collections::HashSet;

use crate::model::Person;

/// The names, handles and emails of a list of people.
pub(super) struct People(HashSet<String>);

impl People {
    pub(super) fn of<'p>(people: impl IntoIterator<Item = &'p Person>) -> Self {
        Self(people.into_iter().flat_map(calls).collect())
    }

    /// Whether the person is in the list under any of their names.
    pub(super) fn has(&self, person: &Person) -> bool {
        calls(person).any(|call| self.0.contains(&call))
    }

    /// Adds a person; returns whether they were not in the list.
    pub(super) fn add(&mut self, person: &Person) -> bool {
        let is_new = !self.has(person);
        self.0.extend(calls(person));
        is_new
    }
}

fn calls(person: &Person) -> impl Iterator<Item = String> {
    let all = [&person.email, &person.handle, &person.name];
    all.into_iter().flatten().map(|call| call.to_lowercase())
}

/// Whether both lists name the same people, in any order.
pub(super) fn are_same(one: &[Person], other: &[Person]) -> bool {
    let all_in = |some: &[Person], all: &[Person]| {
        let all = People::of(all);
        some.iter().all(|person| all.has(person))
    };
    one == other || all_in(one, other) && all_in(other, one)
}

/// Their names, separated by commas; None for an empty list.
pub(super) fn names(people: &[Person]) -> Option<String> {
    let names: Vec<&str> = people.iter().map(Person::display).collect();
    Some(names.join(", ")).filter(|names| !names.is_empty())
}
