//! Reads the pages that mdBook wrote: tags, their attributes, and the text between them.

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// `<a href="…">`; the name in lower case, attribute values decoded.
    Open(String, Vec<(String, String)>),
    /// `</a>`.
    Close(String),
    /// Text as it is in the page.
    Text(&'a str),
}

/// The page as tags and text, without comments and the contents of scripts and styles.
pub fn pieces(page: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            out.push(Piece::Text(&rest[..at]));
        }
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some(closing) = rest.strip_prefix("</") {
            let (name, after) = closing.split_once('>').unwrap_or((closing, ""));
            out.push(Piece::Close(name.trim().to_ascii_lowercase()));
            rest = after;
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (name, attributes, after) = tag(&rest[1..]);
            rest = after;
            if name == "script" || name == "style" {
                let end = rest.find(&format!("</{name}")).unwrap_or(rest.len());
                rest = &rest[end..];
            }
            out.push(Piece::Open(name, attributes));
        } else if let Some(declaration) = rest.strip_prefix("<!") {
            rest = declaration.split_once('>').map_or("", |(_, after)| after);
        } else {
            out.push(Piece::Text(&rest[..1]));
            rest = &rest[1..];
        }
    }
    if !rest.is_empty() {
        out.push(Piece::Text(rest));
    }
    out
}

/// The name and attributes of a tag, and the text after its `>`.
fn tag(text: &str) -> (String, Vec<(String, String)>, &str) {
    let end = text
        .find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/')
        .unwrap_or(text.len());
    let name = text[..end].to_ascii_lowercase();
    let mut attributes = Vec::new();
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return (name, attributes, rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (name, attributes, after);
        }
        let end = rest
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))
            .unwrap_or(rest.len())
            .max(1);
        let key = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            (value, rest) = attribute_value(after);
        }
        attributes.push((key, value));
    }
}

/// A quoted or bare value, decoded, and the text after it.
fn attribute_value(text: &str) -> (String, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            let (value, after) = quoted.split_once(quote).unwrap_or((quoted, ""));
            return (decode(value), after);
        }
    }
    let end = text
        .find(|c: char| c.is_ascii_whitespace() || c == '>')
        .unwrap_or(text.len());
    (decode(&text[..end]), &text[end..])
}

/// `text` with character references replaced.
pub fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = rest
            .find(';')
            .filter(|end| *end < 12)
            .and_then(|end| Some((reference(&rest[1..end])?, end)));
        match known {
            Some((character, end)) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character that `&name;` stands for.
fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => return None,
    })
}

/// An attribute's value.
pub fn attribute<'a>(attributes: &'a [(String, String)], key: &str) -> Option<&'a str> {
    attributes
        .iter()
        .find(|(name, _)| name == key)
        .map(|(_, value)| value.as_str())
}

/// The words of a page, white space folded, one space between blocks and cells.
pub fn text(page: &str) -> String {
    const INLINE: &[&str] = &["a", "b", "code", "del", "em", "i", "s", "strong", "time"];
    let mut out = String::new();
    for piece in pieces(page) {
        match piece {
            Piece::Text(text) => out.push_str(&decode(text)),
            Piece::Open(name, _) | Piece::Close(name) if !INLINE.contains(&name.as_str()) => {
                out.push(' ');
            }
            _ => {}
        }
    }
    fold(&out)
}

