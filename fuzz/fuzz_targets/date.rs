//! Whatever stands where a deadline or a status is expected: what is read as a day is a day
//! that reads as itself, and no order of day and month is guessed.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mdbook_design_docs::config::DateOrder;
use mdbook_design_docs::model::When;
use mdbook_design_docs::{Config, Source, parse};

fuzz_target!(|text: &str| {
    let mut config = Config::default();
    parse::status(text, &Source::default(), &config);
    let unordered = parse::deadline(text, &config);
    for order in [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)] {
        config.date_order = order;
        let read = parse::deadline(text, &config);
        if let When::Day(day) = read {
            assert_eq!(parse::deadline(&day.to_string(), &config), read);
        }
        // Only where the author's figures leave it open does the order decide anything.
        match unordered {
            When::Ambiguous { .. } => {}
            _ => assert_eq!(read, unordered),
        }
    }
});
