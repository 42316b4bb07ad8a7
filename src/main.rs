//! The program's entry point.

/// A book consists of many small strings, allocated and freed on every core.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    mdbook_design_docs::cli::main()
}