/// `text` with folded white space, and typographic quotes and dashes in ASCII.
pub fn fold(text: &str) -> String {
    let typed = text
        .replace(['\u{2018}', '\u{2019}'], "'")
        .replace(['\u{201c}', '\u{201d}'], "\"")
        .replace('\u{2013}', "--")
        .replace('\u{2014}', "---")
        .replace('\u{2026}', "...");
    typed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The contents of the page's `<main>`, with scripts and styles emptied: every page has them, and
/// they would clutter a snapshot.
pub fn main_part(page: &str) -> String {
    let start = page.find("<main>").map_or(0, |at| at + "<main>".len());
    let end = page.rfind("</main>").unwrap_or(page.len());
    let mut out = page[start..end].to_owned();
    for name in ["style", "script"] {
        out = emptied(&out, name);
    }
    format!("{}\n", out.trim())
}

/// `html` with the contents of each `<name …>` removed.
fn emptied(html: &str, name: &str) -> String {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(&open) {
        let Some(end) = rest[at..].find('>').map(|end| at + end + 1) else {
            break;
        };
        out.push_str(&rest[..end]);
        let Some(after) = rest[end..].find(&close) else {
            rest = &rest[end..];
            break;
        };
        out.push('…');
        rest = &rest[end + after..];
    }
    out.push_str(rest);
    out
}

/// A table row.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The row's own attributes.
    pub attributes: Vec<(String, String)>,
    /// Its text.
    pub text: String,
    /// The targets of its links.
    pub links: Vec<String>,
    /// The `datetime` of each `<time>` in it.
    pub times: Vec<String>,
    /// The `data-state`s within it, its own first.
    pub states: Vec<String>,
    /// Whether it has cells that are not headings.
    pub is_body: bool,
}

/// The rows of a page's tables, in order.
pub fn rows(page: &str) -> Vec<Row> {
    let mut out = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find("<tr") {
        rest = &rest[at..];
        let end = rest.find("</tr>").unwrap_or(rest.len());
        out.push(row(&rest[..end]));
        rest = &rest[end..];
    }
    out
}

/// One row, from its `<tr` to before its `</tr>`.
fn row(html: &str) -> Row {
    let mut row = Row {
        text: text(html),
        ..Row::default()
    };
    for piece in pieces(html) {
        let Piece::Open(name, attributes) = piece else {
            continue;
        };
        let value = |key| attribute(&attributes, key).map(str::to_owned);
        row.states.extend(value("data-state"));
        match name.as_str() {
            "tr" => row.attributes = attributes,
            "a" => row.links.extend(value("href")),
            "time" => row.times.extend(value("datetime")),
            "td" => row.is_body = true,
            _ => {}
        }
    }
    row
}

#[test]
fn tags_are_read_with_their_attributes() {
    let page = "<p>a &amp; <A HREF='x?a=1&amp;b' data-x=3 hidden>b</A><!-- <a href=no> --><style>p > a {}</style></p>";
    let links: Vec<_> = pieces(page)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Open(name, attributes) if name == "a" => Some(attributes),
            _ => None,
        })
        .collect();
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(
        links,
        [vec![pair("href", "x?a=1&b"), pair("data-x", "3"), pair("hidden", "")]]
    );
    assert_eq!(text(page), "a & b");
}

/// `page` without the elements selected by `is_out` and their contents. Nested elements of the same
/// name are counted, so the page must close its elements.
pub fn without(page: &str, is_out: impl Fn(&str, &[(String, String)]) -> bool) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            out.push('<');
            rest = &rest[1..];
            continue;
        }
        let (name, attributes, after) = tag(&rest[1..]);
        if is_out(&name, &attributes) {
            rest = behind(&name, after);
        } else {
            out.push_str(&rest[..rest.len() - after.len()]);
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// The text after the end tag of the element `name`, whose start tag is just before `text`.
fn behind<'a>(name: &str, text: &'a str) -> &'a str {
    const VOID: &[&str] = &["br", "hr", "img", "input", "link", "meta", "wbr"];
    if VOID.contains(&name) {
        return text;
    }
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let (mut depth, mut rest) = (1, text);
    while depth > 0 {
        let end = rest.find(&close).unwrap_or_else(|| panic!("<{name}> is not closed"));
        let inner = rest[..end].match_indices(&open);
        let opened = inner.filter(|(at, _)| !rest[at + open.len()..].starts_with(|c: char| c.is_alphanumeric()));
        depth += opened.count();
        depth -= 1;
        rest = &rest[end + close.len()..];
    }
    rest
}

#[test]
fn elements_can_be_taken_out() {
    let page = "<p>a<span class=x>b<span>c</span></span> d<br class=x> <spanner>e</spanner></p>";
    let left = without(page, |_, attributes| attribute(attributes, "class") == Some("x"));
    assert_eq!(left, "<p>a d <spanner>e</spanner></p>");
}
