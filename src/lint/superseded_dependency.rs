//! The lint `superseded-dependency`.

use super::BookView;
use super::findings::{Findings, lint, listed};
use crate::model::{Item, RelationKind, StatusClass};

lint!("superseded-dependency", superseded_dependency, Decisions, Allow, Book);

fn check<'b>(book: &'b BookView<'b>, findings: &mut Findings<'_>) {
    let relations = &book.corpus.relations;
    for page in book.pages() {
        let class = page.document.status.as_ref().map(|status| status.class);
        if !matches!(class, Some(StatusClass::Agreed | StatusClass::Done)) {
            continue;
        }
        for relation in relations.of(Item::document(page.source)) {
            let Some(to) = relation.to.filter(|_| relation.kind == RelationKind::DependsOn) else {
                continue;
            };
            let Some(now) = relations.in_force_instead(to) else {
                continue;
            };
            let message = format!(
                "this document depends on `{}`, which is superseded",
                book.path(to.chapter)
            );
            let finding = findings.add(page.source, relation.span.unwrap_or(page.head()), message);
            match now {
                [] => finding.help("check whether this document still holds"),
                now => {
                    let now = listed(now.iter().map(|item| book.path(item.chapter)));
                    finding.help(format!("check whether this document holds with {now}"))
                }
            };
        }
    }
}
