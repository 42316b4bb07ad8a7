//! Reads which documents a document names under its dependencies.

use pulldown_cmark::Tag;

use crate::config::RecordKind;
use crate::model::{Mention, RelationKind};
use crate::parse::record::Reader;
use crate::parse::values::mention::named;
use crate::parse::vocabulary::topics::Topic;

/// The names in the items, rows and paragraphs of the sections about dependencies.
pub(crate) fn needs(reader: &Reader<'_>) -> Vec<Mention> {
    let is_of_needs = |topics: crate::parse::vocabulary::topics::Topics| {
        topics.has(Topic::DependsOn) || topics.has_register(RecordKind::DEPENDENCIES)
    };
    let mut out = Vec::new();
    let mut read_to = 0;
    for section in reader.sections.iter().filter(|section| is_of_needs(section.topics)) {
        let (from, to) = (section.start.max(read_to), section.end);
        for node in from..to {
            let is_text = matches!(reader.tree.tag(node), Some(Tag::Item | Tag::TableCell | Tag::Paragraph));
            if is_text {
                let names = named(&reader.runs(node), RelationKind::DependsOn, reader.vocabulary);
                out.extend(names.into_iter().map(|name| Mention {
                    // Most dependencies are not documents.
                    is_certain: false,
                    ..name
                }));
            }
        }
        read_to = read_to.max(to);
    }
    out.dedup();
    out
}
