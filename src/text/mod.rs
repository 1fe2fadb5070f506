//! Text and places in it: spans (bytes), lines, decoding, folding, the lexicon, tokens, sentences, exact numbers.

pub mod calendar;
pub mod decode;
mod eight;
pub mod fold;
pub mod inflect;
mod keyed_lines;
pub mod lexicon;
pub mod line_index;
pub mod number_words;
pub mod rational;
pub mod sentence;
pub mod span;
pub mod spelling;
pub mod token;
mod word_bits;
mod word_filter;
mod word_hash;
mod word_list;

pub use keyed_lines::KeyedLines;
pub use lexicon::Lex;
pub use rational::Rational;
pub use span::Span;
pub use token::{Case, Token, TokenKind};
pub use word_bits::word_bits;
pub use word_filter::WordFilter;
pub use word_hash::word_hash;
pub use word_list::WordList;
