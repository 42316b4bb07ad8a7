//! Whatever comes on stdin, the answer is JSON or an error that has written nothing.

#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use mdbook_design_docs::DesignDocs;
use serde::de::IgnoredAny;

// A panic of pulldown-cmark is survived, and no crash; one of ours is a fault.
fuzz_target!(init: mdbook_design_docs::parse::hush_survived_panics(), |bytes: &[u8]| {
    let (mut out, mut notes) = (Vec::new(), Vec::new());
    let answer = DesignDocs::on(date(2026, 11, 23)).preprocess(bytes, &mut out, &mut notes);
    let fault = b"mdbook-design-docs itself fails";
    assert!(!notes.windows(fault.len()).any(|window| window == fault));
    match answer {
        Ok(()) => {
            let text = std::str::from_utf8(&out).unwrap();
            let _: IgnoredAny = serde_json::from_str(text).unwrap();
        }
        Err(_) => assert!(out.is_empty()),
    }
});
