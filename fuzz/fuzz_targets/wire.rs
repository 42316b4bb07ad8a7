//! Whatever comes on stdin, the answer is JSON or an error that has written nothing.

#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use mdbook_design_docs::DesignDocs;
use serde::de::IgnoredAny;

// What is survived is no crash.
fuzz_target!(init: mdbook_design_docs::parse::hush_survived_panics(), |bytes: &[u8]| {
    let mut out = Vec::new();
    let answer = DesignDocs::on(date(2026, 11, 23)).preprocess(bytes, &mut out, &mut Vec::new());
    match answer {
        Ok(()) => {
            let text = std::str::from_utf8(&out).unwrap();
            let _: IgnoredAny = serde_json::from_str(text).unwrap();
        }
        Err(_) => assert!(out.is_empty()),
    }
});
