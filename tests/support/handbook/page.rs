//! Writes one chapter in the template's structure, section by section, and records its facts.

use super::words::{self, SECTIONS};
use super::{DUE_SOON_DAYS, Date, Day, Decision, Document, Link, Person, Place, Question, Random, TODAY};

/// The style of a document's headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Emoji {
    Mangled,
    Clean,
    None,
}

/// The text so far, and the number of the next line.
struct Page<'r> {
    text: String,
    line: usize,
    emoji: Emoji,
    random: &'r mut Random,
}

impl Page<'_> {
    /// Writes `block`, one or more lines.
    fn put(&mut self, block: &str) {
        self.text.push_str(block);
        self.text.push('\n');
        self.line += block.matches('\n').count() + 1;
    }

    /// Writes the rule and the heading that open the template's section `at`.
    fn section(&mut self, at: usize) {
        let (words, clean, mangled) = SECTIONS[at];
        let emoji = match self.emoji {
            Emoji::Mangled => format!("{mangled} "),
            Emoji::Clean => format!("{clean} "),
            Emoji::None => String::new(),
        };
        self.put(&format!("---\n\n## {emoji}{words}\n"));
    }

    /// Writes a paragraph of `count` sentences.
    fn prose(&mut self, count: usize) {
        let sentences = self.random.some(words::SENTENCES, count);
        let text: Vec<&str> = sentences.into_iter().copied().collect();
        self.put(&text.join(" "));
        self.put("");
    }

    /// Writes a list of `count` sentences.
    fn bullets(&mut self, count: usize) {
        for sentence in self.random.some(words::SENTENCES, count) {
            self.put(&format!("- {sentence}"));
        }
        self.put("");
    }

    /// Writes `heading` and a paragraph under it.
    fn topic(&mut self, heading: &str) {
        self.put(&format!("### {heading}"));
        let count = 2 + self.random.below(3);
        self.prose(count);
    }

    fn name(&mut self) -> String {
        (*self.random.pick(words::PEOPLE)).to_owned()
    }
}

/// Document `number` of those at `places`.
pub(super) fn document(number: usize, places: &[Place], random: &mut Random) -> (String, Document) {
    let emoji = match random.below(5) {
        0 | 1 => Emoji::Mangled,
        2 | 3 => Emoji::Clean,
        _ => Emoji::None,
    };
    let has_crlf = random.one_in(8);
    let mut page = Page {
        text: String::new(),
        line: 1,
        emoji,
        random,
    };
    let mut document = Document {
        path: places[number].path.clone(),
        title: format!("Technical Design: {}", places[number].name),
        ..Document::default()
    };
    page.head(&mut document);
    page.metadata(&mut document, number);
    page.contents();
    page.argument();
    page.system(number);
    page.quality();
    document.steps = page.rollout();
    page.operation();
    document.questions = page.questions(number);
    document.decisions = page.decisions(number, places);
    page.review(&mut document);
    page.tail(&mut document);
    let mut text = page.text;
    if has_crlf {
        text = text.replace('\n', "\r\n");
    }
    (text, document)
}

const STATUSES: &[(&str, &str)] = &[
    ("Draft", "draft"),
    ("In Review", "in-review"),
    ("Approved", "approved"),
    ("Implemented", "implemented"),
];

fn email_of(name: &str) -> String {
    let plain: String = name
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('.'),
            'a'..='z' => Some(c),
            'é' => Some('e'),
            'ú' => Some('u'),
            'à' => Some('a'),
            'ń' => Some('n'),
            'í' => Some('i'),
            _ => None,
        })
        .collect();
    format!("{plain}@danfocart.example")
}

fn handle_of(name: &str) -> String {
    let email = email_of(name);
    let first = email.split('.').next().unwrap_or_default();
    format!("@{first}")
}

/// Whether a handle is exactly the first name of a person in the header.
fn is_first_name_of(handle: &str, named: &Person) -> bool {
    let first = named.name.as_deref().and_then(|name| name.split(' ').next());
    first.is_some_and(|first| handle[1..] == first.to_lowercase())
}

