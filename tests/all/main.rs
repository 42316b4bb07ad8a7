//! Every integration test, in one binary: linking two mdBooks once is slow enough.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(clippy::print_stderr, reason = "what the large tests took is shown")]
#![allow(
    dead_code,
    unreachable_pub,
    reason = "`support` is shared with the benchmarks, which use other parts of it"
)]

#[path = "../support/mod.rs"]
mod support;

mod ask;
mod books;
mod browser;
mod carried;
mod change;
mod check;
mod company;
mod conventions;
mod diff;
mod digest;
mod disk;
mod example;
mod exports;
mod external;
mod faults;
mod fix;
mod handbook;
mod headers;
mod history;
mod hostile;
mod init;
mod large;
mod lints;
#[cfg(unix)]
mod manual;
mod marks;
mod memory;
mod minified;
mod new;
mod nothing_lost;
mod packaging;
mod page_ids;
mod pages;
mod properties;
mod questions;
mod records;
mod relations;
mod renderers;
mod shell;
mod supersede;
mod tidy;
mod values;
mod versions;
mod why;
mod wire;
mod work;
mod writing;
