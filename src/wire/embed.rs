//! mdBook's `Preprocessor` trait, for programs that use mdBook as a library.

use std::io;
use std::path::Path;

use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::Analysis;
use crate::config::NAME;
use crate::render::{NewChapter, Pages};
use crate::source::splice;
use crate::source::{Origin, Source};
use crate::wire::DesignDocs;
use crate::wire::context::Context;
use crate::wire::message::read::slashes;

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
        let analysis = self.run(&context, &sources, &mut io::stderr().lock())?;
        let pages = analysis.as_ref().map(Analysis::pages);
        for (index, (source, place)) in sources.into_iter().zip(places).enumerate() {
            let edits = pages.as_ref().map_or_else(Vec::new, |pages| pages.edits(index));
            *place = match edits.is_empty() {
                true => source.text,
                false => splice(&source.text, &edits),
            };
        }
        let new = pages.iter().flat_map(Pages::new_chapters);
        book.items.extend(new.map(appended));
        Ok(book)
    }
}

/// Takes the chapters' texts, depth first, and the places to write them back to.
fn take_texts<'b>(items: &'b mut [BookItem], sources: &mut Vec<Source>, places: &mut Vec<&'b mut String>) {
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use mdbook_preprocessor::config::Config;

    use super::*;

    #[test]
    fn texts_go_back_to_their_chapters() {
        let chapter = |name: &str| {
            let path = format!("{name}.md");
            Chapter::new(name, format!("text of {name}"), path, Vec::new())
        };
        let mut parent = chapter("a");
        let mut draft = Chapter::new_draft("draft", Vec::new());
        draft.sub_items.push(chapter("c").into());
        parent.sub_items = vec![chapter("b").into(), BookItem::Separator, draft.into()];
        let book = Book::new_with_items(vec![parent.into(), chapter("d").into()]);
        let context = PreprocessorContext::new(".".into(), Config::default(), "html".into());
        let docs = DesignDocs::on(date(2026, 11, 23));
        assert_eq!(Preprocessor::run(&docs, &context, book.clone()).unwrap(), book);
        let mut sources = Vec::new();
        take_texts(&mut book.clone().items, &mut sources, &mut Vec::new());
        let paths: Vec<_> = sources.iter().map(|source| source.path.as_str()).collect();
        assert_eq!(paths, ["a.md", "b.md", "c.md", "d.md"], "in the wire's order");
    }

    #[test]
    fn a_new_chapter_is_from_no_file() {
        let item = appended(NewChapter {
            name: "Decision log".into(),
            path: "decision-log.md".into(),
            content: "x".into(),
        });
        let json = serde_json::to_value(item).unwrap();
        assert_eq!(json["Chapter"]["path"], "decision-log.md");
        assert!(json["Chapter"]["source_path"].is_null());
        assert!(json["Chapter"]["number"].is_null());
    }
}
