//! newslint: the copy desk as a language server and a linter. The rooms, in the order in which the data walks through them:

pub mod annotate;
pub mod checks;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod diagnostic;
pub mod facts;
pub mod lint;
pub mod lsp;
pub mod report;
pub mod rules;
pub mod source;
pub mod text;
