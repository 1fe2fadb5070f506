//! The integration tests, as one binary: a file for each thing that is tried from outside.

mod architecture;
mod cli;
mod conflicts;
mod corpus;
mod growth;
mod lsp;
mod pages;
mod planted;
mod properties;
mod specs;
