//! Checking from cold text to diagnostics: a folder of drafts, one article, one long draft, and what the rules alone cost in it.

mod copy;

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use newslint::annotate::{Gazetteer, annotate};
use newslint::corpus::Reference;
use newslint::lint::{Settings, lint};
use newslint::rules::{PACKS, RuleSet, Scope};
use newslint::source::{Draft, Format};
use newslint::text::decode::Encoding;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Every pack that ships.
fn rules() -> RuleSet {
    let (rules, errors) = RuleSet::load(PACKS.iter().flat_map(|(_, files)| *files).copied());
    assert!(errors.is_empty());
    rules
}

fn settings() -> Settings {
    Settings { locale: Some("en-US".to_owned()), ..Settings::built_in().with_rules(Arc::new(rules())) }
}

fn read(text: &str) -> Draft {
    Draft::read(Path::new("draft.md"), Format::Markdown, Encoding::Utf8, text.into())
}

fn check(criterion: &mut Criterion) {
    let reference = Reference::default();
    let settings = settings();
    let folder: Vec<String> = (0..50).map(|n| copy::draft(400 + n * 20)).collect();
    let bytes: usize = folder.iter().map(String::len).sum();
    let mut group = criterion.benchmark_group("check");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("folder of 50 drafts, one core", |b| {
        b.iter(|| folder.iter().map(|text| lint(&read(text), &settings, &reference).len()).sum::<usize>())
    });
    let long = copy::draft(5000);
    group.throughput(Throughput::Bytes(long.len() as u64));
    group.bench_function("draft of 5,000 words", |b| {
        b.iter(|| lint(&read(black_box(&long)), &settings, &reference).len())
    });
    group.finish();
}

/// One article of about 750 words: reading it, what it mentions, and all that is said of it, apart.
fn article(criterion: &mut Criterion) {
    let text = copy::draft(750);
    let draft = read(&text);
    let reference = Reference::default();
    let (built_in, every_pack) = (Settings::built_in(), settings());
    let mut group = criterion.benchmark_group("article of 750 words");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("read", |b| b.iter(|| read(black_box(&text)).tokens.len()));
    group.bench_function("annotate", |b| {
        b.iter(|| annotate(black_box(&draft), None, &reference.gazetteer).figures.len())
    });
    group.bench_function("annotate and check", |b| b.iter(|| lint(black_box(&draft), &built_in, &reference).len()));
    group.bench_function("annotate and check, with every pack", |b| {
        b.iter(|| lint(black_box(&draft), &every_pack, &reference).len())
    });
    group.finish();
}

fn rules_alone(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rules");
    group.bench_function("load every pack", |b| b.iter(|| rules().len()));
    let draft = read(&copy::draft(5000));
    let annotations = annotate(&draft, None, &Gazetteer::default());
    let scope = Scope { draft: &draft, annotations: &annotations, date: None, locale: Some("en-US") };
    let run = |rules: &RuleSet| {
        let mut findings = Vec::new();
        rules.run(&scope, &mut findings);
        findings.len()
    };
    group.bench_function("first draft, of 5,000 words", |b| b.iter_batched(rules, |r| run(&r), BatchSize::SmallInput));
    let warm = rules();
    group.bench_function("a later draft of 5,000 words", |b| b.iter(|| run(&warm)));
    group.finish();
}

criterion_group!(benches, check, article, rules_alone);
criterion_main!(benches);
