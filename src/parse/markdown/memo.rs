//! A cache per thread for results derived from short texts: the documents of a book come from a few
//! templates, so most of their headings are the same.

use std::cell::RefCell;
use std::thread::LocalKey;

use rustc_hash::FxHashMap;

/// The cached results by text, and the fingerprint of the vocabulary they depend on.
pub(crate) type Remembered<T> = RefCell<(u64, FxHashMap<Box<str>, T>)>;

/// The maximum number of entries, and the maximum length of their texts: enough for the templates
/// of a company, and too few for an attack by hash collisions.
const MOST: usize = 1024;
const LONGEST: usize = 96;

/// The cached result of `make` for `text`. The cache is cleared when the fingerprint `with`
/// changes, because another book may be in another language.
pub(crate) fn remembered<T: Clone>(
    known: &'static LocalKey<Remembered<T>>,
    with: u64,
    text: &str,
    make: impl FnOnce(&str) -> T,
) -> T {
    if text.len() > LONGEST {
        return make(text);
    }
    known.with_borrow_mut(|(known_with, known)| {
        if *known_with != with {
            known.clear();
            *known_with = with;
        }
        if let Some(made) = known.get(text) {
            return made.clone();
        }
        let made = make(text);
        if known.len() < MOST {
            known.insert(text.into(), made.clone());
        }
        made
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    thread_local! {
        static LENGTHS: Remembered<usize> = RefCell::default();
    }

    #[test]
    fn a_text_is_read_once_and_only_so_many_are_kept() {
        let once = |text: &str| remembered(&LENGTHS, 0, text, str::len);
        assert_eq!((once("a"), once("ab"), once("a")), (1, 2, 1));
        assert_eq!(remembered(&LENGTHS, 0, "ab", |_| 7), 2);
        let long = "x".repeat(LONGEST + 1);
        assert_eq!((once(&long), remembered(&LENGTHS, 0, &long, |_| 7)), (LONGEST + 1, 7));
        for number in 0..2 * MOST {
            once(&number.to_string());
        }
        assert_eq!(LENGTHS.with_borrow(|(_, known)| known.len()), MOST);
    }
}
