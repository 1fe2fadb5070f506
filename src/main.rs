use std::process::ExitCode;

/// Reading copy asks for many small pieces of memory: an article is annotated and checked in a tenth less time with this allocator
/// than with the C library's. It keeps more of them: 54 MB for a folder where that one takes 37, 57 in an editor where it takes 24. Its
/// third version is no faster and takes twice as much.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    newslint::cli::main()
}
