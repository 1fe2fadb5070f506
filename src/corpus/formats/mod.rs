//! How stories come into the archive: files that drafts are written in, and the wire and feed formats, which may hold
//! many stories each.
//!
//! What is no draft format is turned into plain HTML of headline, byline and paragraphs, so that one reader finds the
//! blocks of all of them.

mod feed;
mod json;
mod newsml;
mod nitf;
mod xml;

#[cfg(test)]
mod tests;

use jiff::civil::Date;

use super::story::Story;

/// The stories in a file, by its name and, for XML, by its root element. An error says what is wrong with the file as a whole; what
/// is wrong with one story of many leaves that one out.
pub fn read(path: &str, text: String) -> Result<Vec<Story>, String> {
    let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "xml" | "nitf" | "newsml" | "rss" | "atom" => {
            let root = xml::parse(&text)?;
            match root.name.as_str() {
                "nitf" => Ok(nitf::stories(&root, path)),
                "newsItem" | "newsMessage" | "packageItem" => Ok(newsml::stories(&root, path)),
                "rss" | "feed" | "RDF" => Ok(feed::stories(&root, path)),
                other => Err(format!("<{other}> is none of NITF, NewsML-G2, RSS and Atom")),
            }
        }
        "json" | "ninjs" => json::stories(&text, path),
        "jsonl" | "ndjson" => json::lines(&text, path),
        _ => Ok(vec![Story::of_file(path, text)]),
    }
}

/// The story on line `number` of a file of JSON lines; none if it may not be used.
pub fn line(line: &str, path: &str, number: usize) -> Result<Option<Story>, String> {
    json::line(line, path, number)
}

/// Whether a file in a folder may hold stories, by its name.
pub fn is_known(ending: &str) -> bool {
    is_wire(ending) || matches!(ending.to_ascii_lowercase().as_str(), "txt" | "md" | "markdown" | "html" | "htm")
}

/// Whether a file holds stories in a format of wires and feeds, by its name.
pub fn is_wire(ending: &str) -> bool {
    let ending = ending.to_ascii_lowercase();
    matches!(ending.as_str(), "xml" | "nitf" | "newsml" | "rss" | "atom" | "json" | "ninjs" | "jsonl" | "ndjson")
}

/// Builds the HTML that stands for a story.
#[derive(Default)]
struct Page(String);

impl Page {
    /// Appends an element of plain text; nothing if there is none.
    fn text(&mut self, open: &str, text: &str, close: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.0.push_str(open);
            escape(text, &mut self.0);
            self.0.push_str(close);
            self.0.push('\n');
        }
    }

    fn headline(&mut self, text: &str) {
        self.text("<h1>", text, "</h1>");
    }

    fn standfirst(&mut self, text: &str) {
        self.text("<p class=\"standfirst\">", text, "</p>");
    }

    fn byline(&mut self, text: &str) {
        self.text("<p class=\"byline\">", text, "</p>");
    }

    /// Appends a body that may be HTML, or plain text with a paragraph on each line.
    fn body(&mut self, body: &str) {
        if looks_like_html(body) {
            self.0.push_str(body);
            self.0.push('\n');
            return;
        }
        let blank = body.lines().any(|line| line.trim().is_empty());
        let paragraphs: Vec<String> = if blank {
            let mut paragraphs = vec![String::new()];
            for line in body.lines().map(str::trim) {
                match paragraphs.last_mut() {
                    Some(_) if line.is_empty() => paragraphs.push(String::new()),
                    Some(last) => {
                        if !last.is_empty() {
                            last.push(' ');
                        }
                        last.push_str(line);
                    }
                    None => {}
                }
            }
            paragraphs
        } else {
            body.lines().map(str::to_owned).collect()
        };
        for paragraph in paragraphs {
            self.text("<p>", &paragraph, "</p>");
        }
    }

    fn finish(self) -> String {
        self.0
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
}

/// Whether a body has tags of paragraphs, line breaks or links.
fn looks_like_html(body: &str) -> bool {
    ["<p>", "<p ", "<br", "<div", "<a ", "<em>", "<strong>", "<h2", "<P>"].iter().any(|tag| body.contains(tag))
}

/// The day in a date as the formats write it: `2026-03-01…`, `20260301T…`, `Sun, 01 Mar 2026 …`, `01-MAR-2026 …`.
fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Some(date) = text.get(..10).and_then(|t| t.parse().ok()) {
        return Some(date);
    }
    let digits = text.get(..8).filter(|t| t.bytes().all(|b| b.is_ascii_digit()));
    if let Some(digits) = digits {
        return Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?).ok();
    }
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).collect();
    let month_at = parts.iter().position(|p| {
        p.get(..3)
            .is_some_and(|m| p.chars().all(char::is_alphabetic) && MONTHS.contains(&m.to_ascii_lowercase().as_str()))
    })?;
    let month = MONTHS.iter().position(|m| parts[month_at][..3].eq_ignore_ascii_case(m))? as i8 + 1;
    // The day is before the month, or after it in American order.
    let number = |at: usize| parts.get(at).and_then(|p| p.parse::<i16>().ok());
    let (day, year) = match month_at.checked_sub(1).and_then(number) {
        Some(day) => (day, number(month_at + 1)?),
        None => (number(month_at + 1)?, number(month_at + 2)?),
    };
    Date::new(year, month, i8::try_from(day).ok()?).ok()
}
