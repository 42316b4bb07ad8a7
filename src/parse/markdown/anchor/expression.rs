//! The regular expression by which mdBook 0.4 finds headings in a page, as a plain scan that
//! takes linear time.

/// A match of `<h(\d)(?: id="([^"]+)")?(?: class="([^"]+)")?>(.*?)</h\d>`.
pub(crate) struct Found<'h> {
    /// Where it begins.
    pub(crate) start: usize,
    /// Whether the tag has an id, which then stays.
    pub(crate) has_id: bool,
    /// Whether its class is one that mdBook leaves alone.
    pub(crate) skipped: bool,
    /// What stands between the tags.
    pub(crate) content: &'h str,
}

impl<'h> Found<'h> {
    /// All matches in the page.
    pub(crate) fn all(html: &'h str) -> impl Iterator<Item = Self> {
        let mut at = 0;
        // Up to here it is known that no end tag comes before the end of the line.
        let mut barren = 0;
        std::iter::from_fn(move || {
            while let Some(found) = html.get(at..)?.find("<h") {
                let start = at + found;
                at = start + 2;
                let Some((tag, content)) = OpenTag::at(html, at) else {
                    continue;
                };
                if content < barren {
                    continue;
                }
                match end_of_content(html.as_bytes(), content) {
                    Ok(end) => {
                        at = end + "</h1>".len();
                        return Some(Found {
                            start,
                            has_id: tag.has_id,
                            skipped: tag.skipped,
                            content: html.get(content..end)?,
                        });
                    }
                    Err(line_end) => barren = line_end,
                }
            }
            None
        })
    }
}

/// What an opening tag says.
struct OpenTag {
    has_id: bool,
    skipped: bool,
}

impl OpenTag {
    /// Reads the tag from behind its `<h`; also says where its content begins.
    fn at(html: &str, from: usize) -> Option<(Self, usize)> {
        let rest = html.get(from..)?;
        let rest = rest.strip_prefix(|ch: char| ch.is_ascii_digit())?;
        let (id, rest) = quoted(rest, " id=\"");
        let (class, rest) = quoted(rest, " class=\"");
        let rest = rest.strip_prefix('>')?;
        let skipped = |class: &str| matches!(class, "menu-title" | "mdbook-help-title");
        let tag = Self {
            has_id: id.is_some(),
            skipped: class.is_some_and(|class| class.split(' ').any(skipped)),
        };
        Some((tag, html.len() - rest.len()))
    }
}

/// The value of an attribute, if it is there and not empty, and what follows.
fn quoted<'h>(html: &'h str, start: &str) -> (Option<&'h str>, &'h str) {
    match html.strip_prefix(start).and_then(|rest| rest.split_once('"')) {
        Some((value, rest)) if !value.is_empty() => (Some(value), rest),
        _ => (None, html),
    }
}

/// Where the end tag of any heading begins; else where the line ends.
fn end_of_content(html: &[u8], from: usize) -> Result<usize, usize> {
    for (at, byte) in html.iter().enumerate().skip(from) {
        match byte {
            b'\n' => return Err(at),
            b'<' if matches!(html[at..], [_, b'/', b'h', b'0'..=b'9', b'>', ..]) => return Ok(at),
            _ => {}
        }
    }
    Err(html.len())
}