/// The head, the metadata and the table of contents.
impl Page<'_> {
    fn head(&mut self, document: &mut Document) {
        let count = if self.random.one_in(7) { 2 } else { 1 };
        let names = self.random.some(words::PEOPLE, count);
        document.authors = names
            .iter()
            .map(|name| Person {
                name: Some((**name).to_owned()),
                email: Some(email_of(name)),
                ..Person::default()
            })
            .collect();
        (document.status, document.state) = *self.random.pick(STATUSES);
        document.created = Day(TODAY.0 - 100 - self.random.below(600) as i64).written(self.random);
        let count = 2 + self.random.below(2);
        document.reviewers = self
            .random
            .some(words::PEOPLE, count)
            .into_iter()
            .map(|name| Person {
                name: Some((*name).to_owned()),
                ..Person::default()
            })
            .collect();
        let list = |of: Vec<Option<&str>>| of.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let authors = list(document.authors.iter().map(|p| p.name.as_deref()).collect());
        let emails = list(document.authors.iter().map(|p| p.email.as_deref()).collect());
        let reviewers = list(document.reviewers.iter().map(|p| p.name.as_deref()).collect());
        self.put(&format!("# {}\n", document.title));
        self.put(&format!("**Author:** {authors} | **Email:** {emails}  "));
        self.put(&format!("**Date:** {}  ", document.created.text));
        self.put(&format!("**Status:** {}  ", document.status));
        self.put(&format!("**Reviewers:** {reviewers}\n"));
    }

    fn metadata(&mut self, document: &mut Document, number: usize) {
        document.target_release = format!("{}.{}.0", 2 + number % 3, number % 17);
        let spec = (
            "Related Feature Spec",
            format!("Spec {number}"),
            Some(format!("https://specs.danfocart.example/{number}")),
        );
        let rfc = (
            "RFC",
            format!("RFC {}", 100 + number),
            Some(format!("https://rfc.danfocart.example/{}", 100 + number)),
        );
        let ticket = format!("SHOP-{}", 1000 + number);
        let ticket = if self.random.one_in(3) {
            ("JIRA/Linear Ticket", ticket, None)
        } else {
            let url = format!("https://tickets.danfocart.example/{ticket}");
            ("JIRA/Linear Ticket", ticket, Some(url))
        };
        self.put("---\n\n## Metadata\n");
        for (label, text, url) in [spec, rfc, ticket] {
            let is_left_out = label == "RFC" && self.random.one_in(4);
            if is_left_out {
                continue;
            }
            match &url {
                Some(url) => self.put(&format!("- **{label}:** [{text}]({url})")),
                None => self.put(&format!("- **{label}:** {text}")),
            }
            document.links.push(Link { label, text, url });
        }
        self.put(&format!("- **Target Release:** {}\n", document.target_release));
    }

    /// The template's own list, whose links are broken, or a marker, or nothing.
    fn contents(&mut self) {
        match self.random.below(6) {
            0 => {}
            1 => self.put("<!-- toc -->\n"),
            _ => {
                self.section(0);
                for (number, (words, ..)) in SECTIONS[1..15].iter().enumerate() {
                    let id = words.to_lowercase().replace('&', "").replace(' ', "-");
                    self.put(&format!("{}. [{words}](#{id})", number + 1));
                }
                self.put("");
            }
        }
    }
}

