//! Turns what a terminal shows into a picture for the README:
//! `newslint check examples/drafts/ferry-strike.md --color always | cargo run --example picture > docs/terminal.svg`.

use std::io::Read;

fn main() -> std::io::Result<()> {
    let mut shown = String::new();
    std::io::stdin().read_to_string(&mut shown)?;
    print!("{}", anstyle_svg::Term::new().render_svg(&shown));
    Ok(())
}
