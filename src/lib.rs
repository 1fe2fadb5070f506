//! newslint: the copy desk as a language server and a linter.
//!
//! The rooms stand in the order in which the data walks through them; a test reads this list, and each may use only those
//! above it. Empty lines keep the order from being sorted away.

pub mod text;

pub mod source;

pub mod diagnostic;
pub mod fix;

pub mod config_error;

pub mod strict_toml;

pub mod annotate;

pub mod facts;

pub mod corpus;

pub mod rules;

pub mod checks;

pub mod suppress;

pub mod lint;

pub mod examples;

pub mod config;

pub mod report;

pub mod lsp;

pub mod cli;
