//! `newslint lsp`.

use std::path::PathBuf;

use clap::Args;

use super::Exit;
use crate::lsp;

#[derive(Args)]
pub struct Arguments {
    /// Talk over standard input and output: what it does anyway, for editors that ask for it
    #[arg(long)]
    stdio: bool,
    /// Write every message to FILE, for a bug report; it holds the copy that was open
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

pub fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let Arguments { stdio: _, record } = arguments;
    let log = tracing_subscriber::EnvFilter::try_from_default_env();
    tracing_subscriber::fmt()
        .with_env_filter(log.unwrap_or_else(|_| "warn,newslint=info".into()))
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .init();
    let properly = lsp::run(&lsp::Options { record })?;
    // The protocol's codes: 0 after `shutdown`, else 1.
    Ok(if properly { Exit::Clean } else { Exit::Found })
}
