//! mdBook's `Preprocessor` trait, for programs that use mdBook as a library.

use std::io;
use std::path::Path;

use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use super::DesignDocs;
use super::context::{Context, NAME};
use super::read::slashes;
use crate::render::{NewChapter, splice};
use crate::source::{Origin, Source};

impl Preprocessor for DesignDocs {
    fn name(&self) -> &str {
        NAME
    }

    /// Reports to stderr, as the binary does.
    fn run(&self, context: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let context = Context {
            root: context.root.clone(),
            config: serde_json::to_value(&context.config)?,
            renderer: context.renderer.clone(),
            mdbook_version: context.mdbook_version.clone(),
        };
        let mut sources = Vec::new();
        let mut places = Vec::new();
        take_texts(&mut book.items, &mut sources, &mut places);
        let built = self.run(&context, &mut sources, &mut io::stderr().lock())?;
        for ((source, edits), place) in sources.into_iter().zip(&built.edits).zip(places) {
            *place = match edits.as_slice() {
                [] => source.text,
                edits => splice(&source.text, edits),
            };
        }
        book.items.extend(built.chapters.into_iter().map(appended));
        Ok(book)
    }
}

/// Takes the chapters' texts, depth first, and the places to which they go back.
fn take_texts<'b>(
    items: &'b mut [BookItem],
    sources: &mut Vec<Source>,
    places: &mut Vec<&'b mut String>,
) {
    let shown = |path: &Path| slashes(&path.to_string_lossy());
    for item in items {
        let BookItem::Chapter(chapter) = item else {
            continue;
        };
        if let Some(path) = &chapter.path {
            sources.push(Source {
                path: shown(path),
                file: chapter.source_path.as_deref().map(shown),
                name: chapter.name.clone(),
                text: std::mem::take(&mut chapter.content),
                origin: Origin::Passed,
            });
            places.push(&mut chapter.content);
        }
        take_texts(&mut chapter.sub_items, sources, places);
    }
}

fn appended(new: NewChapter) -> BookItem {
    let mut chapter = Chapter::new(&new.name, new.content, new.path, Vec::new());
    chapter.source_path = None;
    BookItem::Chapter(chapter)
}
