//! Writes the page of the week as HTML or as Markdown.

use maud::{PreEscaped, html};

use super::{List, OVERDUE, Row, SOON, Week};
use crate::model::IndexKind;
use crate::render::index::days::Days;
use crate::render::index::entry::Entry;
use crate::render::index::links;
use crate::render::index::table::dashes::{MEASURED, dashes};
use crate::render::markdown;
use crate::render::words::capitalized;

impl<'a> Week<'a> {
    pub(super) fn html(&self, documents: &[Entry<'a>], people: &[Row], lists: &[List], is_quiet: bool) -> String {
        let words = self.at.writer.words;
        let heads = [
            words.person, words.overdue, words.due_in_week, words.longest_overdue, words.to_review,
        ];
        html! {
            div.dd-index.dd-week data-index="this-week" {
                p.dd-nav {
                    @for link in links(self.at.plan, Some(IndexKind::Week), self.at.depth, self.at.writer) { (PreEscaped(link)) " " }
                }
                "\n"
                p { (PreEscaped(self.at.writer.as_of())) }
                "\n"
                (PreEscaped(self.summary(documents, lists)))
                "\n"
                p.dd-none hidden[!is_quiet] { (words.nothing_waiting) }
                "\n"
                table hidden[people.iter().all(|row| row.is_hidden)] {
                    thead { tr { @for head in heads { th scope="col" { (capitalized(head)) } " " } } }
                    tbody {
                        @for row in people {
                            "\n"
                            tr.dd-person hidden[row.is_hidden] {
                                @for (at, cell) in row.cells.iter().enumerate() {
                                    @if at == 0 { th scope="row" { (PreEscaped(cell)) } }
                                    @else { td data-label=[(at != 3).then(|| heads[at])] { (PreEscaped(cell)) } }
                                    " "
                                }
                            }
                        }
                    }
                }
                @for list in lists.iter().filter(|list| !list.items.is_empty()) { (PreEscaped(self.list_html(list))) }
            }
        }
        .into_string()
    }

    fn list_html(&self, list: &List) -> String {
        let shown = list.shown(&self.at);
        html! {
            "\n"
            div.dd-list id=(list.anchor) hidden[shown == 0] {
                p.dd-h role="heading" aria-level="2" { (list.name) " " small { (shown) } }
                "\n"
                ul data-in=(list.range.attribute()) {
                    @for item in &list.items {
                        "\n"
                        li data-on=(item.day) hidden[!list.range.has(self.at.writer.today, item.day)] {
                            (PreEscaped(&item.link)) " " span { (item.about) } " "
                            @if item.date.starts_with('<') { (PreEscaped(&item.date)) } @else { span { (PreEscaped(&item.date)) } }
                        }
                    }
                }
            }
        }
        .into_string()
    }

    /// The counts at the top.
    fn summary(&self, documents: &[Entry<'a>], lists: &[List]) -> String {
        let words = self.at.writer.words;
        let open = || {
            documents
                .iter()
                .flat_map(|entry| &entry.document.questions)
                .filter(|one| !one.resolved)
        };
        let days = Days::of(open());
        let nobody = open().filter(|question| question.owners.is_empty()).count();
        let to = |due: &str| self.view(IndexKind::Questions, &[("due", due)]);
        let within = |list: &List| Days::new(list.items.iter().map(|item| item.day));
        let decided = &lists[2];
        let stuck = &lists[3];
        let items = [
            self.count(&days, OVERDUE, &to("overdue"), Some(words.overdue)),
            self.count(&days, SOON, &to("7"), Some(words.due_in_week)),
            self.last_week(decided),
            self.count(
                &within(stuck),
                OVERDUE,
                &format!("#{}", stuck.anchor),
                Some(words.stuck_in_review),
            ),
            match nobody {
                0 => String::new(),
                count => {
                    let href = self.view(IndexKind::Questions, &[("owner", "-")]);
                    html! { a href=(href) { b { (count) } " " (words.with_nobody) } }.into_string()
                }
            },
        ];
        html! {
            ul.dd-sum {
                @for item in items.iter().filter(|item| !item.is_empty()) {
                    "\n"
                    // A count that is hidden takes no room.
                    li hidden[item.contains(" hidden>")] { (PreEscaped(item)) }
                }
            }
        }
        .into_string()
    }

    /// The decisions of the last week. Their days are past, so all are listed.
    fn last_week(&self, list: &List) -> String {
        let today = self.at.writer.today;
        if list.items.is_empty() {
            return String::new();
        }
        let days: Vec<String> = list.items.iter().map(|item| item.day.to_string()).collect();
        let count = list.items.iter().filter(|item| list.range.has(today, item.day)).count();
        let href = self.view(IndexKind::Decisions, &[("days", "7")]);
        html! {
            a href=(href) data-in=(list.range.attribute()) data-days=(days.join(" ")) hidden[count == 0] {
                b { (count) } " " (self.at.writer.words.decided_last_week)
            }
        }
        .into_string()
    }

    pub(super) fn plain(&self, people: &[Row], lists: &[List], is_quiet: bool) -> String {
        let writer = self.at.writer;
        let words = writer.words;
        let mut blocks = vec![writer.as_of()];
        if is_quiet {
            blocks.push(writer.text(words.nothing_waiting));
        }
        let people: Vec<&Row> = people.iter().filter(|row| !row.is_hidden).collect();
        if !people.is_empty() {
            let heads = [
                words.person, words.overdue, words.due_in_week, words.longest_overdue, words.to_review,
            ];
            let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
            let mut lines = vec![
                line(heads.iter().map(|head| capitalized(head)).collect()),
                line(dashes(
                    &heads,
                    people.iter().take(MEASURED).map(|row| row.cells.clone()),
                )),
            ];
            lines.extend(
                people
                    .iter()
                    .map(|row| line(row.cells.iter().map(|cell| markdown::cell(cell)).collect())),
            );
            blocks.push(lines.join("\n"));
        }
        for list in lists.iter().filter(|list| !list.items.is_empty()) {
            blocks.push(format!("**{}** ({})", writer.text(list.name), list.items.len()));
            let items = list.items.iter().map(|item| {
                let about = writer.text(&item.about);
                let parts = [item.link.as_str(), &about, &item.date];
                let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                format!("- {}", parts.join(" — "))
            });
            blocks.push(items.collect::<Vec<_>>().join("\n"));
        }
        blocks.join("\n\n")
    }
}
