//! Whatever comes on stdin, the answer is a book or an error that has written nothing.

#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use mdbook_design_docs::DesignDocs;

fuzz_target!(|bytes: &[u8]| {
    let mut out = Vec::new();
    let answer = DesignDocs::on(date(2026, 11, 23)).preprocess(bytes, &mut out, &mut Vec::new());
    assert!(answer.is_ok() || out.is_empty());
});
