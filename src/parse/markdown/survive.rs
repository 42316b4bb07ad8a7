//! Panics of mdBook's Markdown parser, which one document must not cost the book.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// What `parse` makes; None where it panics.
pub(crate) fn survived<T>(parse: impl FnOnce() -> T) -> Option<T> {
    let before = IS_GUARDED.replace(true);
    // Nothing that `parse` changes is looked at after a panic.
    let made = catch_unwind(AssertUnwindSafe(parse));
    IS_GUARDED.set(before);
    made.ok()
}

/// From now on nobody is told of a panic that is survived, as a lint tells of it with its line; of
/// others as before. It sets the panic hook of the whole process, so it is for programs.
pub fn hush_survived_panics() {
    let tell = take_hook();
    set_hook(Box::new(move |panic| {
        if !IS_GUARDED.get() {
            tell(panic);
        }
    }));
}
