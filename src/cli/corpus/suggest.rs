//! `corpus suggest`: who and what the archive knows and the facts files do not, as entries for the desk to accept.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use clap::Args;

use super::{Exit, IndexArgument, config_here, stories};
use crate::annotate::gazetteer::KnownKind;
use crate::annotate::person::given_names_agree;
use crate::cli::print;
use crate::corpus::archive::{Archive, DocumentId, PersonRow, Standing, TitleFact};
use crate::corpus::curated::FormKind;
use crate::corpus::{Facts, curated};
use crate::facts::forms;
use crate::text::fold::ascii_key;

#[derive(Args)]
pub struct SuggestArguments {
    #[command(flatten)]
    index: IndexArgument,
    /// Only what at least so many independent stories have
    #[arg(long, value_name = "N", default_value_t = 5)]
    min: usize,
}

/// The most stories that are named as evidence.
const SHOWN: usize = 3;

/// What may become an entry.
struct Proposal {
    table: &'static str,
    name: String,
    office: Option<(String, Option<String>)>,
    seen: Seen,
    /// Forms close to the name, each with the number of its stories.
    near: Vec<(String, usize)>,
}

/// The stories that have something: the newest of each group of copies.
#[derive(Clone, Default)]
struct Seen(BTreeMap<DocumentId, DocumentId>);

