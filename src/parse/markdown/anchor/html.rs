//! Parses the attributes in an author's HTML, as far as needed to find ids and links.

/// An attribute, and where its value begins in the HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attribute<'h> {
    /// The element's name, as written.
    pub(crate) element: &'h str,
    /// The attribute's name, as written.
    pub(crate) name: &'h str,
    pub(crate) value: &'h str,
    pub(crate) at: usize,
}

/// The ids of elements in an author's HTML, and the names of its anchors.
pub(crate) fn html_ids(html: &str) -> impl Iterator<Item = &str> {
    let is_id = |attribute: &Attribute<'_>| {
        let is_name = attribute.name.eq_ignore_ascii_case("name") && attribute.element.eq_ignore_ascii_case("a");
        attribute.name.eq_ignore_ascii_case("id") || is_name
    };
    let attributes = attributes(html).into_iter();
    attributes.filter(is_id).map(|attribute| attribute.value)
}

/// The attributes with values of the start tags in `html`, without those in comments.
pub(crate) fn attributes(html: &str) -> Vec<Attribute<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<') {
        let start = at + open + 1;
        let rest = &html[start..];
        if rest.starts_with("!--") {
            at = rest.find("-->").map_or(html.len(), |end| start + end + 3);
        } else if rest.starts_with(|ch: char| ch.is_ascii_alphabetic()) {
            at = tag(html, start, &mut out);
        } else {
            at = start;
        }
    }
    out
}

/// Reads the tag whose name begins at `start`. Returns the byte after the tag.
fn tag<'h>(html: &'h str, start: usize, out: &mut Vec<Attribute<'h>>) -> usize {
    let is_end = |ch: char| ch.is_ascii_whitespace() || matches!(ch, '>' | '/' | '=' | '"' | '\'');
    let word = |at: usize| html[at..].find(is_end).map_or(html.len(), |length| at + length);
    let skip = |at: usize, set: &[char]| {
        let rest = html[at..].trim_start_matches(|ch: char| ch.is_ascii_whitespace() || set.contains(&ch));
        html.len() - rest.len()
    };
    let element = &html[start..word(start)];
    let mut at = word(start);
    loop {
        at = skip(at, &['/', '"', '\'']);
        if at >= html.len() || html[at..].starts_with('>') {
            return (at + 1).min(html.len());
        }
        let end = word(at);
        let name = &html[at..end];
        let equals = skip(end, &[]);
        if !html[equals..].starts_with('=') {
            at = end.max(at + 1);
            continue;
        }
        let from = skip(equals + 1, &[]);
        let quote = html[from..].chars().next().filter(|ch| matches!(ch, '"' | '\''));
        let (from, to) = match quote {
            Some(quote) => {
                let length = html[from + 1..].find(quote);
                (from + 1, length.map_or(html.len(), |length| from + 1 + length))
            }
            None => {
                let is_end = |ch: char| ch.is_ascii_whitespace() || ch == '>';
                let length = html[from..].find(is_end);
                (from, length.map_or(html.len(), |length| from + length))
            }
        };
        out.push(Attribute {
            element,
            name,
            value: &html[from..to],
            at: from,
        });
        at = (to + usize::from(quote.is_some())).min(html.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_in_every_spelling() {
        let html = "<!-- <a id=no> --><a id=\"x\" name='y'>t</a><div hidden ID = z/><p class=\"a b\"\n id='w'";
        let found: Vec<_> = attributes(html)
            .iter()
            .map(|attribute| (attribute.element, attribute.name, attribute.value))
            .collect();
        let expected = [
            ("a", "id", "x"),
            ("a", "name", "y"),
            ("div", "ID", "z/"),
            ("p", "class", "a b"),
            ("p", "id", "w"),
        ];
        assert_eq!(found, expected);
        assert!(attributes("a < b > c <").is_empty());
        assert!(
            attributes("<a id=\"")
                .iter()
                .all(|attribute| attribute.value.is_empty())
        );
    }
}
