//! Fills in a template: a built-in one, or the team's own from their book.
//!
//! A template has prompts in square brackets, `**Author:** [Name]`, and may have variables in
//! braces, `{{title}}`. Unknown ones are left as they are.

use jiff::civil::Date;

use crate::parse;

/// The built-in template of a design.
pub const DESIGN: &str = include_str!("template.md");

/// The built-in template of an architecture decision record.
pub const ADR: &str = include_str!("decision.md");

/// The known facts of a new document.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Its title.
    pub title: String,
    /// The author's name.
    pub author: Option<String>,
    /// The author's email address.
    pub email: Option<String>,
    /// The date of its creation.
    pub date: Date,
    /// Its number, if its folder numbers documents: `0008`.
    pub number: Option<String>,
}

/// `template` filled in with `facts`.
pub fn fill(template: &str, facts: &Facts) -> String {
    let text = braces(template, facts);
    let mut out = String::with_capacity(text.len());
    let mut state = State::default();
    for line in text.split_inclusive('\n') {
        out.push_str(&state.line(line, facts));
    }
    out
}

fn braces(template: &str, facts: &Facts) -> String {
    let mut text = template.to_owned();
    for (name, value) in [
        ("title", Some(&facts.title)),
        ("author", facts.author.as_ref()),
        ("email", facts.email.as_ref()),
        ("date", Some(&facts.date.to_string())),
        ("number", facts.number.as_ref()),
    ] {
        if let Some(value) = value {
            text = text.replace(&format!("{{{{{name}}}}}"), value);
            text = text.replace(&format!("{{{{ {name} }}}}"), value);
        }
    }
    text
}

/// The position in the template.
#[derive(Debug, Default)]
struct State {
    lines: usize,
    in_front_matter: bool,
    fence: Option<char>,
    has_title: bool,
    /// After the metadata, where prompts are left for the author.
    in_body: bool,
}

impl State {
    fn line(&mut self, line: &str, facts: &Facts) -> String {
        self.lines += 1;
        let text = line.trim_end();
        if text == "---" && (self.lines == 1 || self.in_front_matter) {
            self.in_front_matter = self.lines == 1;
            return line.to_owned();
        }
        if self.in_front_matter {
            return yaml(line, facts).unwrap_or_else(|| line.to_owned());
        }
        let opens = ['`', '~']
            .into_iter()
            .find(|mark| text.trim_start().starts_with(&mark.to_string().repeat(3)));
        if opens.is_some() && (self.fence.is_none() || self.fence == opens) {
            self.fence = if self.fence.is_none() { opens } else { None };
            return line.to_owned();
        }
        if self.fence.is_some() {
            return line.to_owned();
        }
        if let Some(title) = text.strip_prefix("# ").filter(|_| !self.has_title) {
            self.has_title = true;
            return line.replacen(title, &titled(title, &facts.title), 1);
        }
        if let Some(heading) = text.strip_prefix("## ") {
            self.in_body = !heading.to_lowercase().contains("metadata");
        }
        labelled(line, facts, self.in_body)
    }
}

/// `Technical Design: [Feature Name]` with the title in place of the brackets; a heading without
/// brackets is the template's own name and is replaced.
fn titled(heading: &str, title: &str) -> String {
    let shown = parse::heading(title);
    match (heading.find('['), heading.rfind(']')) {
        (Some(open), Some(close)) if open < close => {
            format!("{}{shown}{}", &heading[..open], &heading[close + 1..])
        }
        _ if heading.contains(title) => heading.replacen(title, &shown, 1),
        _ => shown,
    }
}

