//! Recovers the origin of a chapter's lines on disk when mdBook passes only its text.

use std::path::Path;

use crate::source::{Origin, Source};
use crate::wire::book::include::expand;
use crate::wire::files::file::read_text;
use crate::wire::files::workspace::without_bom;

/// Sets the source's origin by comparing its text with its file, with and without includes
/// expanded. If another preprocessor has changed it, it stays [`Origin::Passed`]. This reads from
/// disk, so call it only for sources with findings to report.
pub(crate) fn recover(source: &mut Source, src: &Path) {
    let Some(file) = source.file.as_deref() else {
        return;
    };
    let Ok(text) = read_text(&src.join(file)) else {
        return;
    };
    let text = without_bom(&text);
    if source.text == text {
        source.origin = Origin::File;
        return;
    }
    if let Some(expanded) = expand(text, file, src)
        && expanded.text == source.text
    {
        source.origin = Origin::Included(expanded.map);
    }
}
