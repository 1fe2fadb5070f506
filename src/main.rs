use std::process::ExitCode;

/// Reading copy asks for many small pieces of memory on every core at once: a folder is checked in a twentieth less time with this
/// allocator than with the C library's, in as much memory. Its third version is no faster and takes twice as much.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    newslint::cli::main()
}
