//! Follows every link of a built book: each relative link must lead to a file, each fragment
//! to an id on its page.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::book::Built;
use super::files_below;
use super::html::{self, Piece};

/// The ids and links of a page.
struct Page {
    ids: BTreeSet<String>,
    links: Vec<String>,
}

/// Fails unless every link resolves, except those that are broken in the author's text: `dead`
/// contains `page → href`. Unused entries also fail.
#[track_caller]
pub fn assert_no_dead_links(built: &Built, dead: &[(&str, &str)]) {
    // mdBook 0.4 writes a quote in a URL as `%22`, 0.5 as an entity.
    let found: BTreeSet<(String, String)> = dead_links(built)
        .into_iter()
        .map(|(page, href)| (page, percent_decoded(&href)))
        .collect();
    let allowed: BTreeSet<(String, String)> = dead
        .iter()
        .map(|(page, href)| ((*page).to_owned(), percent_decoded(href)))
        .collect();
    let problems: Vec<String> = found
        .iter()
        .filter(|link| !allowed.contains(link))
        .map(|(page, href)| format!("{page}: `{href}` leads nowhere"))
        .chain(
            allowed
                .iter()
                .filter(|link| !found.contains(link))
                .map(|(page, href)| format!("{page}: `{href}` is allowed to be dead but is not")),
        )
        .collect();
    super::none(
        &format!("links of the pages that mdBook {} built", built.version),
        &problems,
    );
}

/// Ids that occur more than once on a page, as `page: id`.
pub fn duplicate_ids(built: &Built) -> Vec<String> {
    let mut out = Vec::new();
    for path in built.pages() {
        let page = built.page(&path);
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for piece in html::pieces(&page) {
            if let Piece::Open(_, attributes) = piece
                && let Some(id) = html::attribute(&attributes, "id")
            {
                *seen.entry(id.to_owned()).or_default() += 1;
            }
        }
        let twice = seen.into_iter().filter(|(_, count)| *count > 1);
        out.extend(twice.map(|(id, _)| format!("{path}: id `{id}` stands there twice")));
    }
    out
}

/// Every dead link as (page, href).
fn dead_links(built: &Built) -> BTreeSet<(String, String)> {
    let root = built.html_dir();
    let files: BTreeSet<String> = files_below(&root).into_iter().collect();
    // 404.html has its own base, since it is served at any depth.
    let pages: HashMap<&str, Page> = files
        .iter()
        .filter(|file| file.ends_with(".html") && *file != "404.html")
        .map(|file| (file.as_str(), page(&built.page(file))))
        .collect();
    let mut out = BTreeSet::new();
    for (path, page) in &pages {
        for href in &page.links {
            if !leads_somewhere(path, href, &files, &pages) {
                out.insert(((*path).to_owned(), href.clone()));
            }
        }
    }
    out
}

fn page(text: &str) -> Page {
    let mut page = Page {
        ids: BTreeSet::new(),
        links: Vec::new(),
    };
    for piece in html::pieces(text) {
        let Piece::Open(name, attributes) = piece else {
            continue;
        };
        let value = |key| html::attribute(&attributes, key).map(str::to_owned);
        page.ids.extend(value("id"));
        if name == "a" {
            page.ids.extend(value("name"));
            page.links.extend(value("href"));
        }
        if name == "img" {
            page.links.extend(value("src"));
        }
    }
    page
}

fn leads_somewhere(from: &str, href: &str, files: &BTreeSet<String>, pages: &HashMap<&str, Page>) -> bool {
    if href.starts_with("//") || has_scheme(href) {
        return true;
    }
    let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let target = if path.is_empty() {
        from.to_owned()
    } else {
        let Some(target) = resolve(from, &percent_decoded(path)) else {
            return false;
        };
        target
    };
    if !files.contains(&target) {
        return false;
    }
    let fragment = percent_decoded(fragment);
    // An empty fragment and `#top` are the top of the page.
    if fragment.is_empty() || fragment == "top" {
        return true;
    }
    pages
        .get(target.as_str())
        .is_none_or(|page| page.ids.contains(&fragment))
}

/// The target of a relative link on the page `from`; None if it is above the root.
fn resolve(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = if path.starts_with('/') {
        Vec::new()
    } else {
        from.split('/').collect()
    };
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let mut out = parts.join("/");
    if out.is_empty() || path.ends_with('/') {
        out.push_str(if out.is_empty() { "index.html" } else { "/index.html" });
    }
    Some(out)
}

fn has_scheme(href: &str) -> bool {
    href.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[test]
fn links_resolve_as_a_browser_does() {
    assert_eq!(resolve("a/b.html", "../c.html").as_deref(), Some("c.html"));
    assert_eq!(resolve("a/b.html", "./d/").as_deref(), Some("a/d/index.html"));
    assert_eq!(resolve("b.html", "../c.html"), None);
    assert!(has_scheme("mailto:a@b"));
    assert!(!has_scheme("a/b.html#c:d"));
    assert_eq!(percent_decoded("%C3%BCx%"), "üx%");
}
