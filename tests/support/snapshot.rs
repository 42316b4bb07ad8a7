//! Snapshots under `tests/books/<case>/expected`; `SNAPSHOTS=overwrite` rewrites them.

use std::path::Path;

use snapbox::{Assert, Data, IntoData};

/// Fails with a diff unless the file at `path` contains `actual`.
#[track_caller]
pub fn assert_matches(path: &Path, actual: &str) {
    // Raw: square brackets are text here, not snapbox's wildcards.
    let expected = Data::read_from(path, Some(snapbox::data::DataFormat::Text)).raw();
    Assert::new()
        .action_env("SNAPSHOTS")
        .eq(actual.to_owned().into_data().raw(), expected);
}