/// From the context to the rollout; the only facts here are the rollout's steps.
impl Page<'_> {
    fn argument(&mut self) {
        self.section(1);
        self.topic("Background");
        self.topic("Problem Statement");
        self.put("### Assumptions");
        self.bullets(3);
        self.section(2);
        self.put("### Goals\nWhat we're trying to achieve:");
        self.put("1. Fewer calls to support\n2. No lost orders\n3. A page that loads on 2G\n");
        self.put("### Non-Goals\nWhat we're explicitly NOT doing:");
        self.put("1. A new mobile app\n2. A second warehouse\n");
        self.put("### Success Metrics\nHow we'll measure success:");
        self.put("- Failed orders: below 0.5 %\n- Time to answer: under 300 ms\n");
        self.section(3);
        self.topic("High-Level Overview");
        self.put("### Key Components\n1. **Intake**\n   - Takes requests\n   - Checks keys\n");
        self.put("2. **Worker**\n   - Does the work\n   - Writes the ledger\n");
        self.put("### Architecture Diagram\n```mermaid\ngraph TD\n    A[Phone] --> B[Gateway]");
        self.put("    B --> C[Intake]\n    C --> D[Worker]\n```\n");
        self.section(4);
        for (number, name) in ["Poll every minute", "Buy it"].into_iter().enumerate() {
            self.put(&format!("### Alternative {}: {name}", number + 1));
            self.put("**Description:** What most shops of our size do\n");
            self.put("**Pros:**\n- Simple\n- Known\n\n**Cons:**\n- Slow\n- Costly\n");
            self.put("**Why Not Chosen:** The numbers above\n");
        }
        // This table has a column called Decision, but compares options.
        self.put("| Option | Weeks | Decision |\n|--------|-------|----------|");
        self.put("| Poll | 2 | No: too slow |\n| Buy | 1 | No: too dear |\n| Build | 4 | Yes |\n");
    }

    fn system(&mut self, number: usize) {
        self.section(5);
        self.put("### Component Breakdown\n\n#### Component 1: Intake");
        self.put("**Responsibility:** Takes every request once\n\n**Interface:**");
        self.put("```typescript\ninterface Intake {\n  take(key: string): Promise<Receipt>;\n}\n```\n");
        self.put("**Implementation Details:**");
        self.bullets(3);
        self.put("### Sequence Diagram\n\n```mermaid\nsequenceDiagram\n    Phone->>Intake: order");
        self.put("    Intake-->>Phone: receipt\n```\n");
        self.topic("Data Flow");
        self.section(6);
        self.put("### New Endpoints\n\n#### POST /api/v1/intake");
        self.put("**Description:** Takes one request\n\n**Request:**\n```json\n{\n  \"key\": \"k-1\"\n}\n```\n");
        self.put("**Response (200 OK):**\n```json\n{\n  \"success\": true\n}\n```\n");
        self.put("**Error Responses:**\n- `400 Bad Request` - No key\n- `409 Conflict` - Key was used\n");
        self.put("### Modified Endpoints\n\n#### PUT /api/v1/orders/{id}");
        self.put("**Changes:** Takes the key too\n");
        self.topic("Breaking Changes");
        self.section(7);
        self.put("### Database Schema\n\n#### New Tables/Collections\n\n**intake**\n```sql");
        self.put(&format!(
            "CREATE TABLE intake_{number} (\n  id VARCHAR(255) PRIMARY KEY,"
        ));
        self.put("  created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP\n);\n```\n");
        self.put("### Data Migration\n\n**Migration Steps:**\n1. Create the table\n2. Copy a day\n");
        self.put("**Rollback Plan:**\n1. Drop the table\n");
    }

    fn quality(&mut self) {
        self.section(8);
        self.topic("Authentication & Authorization");
        self.put("### Security Risks\n| Risk | Severity | Mitigation |");
        self.put("|------|----------|------------|\n| Replayed keys | High | Keys expire |\n");
        self.section(9);
        self.put("### Expected Load\n- Requests per second: 120\n- Concurrent users: 4000\n");
        self.topic("Optimization Strategies");
        self.section(10);
        for heading in ["Unit Tests", "Integration Tests", "End-to-End Tests"] {
            self.topic(heading);
        }
    }

    fn rollout(&mut self) -> (usize, usize) {
        const PHASES: [(&str, &[&str]); 3] = [
            ("Phase 1: Development", &["Implementation", "Unit tests", "Code review"]),
            (
                "Phase 2: Staging",
                &["Deploy to staging", "Integration testing", "QA approval"],
            ),
            (
                "Phase 3: Production",
                &["Feature flag setup", "Gradual rollout: 5% → 100%", "Full release"],
            ),
        ];
        self.section(11);
        let done = self.random.below(10);
        let mut at = 0;
        for (phase, steps) in PHASES {
            self.put(&format!("### {phase}"));
            for step in steps {
                let tick = if at < done { 'x' } else { ' ' };
                self.put(&format!("- [{tick}] {step}"));
                at += 1;
            }
            self.put("");
        }
        self.put("### Rollback Strategy\nSteps to rollback if issues arise:\n1. Turn the flag off\n");
        (done, at)
    }

    fn operation(&mut self) {
        self.section(12);
        self.put("### Metrics to Track\n- Queue length: below 1000\n");
        self.put("### Alerts\n| Alert | Condition | Severity | Action |");
        self.put("|-------|-----------|----------|--------|");
        self.put("| Long queue | above 1000 | Warning | Page the owner |\n");
        self.section(13);
        self.put("### External Dependencies\n- Courier API: positions, fallback is SMS\n");
        // A second status, which is not the document's.
        self.put("**Status:** the courier's API is stable\n");
        self.put("### Timeline Dependencies\n- The importer must be complete by 2026-01-15\n");
    }
}

