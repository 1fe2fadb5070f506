//! HTML, by html5gum.

use super::Builder;
use super::front_matter::FrontMatter;

pub fn read(_builder: &mut Builder<'_>) -> FrontMatter {
    FrontMatter::default()
}
