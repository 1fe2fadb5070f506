//! From tables to typed entries, with every check that one entry alone allows.

use std::path::Path;
use std::sync::Arc;

use globset::{Glob, GlobSet, GlobSetBuilder};
use jiff::civil::Date;
use toml::Spanned;
use toml::de::DeTable;

use super::{
    EventEntry, Facts, FigureEntry, Listed, NamedEntry, NeverEntry, PersonEntry, PinEntry, Provenance, QuoteEntry,
    Secret, Tenure,
};
use crate::annotate::{Figure, figure};
use crate::config_error::did_you_mean;
use crate::source::Draft;
use crate::strict_toml::{Keys, TomlFile};
use crate::text::Span;
use crate::text::fold::ascii_key;
use crate::text::line_index::Place;

pub(super) struct Reader<'a, 't> {
    pub file: &'a TomlFile<'t>,
    pub path: &'a Arc<Path>,
    pub facts: &'a mut Facts,
}

impl<'t> Reader<'_, 't> {
    /// Reads one entry of `table`; one without its first key is reported and left out.
    pub fn read(&mut self, table: &str, entry: Spanned<&DeTable<'t>>) {
        let span = entry_span(&entry);
        let mut keys = self.file.keys(entry.get_ref(), span.range());
        let read = match table {
            "person" => self.person(&mut keys, span),
            "organization" | "place" => self.named(&mut keys, span, table == "place"),
            "figure" => self.figure(&mut keys, span),
            "quote" => self.quote(&mut keys, span),
            "event" => self.event(&mut keys, span),
            "pin" => self.pin(&mut keys, span),
            _ => self.never(&mut keys, span),
        };
        if read.is_none() {
            ask_for_all(&mut keys, table);
        }
        keys.finish();
    }

    fn listed(&self, text: &Spanned<&str>) -> Listed {
        let range = text.span();
        Listed {
            text: text.get_ref().trim().to_owned(),
            span: Span::new(range.start, range.end),
            place: self.place(range.start),
        }
    }

    fn place(&self, at: usize) -> Place {
        let error = self.file.places().error(at..at, "", None);
        Place { line: error.line, column: error.column }
    }

    /// The text of a key that must be there and hold something.
    fn required(&self, keys: &mut Keys<'_, 't>, key: &'static str, help: &str) -> Option<Listed> {
        if !keys.has(key) {
            keys.value(key);
            keys.missing(key, help);
            return None;
        }
        let text = keys.string(key)?;
        if text.get_ref().trim().is_empty() {
            self.file.error(text.span(), format!("“{key}” is empty"));
            return None;
        }
        Some(self.listed(&text))
    }

    fn list(&self, keys: &mut Keys<'_, 't>, key: &'static str) -> Vec<Listed> {
        let mut list: Vec<Listed> = Vec::new();
        for text in keys.strings(key) {
            let listed = self.listed(&text);
            if listed.text.is_empty() {
                self.file.error(text.span(), format!("an empty form in “{key}”"));
            } else if list.iter().any(|l| l.text == listed.text) {
                self.file.error(text.span(), format!("“{}” is in “{key}” twice", listed.text));
            } else {
                list.push(listed);
            }
        }
        list
    }

    fn text(&self, keys: &mut Keys<'_, 't>, key: &'static str) -> Option<String> {
        keys.string(key).map(|text| text.get_ref().trim().to_owned())
    }

    fn choice(&self, keys: &mut Keys<'_, 't>, key: &'static str, known: &[&'static str]) -> Option<&'static str> {
        let text = keys.string(key)?;
        let found = known.iter().copied().find(|k| k == text.get_ref());
        if found.is_none() {
            let help = match did_you_mean(text.get_ref(), known.iter().copied()) {
                Some(meant) => format!("did you mean “{meant}”?"),
                None => format!("“{}” was meant", known.join("” or “")),
            };
            self.file.error_with_help(text.span(), format!("“{key}” cannot be “{}”", text.get_ref()), help);
        }
        found
    }

    fn provenance(&self, keys: &mut Keys<'_, 't>, entry: Span, words: &Listed) -> Provenance {
        Provenance {
            path: self.path.clone(),
            entry,
            span: words.span,
            place: words.place,
            proposed: self.choice(keys, "status", &["proposed"]).is_some(),
            reviewed: keys.date("reviewed").map(Spanned::into_inner),
            source: self.text(keys, "source"),
        }
    }

    /// Reports a form that stands both as the house form and as one to avoid, or in two lists.
    fn check_forms(&self, name: &Listed, lists: [(&str, &[Listed]); 2]) {
        let mut seen = vec![("name", name)];
        for (key, forms) in lists {
            for form in forms {
                if let Some((other, _)) = seen.iter().find(|(_, s)| s.text == form.text) {
                    let message = format!("“{}” is in “{key}” and is also in “{other}”", form.text);
                    self.file.error_with_help(form.span.range(), message, "keep one of the two");
                }
                seen.push((key, form));
            }
        }
    }

    fn person(&mut self, keys: &mut Keys<'_, 't>, span: Span) -> Option<()> {
        let name = self.required(keys, "name", "write the house form: name = \"…\"")?;
        let variants = self.list(keys, "variants");
        let wrong = self.list(keys, "wrong");
        self.check_forms(&name, [("variants", &variants), ("wrong", &wrong)]);
        let titles: Vec<Tenure> = keys.tables("titles").into_iter().filter_map(|t| self.tenure(t)).collect();
        self.check_tenures(&titles);
        let describe = self.text(keys, "describe");
        let pronouns = self.text(keys, "pronouns");
        let born = keys.date("born").map(Spanned::into_inner);
        let family_first = self.choice(keys, "order", &["family-first", "given-first"]) == Some("family-first");
        let provenance = self.provenance(keys, span, &name);
        if let Some(twin) = self.facts.people.iter().find(|p| p.name.text == name.text)
            && (twin.born == born && twin.describe == describe)
            // What is proposed for a listed person is for the desk to take over.
            && twin.provenance.proposed == provenance.proposed
        {
            self.twice(&name, &twin.provenance, "give “born” or “describe” if these are two people");
        }
        self.facts.people.push(PersonEntry {
            name,
            variants,
            wrong,
            titles,
            describe,
            pronouns,
            born,
            family_first,
            provenance,
        });
        Some(())
    }

    fn twice(&self, name: &Listed, other: &Provenance, help: &str) {
        let file = other.path.to_string_lossy().replace('\\', "/");
        let message = format!("“{}” is listed at {file}:{} too", name.text, other.place.line);
        self.file.error_with_help(name.span.range(), message, help);
    }

    fn tenure(&self, table: Spanned<&DeTable<'t>>) -> Option<Tenure> {
        let mut keys = self.file.keys(table.get_ref(), table.span());
        let title = self.required(&mut keys, "title", "write the office: title = \"…\"");
        let short = self.list(&mut keys, "short");
        let from = keys.date("from");
        let to = keys.date("to");
        keys.finish();
        let (from, to) = self.in_order(from, to);
        Some(Tenure { title: title?, short, from, to })
    }

    /// Reports an office that is listed twice for the same days. A day of both is none: one tenure may end on the day on which the next begins.
    fn check_tenures(&self, titles: &[Tenure]) {
        for (at, later) in titles.iter().enumerate() {
            let starts_before_end = |from: Option<Date>, to: Option<Date>| match (from, to) {
                (Some(from), Some(to)) => from < to,
                _ => true,
            };
            let overlaps = |earlier: &&Tenure| {
                earlier.title.text == later.title.text
                    && starts_before_end(earlier.from, later.to)
                    && starts_before_end(later.from, earlier.to)
            };
            if let Some(earlier) = titles[..at].iter().find(overlaps) {
                let known = |dates: String| if dates.is_empty() { "at any time".to_owned() } else { dates };
                let (ours, theirs) = (known(later.dates()), known(earlier.dates()));
                let message = format!("“{}” {ours} overlaps the same {theirs}", later.title.text);
                let help = "make them one, or give the earlier an end: to = 2026-01-31";
                self.file.error_with_help(later.title.span.range(), message, help);
            }
        }
    }

    /// The two dates; reported if the second is before the first.
    fn in_order(&self, from: Option<Spanned<Date>>, to: Option<Spanned<Date>>) -> (Option<Date>, Option<Date>) {
        if let (Some(from), Some(to)) = (&from, &to)
            && to.get_ref() < from.get_ref()
        {
            let message = format!("it ends on {}, before it begins on {}", to.get_ref(), from.get_ref());
            self.file.error(to.span(), message);
        }
        (from.map(Spanned::into_inner), to.map(Spanned::into_inner))
    }

    fn named(&mut self, keys: &mut Keys<'_, 't>, span: Span, is_place: bool) -> Option<()> {
        let name = self.required(keys, "name", "write the house form: name = \"…\"")?;
        let short = self.list(keys, "short");
        let variants = self.list(keys, "variants");
        let wrong = self.list(keys, "wrong");
        self.check_forms(&name, [("variants", &variants), ("wrong", &wrong)]);
        let of = self.text(keys, "of");
        let provenance = self.provenance(keys, span, &name);
        let list = if is_place { &self.facts.places } else { &self.facts.organizations };
        if let Some(twin) = list.iter().find(|o| o.name.text == name.text && o.of == of) {
            self.twice(&name, &twin.provenance, "give “of” if these are two");
        }
        let list = if is_place { &mut self.facts.places } else { &mut self.facts.organizations };
        list.push(NamedEntry { name, short, variants, wrong, of, provenance });
        Some(())
    }

    fn figure(&mut self, keys: &mut Keys<'_, 't>, span: Span) -> Option<()> {
        let what = self.required(keys, "what", "say what is counted: what = \"…\"")?;
        let patterns = self.list(keys, "match");
        for pattern in patterns.iter().filter(|p| p.text.matches("{figure}").count() != 1) {
            let message = format!("“{}” has no place for the figure", pattern.text);
            self.file.error_with_help(pattern.span.range(), message, "write {figure} once, where the figure stands");
        }
        let value = self.required(keys, "value", "write the figure as copy has it: value = \"20%\"")?;
        let read = self.read_figure(&value);
        let tolerance = keys.string("tolerance").map(|text| self.listed(&text));
        let tolerance = tolerance.map(|listed| {
            let read = self.read_figure(&listed);
            (listed, read)
        });
        let as_of = keys.date("as-of").map(Spanned::into_inner);
        let provenance = self.provenance(keys, span, &what);
        self.facts.figures.push(FigureEntry { what, patterns, value, figure: read, tolerance, as_of, provenance });
        Some(())
    }

    /// The one figure that the words are, such as `20%` or `2 percentage points`.
    fn read_figure(&self, listed: &Listed) -> Option<Figure> {
        let read = figure::read(&Draft::from_text(&listed.text), &[]).into_iter().next();
        if read.is_none() && !listed.text.contains(|c: char| c.is_ascii_digit()) {
            self.file.error(listed.span.range(), format!("“{}” is no figure that can be read", listed.text));
        }
        read
    }

    fn quote(&mut self, keys: &mut Keys<'_, 't>, span: Span) -> Option<()> {
        let text = self.required(keys, "text", "write the words: text = \"…\"")?;
        let speaker = keys.string("speaker").map(|text| self.listed(&text));
        let date = keys.date("date").map(Spanned::into_inner);
        let written = self.choice(keys, "kind", &["written", "spoken"]) == Some("written");
        let provenance = self.provenance(keys, span, &text);
        let words = Draft::from_text(&text.text);
        self.facts.quotes.push(QuoteEntry { text, words, speaker, date, written, provenance });
        Some(())
    }

    fn event(&mut self, keys: &mut Keys<'_, 't>, span: Span) -> Option<()> {
        let what = self.required(keys, "what", "say what happens: what = \"…\"");
        let date = keys.date("date");
        let to = keys.date("to");
        if !keys.has("date") {
            keys.missing("date", "write the day: date = 2026-05-03");
        }
        let (date, to) = self.in_order(date, to);
        let (what, date) = (what?, date?);
        let provenance = self.provenance(keys, span, &what);
        self.facts.events.push(EventEntry { what, date, to, provenance });
        Some(())
    }

    fn pin(&mut self, keys: &mut Keys<'_, 't>, span: Span) -> Option<()> {
        let form = self.required(keys, "form", "write the form that is right: form = \"…\"");
        let code = self.required(keys, "code", "write the code that should be silent: code = \"names/spelling\"");
        let files = self.files(keys);
        let who = self.text(keys, "who");
        let (form, code) = (form?, code?);
        let provenance = self.provenance(keys, span, &form);
        self.facts.pins.push(PinEntry { form, code, files, who, provenance });
        Some(())
    }

    fn files(&self, keys: &mut Keys<'_, 't>) -> Option<GlobSet> {
        let patterns = self.list(keys, "files");
        let mut set = GlobSetBuilder::new();
        for pattern in &patterns {
            match Glob::new(&pattern.text) {
                Ok(glob) => {
                    set.add(glob);
                }
                Err(error) => {
                    let message = format!("“{}” is no file pattern: {}", pattern.text, error.kind());
                    self.file.error(pattern.span.range(), message);
                }
            }
        }
        set.build().ok().filter(|_| !patterns.is_empty())
    }

    fn never(&mut self, keys: &mut Keys<'_, 't>, span: Span) -> Option<()> {
        let hash = keys.string("hash").map(|text| self.listed(&text));
        let name = keys.string("name").map(|text| self.listed(&text));
        let until = keys.date("until").map(Spanned::into_inner);
        let why = self.required(keys, "why", "write the reason: why = \"court order\"");
        let (secret, words) = match (hash, name) {
            (Some(hash), None) => match unhex(&hash.text) {
                Some(bytes) => (Secret::Hash(bytes), hash),
                None => {
                    let help = "`newslint facts hide NAME` writes the entry";
                    self.file.error_with_help(hash.span.range(), "a hash has 64 digits and letters from a to f", help);
                    return None;
                }
            },
            (None, Some(name)) if !name.text.is_empty() => (Secret::Name(ascii_key(&name.text)), name),
            (Some(_), Some(name)) => {
                self.file.error_with_help(name.span.range(), "“name” and “hash” in one entry", "remove the name");
                return None;
            }
            _ => {
                keys.missing("hash", "`newslint facts hide NAME` writes the entry");
                return None;
            }
        };
        let why = why?.text;
        let provenance = self.provenance(keys, span, &words);
        self.facts.never.push(NeverEntry { secret, why, until, provenance });
        Some(())
    }
}

/// Asks for every key of `table`, so that an entry that was given up half way does not have its good keys called unknown.
fn ask_for_all(keys: &mut Keys<'_, '_>, table: &str) {
    let known: &[&'static str] = match table {
        "person" => &["variants", "wrong", "titles", "describe", "pronouns", "born", "order"],
        "organization" | "place" => &["short", "variants", "wrong", "of"],
        "figure" => &["match", "value", "tolerance", "as-of"],
        "quote" => &["speaker", "date", "kind"],
        _ => &[],
    };
    for key in known.iter().chain(&["status", "reviewed", "source"]) {
        keys.value(key);
    }
}

/// The entry from its header to the end of its last value, where the parser gives the header alone.
fn entry_span(entry: &Spanned<&DeTable<'_>>) -> Span {
    let ends = entry.get_ref().values().map(|v| v.span().end);
    let span = entry.span();
    Span::new(span.start, ends.fold(span.end, usize::max))
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    blake3::Hash::from_hex(text).ok().map(Into::into)
}
