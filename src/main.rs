//! From arguments to exit code.

fn main() -> std::process::ExitCode {
    mdbook_design_docs::cli::main()
}
