//! The language server from outside: a client over in-memory pipes with real framing, and the program itself.

mod actions;
mod client;
mod configuration;
mod life;
mod parity;
mod program;
mod reference;
mod sync;
mod toy;
