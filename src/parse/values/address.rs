//! The addresses of the book's own chapters on the web: its pages, and its files in the repository.

use crate::config::Config;
use crate::source::percent_decoded;

/// The path of a chapter's file or page from the root of the book or of the repository, with a
/// slash before it, if `url` leads there. The folders above the chapters are still in it.
pub(crate) fn own_path(url: &str, config: &Config) -> Option<String> {
    let url = url.split(['#', '?']).next()?;
    if !url.starts_with("http") {
        return None;
    }
    let page = config.base_url.as_deref().and_then(|base| url.strip_prefix(base));
    let path = page.map(str::to_owned).or_else(|| {
        let repository = config.repository.as_deref()?;
        in_repository(url, repository).or_else(|| on_pages(url, repository))
    })?;
    (!path.is_empty()).then(|| format!("/{}", percent_decoded(&path)))
}

/// `adr/0001.md` of `https://github.com/o/r/blob/main/adr/0001.md`; other hosts write `/-/blob/` or
/// `/src/branch/`.
fn in_repository(url: &str, repository: &str) -> Option<String> {
    let rest = url.strip_prefix(repository)?.strip_prefix('/')?;
    let rest = rest.strip_prefix("-/").unwrap_or(rest);
    let (view, rest) = rest.split_once('/')?;
    let (_branch, path) = rest.split_once('/')?;
    let path = match view {
        "blob" | "tree" | "edit" | "raw" | "blame" => path,
        "src" => path.split_once('/')?.1,
        _ => return None,
    };
    Some(path.to_owned())
}

/// The path of a page on GitHub Pages, where a repository has its site unless it says otherwise.
fn on_pages(url: &str, repository: &str) -> Option<String> {
    let (owner, name) = repository.strip_prefix("https://github.com/")?.split_once('/')?;
    let site = format!("https://{}.github.io/{name}/", owner.to_lowercase());
    url.strip_prefix(&site).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_files_of_the_book_are_known_by_their_address() {
        let config = Config {
            base_url: Some("https://danfocart.example/handbook/".to_owned()),
            repository: Some("https://github.com/Danfo/handbook".to_owned()),
            ..Config::default()
        };
        for (url, path) in [
            ("https://danfocart.example/handbook/adr/1.html#why", Some("/adr/1.html")),
            (
                "https://github.com/Danfo/handbook/blob/main/src/adr/1.md?plain=1",
                Some("/src/adr/1.md"),
            ),
            (
                "https://github.com/Danfo/handbook/-/blob/main/adr/1.md",
                Some("/adr/1.md"),
            ),
            (
                "https://github.com/Danfo/handbook/src/branch/main/adr/1.md",
                Some("/adr/1.md"),
            ),
            ("https://danfo.github.io/handbook/adr/1.html", Some("/adr/1.html")),
            ("https://github.com/Danfo/handbook/pull/12", None),
            ("https://github.com/Danfo/handbook-2/blob/main/adr/1.md", None),
            ("https://github.com/other/handbook/blob/main/adr/1.md", None),
            ("adr/1.md", None),
        ] {
            assert_eq!(own_path(url, &config).as_deref(), path, "{url}");
        }
        assert_eq!(
            own_path("https://danfocart.example/handbook/", &Config::default()),
            None
        );
    }
}
