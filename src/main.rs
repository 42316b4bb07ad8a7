//! From arguments to exit code.

/// A book is a great many small texts, made and dropped on every core at once.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    mdbook_design_docs::cli::main()
}
