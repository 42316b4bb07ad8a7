//! Writes what the fuzzer begins with, `corpus/<target>/`, from the documents that the tests
//! read and the example handbook: `cargo run --example seed`, in this folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::json;

#[path = "../../tests/support/message.rs"]
mod message;

const ROOTS: [&str; 3] = ["../tests/conventions", "../tests/books", "../book-example/src"];

fn main() -> io::Result<()> {
    let mut seeds = Seeds::default();
    for root in ROOTS {
        let mut files = Vec::new();
        below(Path::new(root), &mut files)?;
        for file in files {
            let text = fs::read_to_string(&file)?;
            seeds.write("document", &text)?;
            if let Some((front, _)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---")) {
                seeds.write("front_matter", front)?;
            }
            for value in values(&text) {
                seeds.write("date", value)?;
            }
            seeds.write(
                "wire",
                &message::message([("a.md", text.as_str())], &json!({"after": ["links"]})),
            )?;
        }
    }
    for version in ["0.4", "0.5"] {
        seeds.write("wire", &fs::read_to_string(format!("../tests/wire/{version}.json"))?)?;
    }
    println!("{} seeds in corpus/", seeds.count);
    Ok(())
}

/// Every Markdown file below `folder` that an author wrote, in no order.
fn below(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "expected") {
            below(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    Ok(())
}

/// What could be a date or a status: what stands behind a label's colon, and cells.
fn values(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.lines().flat_map(|line| line.split(['|', ':']).skip(1));
    pieces
        .map(|piece| piece.trim_matches(['*', ' ']))
        .filter(|piece| (1..60).contains(&piece.len()))
}

#[derive(Default)]
struct Seeds {
    count: usize,
}

impl Seeds {
    fn write(&mut self, target: &str, text: &str) -> io::Result<()> {
        let folder = Path::new("corpus").join(target);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("seed-{}", self.count)), text)?;
        self.count += 1;
        Ok(())
    }
}