/// The open questions and the decisions.
impl Page<'_> {
    fn questions(&mut self, number: usize) -> Vec<Question> {
        self.section(14);
        let count = self.random.below(6);
        if count == 0 {
            self.put("None at the moment.\n");
        }
        let chosen = self.random.some(words::QUESTIONS, count);
        let texts: Vec<&str> = chosen.into_iter().copied().collect();
        (0..count).map(|at| self.question(number, at, texts[at])).collect()
    }

    fn question(&mut self, number: usize, at: usize, words: &str) -> Question {
        let (due, standing) = self.due();
        let owners = self.owners();
        let mut question = Question {
            // The number makes it unique in the handbook.
            question: format!("{} ({number}.{at})", words.trim_end_matches('?')) + "?",
            context: (*self.random.pick(words::CONTEXTS)).to_owned(),
            due,
            owners: owners.clone(),
            standing,
            line: self.line,
            resolved: false,
        };
        let form = self.random.below(12);
        question.resolved = form < 3;
        if question.resolved {
            question.standing = "resolved";
        }
        let text = &question.question;
        let written = match form {
            0 => format!("~~**{text}**~~"),
            1 => format!("[x] **{text}**"),
            // A question that is only partly struck through is still open.
            3 => format!("**{}**", text.replacen(" the ", " ~~the~~ ", 1)),
            4 => format!("[ ] **{text}**"),
            _ => format!("**{text}**"),
        };
        self.put(&format!("{}. {written}", at + 1));
        self.put(&format!("   - Context: {}", question.context));
        if let Some(due) = &question.due {
            self.put(&format!("   - Decision needed by: {}", due.text));
        }
        let owner = match owners.as_slice() {
            [] if self.random.one_in(2) => "TBD".to_owned(),
            [] => "[name]".to_owned(),
            owners => owners.join(" & "),
        };
        self.put(&format!("   - Owner: {owner}"));
        if form == 2 || (form < 2 && self.random.one_in(2)) {
            let day = Day(TODAY.0 - 1 - self.random.below(90) as i64);
            self.put(&format!("   - **Resolved {day}:** The first of the two, for now."));
        }
        self.put("");
        question
    }

    /// A deadline, and the standing of a question with it.
    fn due(&mut self) -> (Option<Date>, &'static str) {
        let words = |text: &str| Date {
            text: text.to_owned(),
            day: None,
        };
        let (left, standing) = match self.random.below(12) {
            0..=2 => (-1 - self.random.below(200) as i64, "overdue"),
            3 => (0, "due-today"),
            4..=5 => (1 + self.random.below(DUE_SOON_DAYS as usize) as i64, "due-soon"),
            6..=7 => (DUE_SOON_DAYS + 1 + self.random.below(200) as i64, "upcoming"),
            8 => return (Some(words("TBD")), "undated"),
            9 => return (Some(words("[date]")), "undated"),
            10 => {
                let text = self.random.pick(words::MILESTONES);
                return (Some(words(text)), "milestone");
            }
            _ => return (None, "undated"),
        };
        let date = Day(TODAY.0 + left).written(self.random);
        (Some(date), standing)
    }

    fn owners(&mut self) -> Vec<String> {
        match self.random.below(10) {
            0 => Vec::new(),
            1 => vec![handle_of(&self.name())],
            2 => self
                .random
                .some(words::PEOPLE, 2)
                .into_iter()
                .map(|name| (*name).to_owned())
                .collect(),
            _ => vec![self.name()],
        }
    }

    fn decisions(&mut self, number: usize, places: &[Place]) -> Vec<Decision> {
        self.section(15);
        let count = self.random.below(7);
        if count == 0 && self.random.one_in(2) {
            self.put("Nothing has been decided yet.\n");
            return Vec::new();
        }
        self.put("| Date | Decision | Rationale | Decided By |");
        self.put("|------|----------|-----------|------------|");
        let chosen = self.random.some(words::DECISIONS, count);
        let texts: Vec<&str> = chosen.into_iter().copied().collect();
        let rows = (0..count)
            .map(|at| self.decision(number, at, texts[at], places))
            .collect();
        self.put("");
        rows
    }

    fn decision(&mut self, number: usize, at: usize, words: &str, places: &[Place]) -> Decision {
        let words = format!("{words} ({number}.{at})");
        let other = self.random.pick(places);
        let link = places[number].link_to(other);
        let (markdown, decision) = match self.random.below(9) {
            0 => (
                format!("{words}, as in [{}]({link})", other.name),
                format!("{words}, as in {}", other.name),
            ),
            1 => (
                format!("{words} in `intake_{number}`"),
                format!("{words} in intake_{number}"),
            ),
            2 => (format!("**{words}**, always"), format!("{words}, always")),
            3 => (format!("{words}: `yes \\| no`"), format!("{words}: yes | no")),
            4 => (format!("{words}: red \\| green"), format!("{words}: red | green")),
            5 => (
                format!("{words} ([why](https://rfc.danfocart.example/{number}#why))"),
                format!("{words} (why)"),
            ),
            _ => (words.clone(), words),
        };
        let rationale = (*self.random.pick(words::RATIONALES)).to_owned();
        let date = Day(TODAY.0 - 1 - self.random.below(500) as i64).written(self.random);
        let decided_by = match self.random.below(8) {
            0 => vec![handle_of(&self.name())],
            1 => self
                .random
                .some(words::PEOPLE, 2)
                .into_iter()
                .map(|name| (*name).to_owned())
                .collect(),
            _ => vec![self.name()],
        };
        let line = self.line;
        let who = decided_by.join(", ");
        self.put(&format!("| {} | {markdown} | {rationale} | {who} |", date.text));
        Decision {
            date,
            decision,
            rationale,
            decided_by,
            line,
        }
    }
}

