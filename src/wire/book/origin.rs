//! Finds again where a chapter's lines stand on disk, when mdBook has passed us only its text.

use std::path::Path;

use crate::source::{Origin, Source};
use crate::wire::book::include::expand;
use crate::wire::files::file::read_text;
use crate::wire::files::workspace::without_bom;

/// Sets the source's origin by comparing its text with its file, as it is and with its
/// includes. Where another preprocessor has changed it, it stays [`Origin::Passed`].
/// This reads the disk: do it for the sources that are reported on.
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
