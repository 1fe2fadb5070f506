//! The built-in checks: one file for each family of codes, and the registry of them all.

mod claims;
mod copy;
mod dates;
mod figures;
mod names;
mod option_words;
mod organizations;
mod page;
mod quotes;
mod reference;
mod suppression;
mod titles;
pub(crate) mod words;

use std::any::{Any, TypeId};
use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;

use crate::annotate::{Annotations, quote};
use crate::corpus::{Reference, Sources};
use crate::diagnostic::Finding;
use crate::source::Draft;
use crate::text::Span;

pub use page::{Defaults, Page, Severities};

/// A built-in check. Its page in `rules/core` holds its words, default severities, options and examples.
pub struct Check {
    pub code: &'static str,
    /// The TOML of its page.
    pub page: &'static str,
    pub run: fn(&Context<'_>, &mut Vec<Finding>),
    /// Parses its options (the page's defaults with the configuration laid over them).
    pub options: fn(toml::Table) -> Result<OptionValue, toml::de::Error>,
}

/// The parsed options of one check.
pub type OptionValue = (TypeId, Arc<dyn Any + Send + Sync>);

/// The options of a check without any.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoOptions {}

/// Parses options of type `T`, for [`Check::options`]. `T` should deny unknown fields.
pub fn options<T: DeserializeOwned + Send + Sync + 'static>(
    table: toml::Table,
) -> Result<OptionValue, toml::de::Error> {
    let value: T = toml::Value::Table(table).try_into()?;
    Ok((TypeId::of::<T>(), Arc::new(value)))
}

/// The options in force for all checks, by their type: a check with options has a type of its own for them.
#[derive(Clone, Default)]
pub struct OptionSet(FxHashMap<TypeId, Arc<dyn Any + Send + Sync>>);

impl OptionSet {
    /// The options on the pages of all checks.
    pub fn defaults() -> OptionSet {
        let mut set = OptionSet::default();
        for check in all() {
            let table = check.defaults().options.clone();
            set.insert((check.options)(table).expect("a test parses every page's own options"));
        }
        set
    }

    pub fn insert(&mut self, (id, value): OptionValue) {
        self.0.insert(id, value);
    }

    fn get<T: 'static>(&self) -> &T {
        let value = self.0.get(&TypeId::of::<T>()).expect("every check's options are inserted before it runs");
        value.downcast_ref().expect("the key is the value's type")
    }
}

/// What a check may look at.
pub struct Context<'a> {
    pub draft: &'a Draft,
    pub annotations: &'a Annotations,
    pub reference: &'a Reference,
    /// The draft's date; checks that need it are silent without it.
    pub date: Option<Date>,
    /// `en-GB` and the like, where configuration or front matter give one.
    pub locale: Option<&'a str>,
    pub options: &'a OptionSet,
    /// Where comparisons that came to nothing are noted, when somebody asks why.
    pub trace: Option<&'a RefCell<Vec<Comparison>>>,
    /// Earlier stories that speak of the same, looked up when the first check asks for them.
    pub earlier: OnceCell<Arc<Sources>>,
    /// The capitalized words that are no names as found, which several checks ask for.
    pub strays: OnceCell<Vec<names::StrayUse>>,
    /// The sentences with figures, which all checks of figures ask for.
    pub figure_sentences: OnceCell<Vec<figures::FigureSentence>>,
    /// The tokens that are words of kinship, which several checks ask for.
    pub kin: OnceCell<Vec<u32>>,
}

/// Two mentions that were compared, and the gate that kept them apart: what `newslint why` prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    pub code: &'static str,
    pub span: Span,
    pub other: Span,
    pub gate: String,
}

impl Context<'_> {
    /// Notes that `gate` kept `span` and `other` apart. The gate's words are made only when somebody asks.
    pub fn kept_apart(&self, code: &'static str, span: Span, other: Span, gate: impl FnOnce() -> String) {
        if let Some(trace) = self.trace {
            trace.borrow_mut().push(Comparison { code, span, other, gate: gate() });
        }
    }

    /// The options of the running check.
    pub fn options<T: 'static>(&self) -> &T {
        self.options.get()
    }
}

/// Every built-in check, by family, in the order in which they run.
pub fn all() -> impl Iterator<Item = &'static Check> {
    let families: [&'static [Check]; 10] = [
        names::CHECKS,
        titles::CHECKS,
        organizations::CHECKS,
        figures::CHECKS,
        dates::CHECKS,
        quotes::CHECKS,
        claims::CHECKS,
        copy::CHECKS,
        reference::CHECKS,
        suppression::CHECKS,
    ];
    families.into_iter().flatten()
}

/// The check with this code.
pub fn by_code(code: &str) -> Option<&'static Check> {
    all().find(|c| c.code == code)
}

/// Whether `span` lies between quotation marks of any kind: speech, a title, a term.
pub(crate) fn in_marks(cx: &Context<'_>, span: Span) -> bool {
    quote::innermost_at(&cx.annotations.quotes, span).is_some()
}

/// Whether `span` stands in somebody's speech, or in a longer quotation of another kind.
pub(crate) fn in_speech(cx: &Context<'_>, span: Span) -> bool {
    let quotes = &cx.annotations.quotes;
    let before = quotes.partition_point(|q| q.span.start <= span.start);
    // Quotations nest, but seldom deep: the few before the place hold it or nothing does.
    quotes[before.saturating_sub(3)..before].iter().any(|q| (q.is_speech() || q.words > 2) && q.span.overlaps(span))
}
