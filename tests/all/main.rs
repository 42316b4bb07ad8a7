//! Every integration test, in one binary: linking two mdBooks once is slow enough.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(clippy::print_stderr, reason = "a test that cannot run says so")]
#![allow(
    dead_code,
    unreachable_pub,
    reason = "`support` is shared with the benchmarks, which use other parts of it"
)]

#[path = "../support/mod.rs"]
mod support;

mod books;
mod check;
mod conventions;
mod example;
mod fix;
mod handbook;
mod lints;
mod tidy;
mod wire;