/// The end of the document.
impl Page<'_> {
    /// The list of reviewers: those of the header, or others by handle.
    fn review(&mut self, document: &mut Document) {
        const ROLES: [&str; 3] = ["Service expertise", "Security review", "Final approval"];
        self.section(16);
        self.put("### Reviewers");
        let is_same = self.random.one_in(2);
        let names = self.random.some(words::PEOPLE, 3);
        let handles: Vec<String> = names.into_iter().map(|name| handle_of(name)).collect();
        for (at, role) in ROLES.into_iter().enumerate() {
            let approved = self.random.one_in(2);
            let tick = if approved { 'x' } else { ' ' };
            let known = document
                .reviewers
                .iter()
                .position(|named| is_first_name_of(&handles[at], named));
            let who = if let Some(known) = known.filter(|_| !is_same) {
                document.reviewers[known].handle = Some(handles[at].clone());
                document.reviewers[known].approved = Some(approved);
                handles[at].clone()
            } else if !is_same {
                document.reviewers.push(Person {
                    handle: Some(handles[at].clone()),
                    approved: Some(approved),
                    ..Person::default()
                });
                handles[at].clone()
            } else if let Some(reviewer) = document.reviewers.get_mut(at) {
                reviewer.approved = Some(approved);
                reviewer.display().to_owned()
            } else {
                break;
            };
            self.put(&format!("- [{tick}] {who} - {role}"));
        }
        self.put("\n### Review Comments\n\n#### Review History\n");
        self.put("| Date | Reviewer | Decision |\n|------|----------|----------|");
        let (one, two) = (self.name(), self.name());
        self.put(&format!("| 2026-02-03 | {one} | Approved with comments |"));
        self.put(&format!("| 2026-02-09 | {two} | Wants more tests |\n"));
    }

    /// References and the appendix, whose example looks like a document, and the footer.
    fn tail(&mut self, document: &mut Document) {
        self.section(17);
        self.put("- [Payment card rules](https://rules.danfocart.example/cards)\n");
        self.section(18);
        self.put("### Glossary\n- **Stall**: A vendor's page\n- **Kobo**: A hundredth of a naira\n");
        self.put("### Code Examples\n````markdown\n# Technical Design: An Example\n");
        self.put("**Author:** Nobody | **Email:** nobody@danfocart.example  ");
        self.put("**Date:** 2020-01-01  \n**Status:** Rejected  \n");
        self.put("## Open Questions\n\n1. **Is this one found?**\n   - Context: An example");
        self.put("   - Decision needed by: 2020-01-01\n   - Owner: Nobody\n\n## Decision Log\n");
        self.put("| Date | Decision | Rationale | Decided By |");
        self.put("|------|----------|-----------|------------|");
        self.put("| 2020-01-01 | Find this | It is code | Nobody |\n````\n");
        document.updated = Day(TODAY.0 - self.random.below(99) as i64).written(self.random);
        self.put(&format!("---\n\n**Last Updated:** {}  ", document.updated.text));
        self.put(&format!("**Status:** {}", document.status));
    }
}

/// A chapter that is not a design document, although it has dates, decisions and questions.
pub(super) fn ordinary(number: usize, random: &mut Random) -> String {
    let mut page = Page {
        text: String::new(),
        line: 1,
        emoji: Emoji::None,
        random,
    };
    page.put(&format!("# Notes of week {number}\n"));
    page.prose(4);
    page.put("**Note:** these are notes, and nothing here is agreed. The **status** is *late*.\n");
    page.put("## Calendar\n\n| Date | Release | Go or no-go |\n|------|---------|-------------|");
    page.put("| 2026-03-02 | 2.4 | Decision on Monday |\n| 2026-03-09 | 2.5 | open |\n");
    page.put("## Questions that came up\n\nWho pays for the SMS? Nobody knew, see [the start](../welcome.md).\n");
    page.put("- [ ] ask finance by 2026-03-01\n- [x] order cables\n");
    page.put("```markdown\n**Author:** Nobody  \n**Status:** Draft  \n```\n");
    page.bullets(4);
    page.text
}
