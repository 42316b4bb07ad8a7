//! A word and its meaning on one line: `**Term**: what it means`, `Term - what it means`.

use crate::parse::markdown::inline::{Run, cut, trim, words};

/// The runs before and behind the first mark between a term and its definition.
pub(crate) fn split<'a>(runs: &[Run<'a>]) -> Option<(Vec<Run<'a>>, Vec<Run<'a>>)> {
    const MARKS: [&str; 4] = [": ", " - ", " – ", " — "];
    for (at, run) in runs.iter().enumerate().filter(|(_, run)| !run.code) {
        let mark = memchr::memchr2_iter(b':', b' ', run.text.as_bytes()).find_map(|at| {
            let mark = MARKS.iter().find(|mark| run.text[at..].starts_with(**mark))?;
            Some((at, mark.len()))
        });
        // `**Term:** what` has its mark at the end of the bold.
        let mark = mark.or_else(|| run.text.trim_end().strip_suffix(':').map(|text| (text.len(), 1)));
        let Some((from, length)) = mark else { continue };
        let mut before = runs[..at].to_vec();
        before.push(cut(run, 0, from));
        let mut after = vec![cut(run, from + length, run.text.len())];
        after.extend_from_slice(&runs[at + 1..]);
        let (before, after) = (trim(&before), trim(&after));
        return (!words(&before).is_empty()).then_some((before, after));
    }
    None
}
