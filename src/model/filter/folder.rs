//! The folder that a filter names: `payments`, or a pattern for paths, `payments/**/refund*.md`.

use globset::{GlobBuilder, GlobMatcher};

/// A folder or a pattern.
#[derive(Debug)]
pub struct Folder<'f> {
    /// The beginning of all paths that match.
    pub prefix: &'f str,
    pattern: Option<GlobMatcher>,
}

impl<'f> Folder<'f> {
    /// From the value of the filter.
    pub fn new(folder: &'f str) -> Self {
        let special = folder.find(['*', '?', '[', '{', '\\']);
        let pattern = GlobBuilder::new(folder).literal_separator(true).build().ok();
        Self {
            prefix: &folder[..special.unwrap_or(folder.len())],
            pattern: pattern.filter(|_| special.is_some()).map(|glob| glob.compile_matcher()),
        }
    }

    /// Whether `path` is in it.
    pub fn has(&self, path: &str) -> bool {
        match &self.pattern {
            Some(pattern) => pattern.is_match(path),
            None => path
                .strip_prefix(self.prefix)
                .is_some_and(|rest| self.prefix.ends_with('/') || rest.starts_with('/') || rest.is_empty()),
        }
    }
}