impl Seen {
    fn add(&mut self, standing: Standing) {
        let newest = self.0.entry(standing.copies).or_insert(standing.document);
        *newest = (*newest).max(standing.document);
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn latest(&self) -> Option<DocumentId> {
        self.0.values().max().copied()
    }
}

pub fn run(arguments: &SuggestArguments) -> anyhow::Result<Exit> {
    let archive = arguments.index.open()?;
    let facts = config_here().map(|config| curated::load(&config.facts_files().0).0).unwrap_or_default();
    let mut proposals = people(&archive, &facts, arguments.min)?;
    proposals.extend(organizations(&archive, &facts, arguments.min)?);
    // What most stories have comes first within its table.
    proposals.sort_by(|a, b| {
        (Reverse(a.table), Reverse(a.seen.len()), &a.name).cmp(&(Reverse(b.table), Reverse(b.seen.len()), &b.name))
    });
    if proposals.is_empty() {
        eprintln!("nothing in {} independent stories that the facts files lack", arguments.min);
    }
    let mut out = String::new();
    for proposal in &proposals {
        out.push_str(&entry(&archive, proposal)?);
    }
    print(&out)?;
    Ok(Exit::Clean)
}

/// One person of a surname: the stories by the form of the name, and the offices they give.
#[derive(Default)]
struct Bearer {
    forms: BTreeMap<String, Seen>,
    seen: Seen,
    rows: Vec<PersonRow>,
}

impl Bearer {
    /// The form that most stories have; of two as common the longer.
    fn name(&self) -> &str {
        let by_use = |(form, seen): &(&String, &Seen)| (seen.len(), form.len(), Reverse((*form).clone()));
        self.forms.iter().max_by_key(by_use).map_or("", |(form, _)| form)
    }
}

fn people(archive: &dyn Archive, facts: &Facts, min: usize) -> anyhow::Result<Vec<Proposal>> {
    let mut proposals = Vec::new();
    for (surname, _) in archive.surnames(min as u32)? {
        let bearers = bearers(archive.people(&surname, None)?);
        for bearer in bearers.iter().filter(|b| b.seen.len() >= min) {
            let name = bearer.name().to_owned();
            let office = office(&bearer.rows, min);
            let known = bearer.forms.keys().find_map(|form| listed(facts, form, |kind| kind == KnownKind::Person));
            let (name, seen) = match (known, &office) {
                (None, _) => (name, bearer.seen.clone()),
                // The desk has the name; the office alone is news.
                (Some(entry), Some((_, seen))) if facts.people[entry].titles.is_empty() => {
                    (facts.people[entry].name.text.clone(), seen.clone())
                }
                _ => continue,
            };
            let mut near = Vec::new();
            for (other, _) in archive.surnames_near(&surname)? {
                for twin in self::bearers(archive.people(&other, None)?) {
                    if twin.seen.len() < bearer.seen.len() && given_names_agree(&given(twin.name()), &given(&name)) {
                        near.push((twin.name().to_owned(), twin.seen.len()));
                    }
                }
            }
            let office = office.map(|(office, _)| office);
            proposals.push(Proposal { table: "person", name, office, seen, near });
        }
    }
    // A form that is near a more common one is told of there.
    let told: BTreeSet<String> = proposals.iter().flat_map(|p| p.near.iter().map(|(form, _)| form.clone())).collect();
    proposals.retain(|p| !told.contains(&p.name));
    Ok(proposals)
}

/// The given names of a full name, as keys.
fn given(name: &str) -> Vec<String> {
    let key = ascii_key(name);
    let mut words: Vec<String> = key.split(' ').map(str::to_owned).collect();
    words.pop();
    words
}

/// The people of one surname: forms whose given names agree are one person's, unless they agree with two.
fn bearers(rows: Vec<PersonRow>) -> Vec<Bearer> {
    let mut forms: BTreeMap<String, (Seen, Vec<PersonRow>)> = BTreeMap::new();
    for row in rows.into_iter().filter(|r| !r.standing.superseded && r.given.is_some()) {
        let (seen, list) = forms.entry(row.name.clone()).or_default();
        seen.add(row.standing);
        list.push(row);
    }
    let mut by_use: Vec<_> = forms.into_iter().collect();
    by_use.sort_by_key(|(form, (seen, _))| (Reverse(seen.len()), form.clone()));
    let mut bearers: Vec<Bearer> = Vec::new();
    for (form, (seen, rows)) in by_use {
        let own = given(&form);
        let agrees = |b: &&mut Bearer| given_names_agree(&own, &given(b.name()));
        let count = bearers.iter_mut().filter(agrees).count();
        if count > 1 {
            continue;
        }
        if count == 0 {
            bearers.push(Bearer::default());
        }
        let at = bearers.iter_mut().position(|b| b.forms.is_empty() || agrees(&b));
        let Some(bearer) = at.and_then(|at| bearers.get_mut(at)) else { continue };
        rows.iter().for_each(|row| bearer.seen.add(row.standing));
        bearer.forms.insert(form, seen);
        bearer.rows.extend(rows);
    }
    bearers
}

/// The office that most of the stories that give one agree on, in at least `min`: in full, and in short where stories have both. None where
/// the latest story with it has it as a former one.
fn office(rows: &[PersonRow], min: usize) -> Option<((String, Option<String>), Seen)> {
    let mut offices: BTreeMap<(String, String), (Seen, Vec<String>)> = BTreeMap::new();
    let (mut titled, mut former) = (Seen::default(), BTreeMap::<(String, String), DocumentId>::new());
    let counts = |t: &&TitleFact| !t.spoken && !t.office.is_empty() && matches!(t.kind.as_str(), "office" | "rank");
    for row in rows {
        for title in row.titles.iter().filter(counts) {
            let key = (title.office.clone(), title.portfolio.clone());
            if title.status == "former" {
                let latest = former.entry(key).or_insert(row.standing.document);
                *latest = (*latest).max(row.standing.document);
            } else if title.status == "current" {
                titled.add(row.standing);
                let (seen, forms) = offices.entry(key).or_default();
                seen.add(row.standing);
                forms.extend(plain(&title.title));
            }
        }
    }
    let (key, (seen, forms)) = offices.into_iter().max_by_key(|(key, (seen, _))| (seen.len(), Reverse(key.clone())))?;
    if seen.len() < min || seen.len() * 2 <= titled.len() || former.get(&key).copied() > seen.latest() {
        return None;
    }
    let most = |full: bool| {
        let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
        forms.iter().filter(|f| f.contains(" of ") == full).for_each(|f| *counts.entry(f).or_default() += 1);
        counts.into_iter().max_by_key(|(form, count)| (*count, Reverse(*form))).map(|(form, _)| form.clone())
    };
    match (most(true), most(false)) {
        (Some(full), short) => Some(((full, short), seen)),
        (None, Some(short)) => Some(((short, None), seen)),
        (None, None) => None,
    }
}

/// A title as an entry has it: with no article before it and a capital; none where it stands with whose it is (the town’s mayor).
fn plain(title: &str) -> Option<String> {
    let bare = ["the ", "a ", "an ", "its ", "his ", "her "];
    let lower = title.to_lowercase();
    let cut = bare.iter().find(|article| lower.starts_with(**article)).map_or(0, |article| article.len());
    let title = title.get(cut..)?;
    let mut letters = title.chars();
    let first = letters.next()?;
    let owned = title.contains("’s ") || title.contains("'s ");
    // “Member” alone does not say of what.
    let vague = title.eq_ignore_ascii_case("member");
    (!owned && !vague).then(|| first.to_uppercase().chain(letters).collect())
}

/// The entry of the facts files that lists `name`, of a kind that is asked for.
fn listed(facts: &Facts, name: &str, kind: impl Fn(KnownKind) -> bool) -> Option<usize> {
    let forms = facts.names.get(&ascii_key(name)).iter();
    forms.filter(|f| kind(f.kind) && f.form <= FormKind::Wrong).map(|f| f.entry as usize).next()
}

fn organizations(archive: &dyn Archive, facts: &Facts, min: usize) -> anyhow::Result<Vec<Proposal>> {
    let all = archive.entity_keys("organization", 1)?;
    let mut by_end: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for key in all.iter().filter(|key| key.contains(' ')) {
        for end in [key.split(' ').next(), key.rsplit(' ').next()].into_iter().flatten() {
            by_end.entry(end).or_default().push(key);
        }
    }
    let read = |key: &str| -> anyhow::Result<Option<(String, Seen)>> {
        let (mut forms, mut seen): (BTreeMap<String, usize>, _) = (BTreeMap::new(), Seen::default());
        for row in archive.entities(key)? {
            if row.kind == "organization" && !row.standing.superseded {
                seen.add(row.standing);
                *forms.entry(row.name).or_default() += 1;
            }
        }
        let name = forms.into_iter().max_by_key(|(form, count)| (*count, Reverse(form.clone())));
        Ok(name.map(|(form, _)| (form, seen)))
    };
    let mut proposals = Vec::new();
    for key in archive.entity_keys("organization", min as u32)? {
        let Some((name, seen)) = read(&key)?.filter(|(_, seen)| seen.len() >= min) else { continue };
        // One word is as often a place, a ship or a newspaper; the desk adds those it wants.
        if !name.contains(' ') || listed(facts, &name, |kind| kind != KnownKind::Person).is_some() {
            continue;
        }
        let ends = [key.split(' ').next(), key.rsplit(' ').next()];
        let twins: BTreeSet<&str> =
            ends.into_iter().flatten().filter_map(|end| by_end.get(end)).flatten().copied().collect();
        let mut near = Vec::new();
        for twin in twins.into_iter().filter(|twin| is_near(&key, twin)) {
            near.extend(read(twin)?.filter(|(_, few)| few.len() < seen.len()).map(|(form, few)| (form, few.len())));
        }
        proposals.push(Proposal { table: "organization", name, office: None, seen, near });
    }
    let told: BTreeSet<String> = proposals.iter().flat_map(|p| p.near.iter().map(|(form, _)| form.clone())).collect();
    proposals.retain(|p| !told.contains(&p.name));
    Ok(proposals)
}

/// Whether two keys are one name but for one word that is another form of the same.
fn is_near(a: &str, b: &str) -> bool {
    let mut unlike = a.split(' ').zip(b.split(' ')).filter(|(x, y)| x != y);
    let first = unlike.next();
    a.split(' ').count() == b.split(' ').count()
        && unlike.next().is_none()
        && first.is_some_and(|(x, y)| forms::akin(x, y).is_some())
}

/// One entry in TOML, with what speaks for it.
fn entry(archive: &dyn Archive, proposal: &Proposal) -> anyhow::Result<String> {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut out = String::new();
    let mut newest: Vec<DocumentId> = proposal.seen.0.values().copied().collect();
    newest.sort_unstable_by_key(|id| Reverse(*id));
    for id in newest.into_iter().take(SHOWN) {
        if let Some(story) = archive.document(id)? {
            let date = story.date.map(|date| format!(" of {date}")).unwrap_or_default();
            out.push_str(&format!("# {}{date}\n", story.path));
        }
    }
    for (form, count) in &proposal.near {
        out.push_str(&format!("# “{form}” in {}: if that is wrong, list it as such\n", stories(*count as u64)));
    }
    out.push_str(&format!("[[{}]]\nname = {}\n", proposal.table, quoted(&proposal.name)));
    if let Some((title, short)) = &proposal.office {
        let short = short.as_ref().map(|short| format!(", short = {}", quoted(short))).unwrap_or_default();
        out.push_str(&format!("titles = [{{ title = {}{short} }}]\n", quoted(title)));
    }
    let source = format!("{} in the archive", stories(proposal.seen.len() as u64));
    out.push_str(&format!("status = \"proposed\"\nsource = {}\n\n", quoted(&source)));
    Ok(out)
}
