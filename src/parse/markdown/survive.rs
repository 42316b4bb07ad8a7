//! Catches panics of mdBook's Markdown parser and of our own readers, so that one document cannot
//! abort the whole build.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// The result of `parse`. None if it panics.
pub(crate) fn survived<T>(parse: impl FnOnce() -> T) -> Option<T> {
    attempt(parse).ok()
}

/// The result of `parse`, or the message of its panic.
pub(crate) fn attempt<T>(parse: impl FnOnce() -> T) -> Result<T, String> {
    let before = IS_GUARDED.replace(true);
    // Values that `parse` changes are not read after a panic.
    let made = catch_unwind(AssertUnwindSafe(parse));
    IS_GUARDED.set(before);
    made.map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        text.unwrap_or("a panic without a message").to_owned()
    })
}

/// Silences the panic messages for caught panics: a lint reports those with their line. Other
/// panics are reported as before. This sets the panic hook of the whole process, so only programs
/// should call it.
pub fn hush_survived_panics() {
    let tell = take_hook();
    set_hook(Box::new(move |panic| {
        if !IS_GUARDED.get() {
            tell(panic);
        }
    }));
}