/// A line with the brackets after its bold labels filled in.
fn labelled(line: &str, facts: &Facts, in_body: bool) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, label, value)) = next_label(rest) {
        out.push_str(before);
        rest = value;
        let Some((inside, after)) = bracketed(value) else {
            continue;
        };
        if let Some(answer) = answer(label, inside, facts, in_body) {
            out.push_str(&value[..value.len() - value.trim_start().len()]);
            out.push_str(&answer);
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// The text up to and including the next bold label, the label, and the rest.
fn next_label(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.find("**")? + 2;
    let close = open + text[open..].find("**")?;
    let label = &text[open..close];
    let mut end = close + 2;
    if !label.trim_end().ends_with(':') {
        if !text[end..].starts_with(':') {
            return next_label(&text[end..]).map(|(before, label, value)| (&text[..end + before.len()], label, value));
        }
        end += 1;
    }
    Some((&text[..end], label.trim().trim_end_matches(':'), &text[end..]))
}

/// The text in brackets at the start of `text`, and the rest; None for a link.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim_start().strip_prefix('[')?;
    let close = inner.find(']')?;
    let after = &inner[close + 1..];
    (!after.starts_with(['(', '['])).then_some((&inner[..close], after))
}

fn answer(label: &str, prompt: &str, facts: &Facts, in_body: bool) -> Option<String> {
    let date = || Some(facts.date.to_string());
    match label.to_lowercase().as_str() {
        "status" => Some(first_status(prompt)),
        "last updated" | "updated" | "last-updated" => date(),
        _ if in_body => None,
        "author" | "authors" | "owner" | "owners" | "written by" | "deciders" => facts.author.clone(),
        "email" | "e-mail" => facts.email.clone(),
        "date" | "created" | "date created" => date(),
        _ => None,
    }
}

/// The first of the statuses that the template offers.
fn first_status(prompt: &str) -> String {
    let first = prompt.split('|').next().unwrap_or_default().trim();
    if prompt.contains('|') && !first.is_empty() {
        first.to_owned()
    } else {
        "Draft".to_owned()
    }
}

/// A line of front matter whose value is missing, or is a prompt.
fn yaml(line: &str, facts: &Facts) -> Option<String> {
    let (key, value) = line.split_once(':')?;
    let prompt = value.trim().trim_matches(['"', '\'']);
    let inside = prompt.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if !prompt.is_empty() && inside.is_none_or(str::is_empty) || key.starts_with([' ', '-', '#']) {
        return None;
    }
    let answer = match key.trim().to_lowercase().as_str() {
        "title" => Some(facts.title.clone()),
        key => answer(key, inside.unwrap_or_default(), facts, false),
    }?;
    let end = &line[line.trim_end().len()..];
    Some(format!("{key}: {}{end}", scalar(&answer)))
}

/// `text` as a value of YAML.
pub(super) fn scalar(text: &str) -> String {
    let is_plain = text.chars().next().is_some_and(char::is_alphanumeric)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !text.contains(char::is_control);
    if is_plain {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn facts() -> Facts {
        Facts {
            title: "Refunds".into(),
            author: Some("Ada Obi".into()),
            email: Some("ada@example.com".into()),
            date: date(2026, 11, 23),
            number: Some("0008".into()),
        }
    }

    #[test]
    fn prompts_are_answered_where_they_are_ours() {
        let template = "# Technical Design: [Feature Name]\n\n**Author:** [Name] | **Email:** [x@y]  \r\n\
            **Date**: [YYYY-MM-DD]\n**Status:** [Draft | Done]\n**Reviewers:** [Name1]\n\n## Metadata\n\n\
            - **Owner:** [Name]\n- **RFC:** [RFC](x.md)\n\n## Risks\n\n**Owner:** [name]\n```\n**Status:** [x]\n```\n\
            **Last Updated:** [Date]  \n**Status:** [Current Status]\n";
        let expected = "# Technical Design: Refunds\n\n**Author:** Ada Obi | **Email:** ada@example.com  \r\n\
            **Date**: 2026-11-23\n**Status:** Draft\n**Reviewers:** [Name1]\n\n## Metadata\n\n\
            - **Owner:** Ada Obi\n- **RFC:** [RFC](x.md)\n\n## Risks\n\n**Owner:** [name]\n```\n**Status:** [x]\n```\n\
            **Last Updated:** 2026-11-23  \n**Status:** Draft\n";
        assert_eq!(fill(template, &facts()), expected);
    }

    #[test]
    fn front_matter_and_braces_work_too() {
        let template = "---\ntitle: \"[Title]\"\nstatus:\nauthors: [\"[Name]\"]\nkind: rfc\ndate: [YYYY-MM-DD]\n---\n\n# {{number}}: {{ title }}\n";
        let expected = "---\ntitle: Refunds\nstatus: Draft\nauthors: Ada Obi\nkind: rfc\ndate: 2026-11-23\n---\n\n# 0008: Refunds\n";
        assert_eq!(fill(template, &facts()), expected);
    }

    #[test]
    fn what_is_not_known_stays() {
        let unknown = Facts {
            author: None,
            title: "Why: \"x\"".into(),
            ..facts()
        };
        assert_eq!(
            fill("# T\n\n**Author:** [Name]\n", &unknown),
            "# Why: \"x\"\n\n**Author:** [Name]\n"
        );
        assert_eq!(
            fill("---\ntitle:\n---\n", &unknown),
            "---\ntitle: \"Why: \\\"x\\\"\"\n---\n"
        );
    }
}
