use std::path::Path;

use jiff::civil::date;

use super::*;
use crate::annotate::gazetteer::{Gazetteer, KnownKind};

fn toml(text: &str) -> (Facts, Vec<String>) {
    let (facts, errors) = read([(Path::new("facts/f.toml"), text)]);
    (facts, errors.iter().map(ToString::to_string).collect())
}

fn csv(name: &str, text: &str) -> (Facts, Vec<String>) {
    let (facts, errors) = read([(Path::new(name), text)]);
    (facts, errors.iter().map(ToString::to_string).collect())
}

const EVERY_TABLE: &str = r#"
[[person]]
name = "Ana Dorélia Quist"
variants = ["Qvist"]
wrong = ["Anna Quist"]
titles = [{ title = "Mayor of Halden", short = ["Mayor", "mayor"], from = 2019-05-20, to = 2023-05-20 },
          { title = "governor of Nord", from = 2024-01-01 }]
describe = "Halden’s former mayor"
pronouns = "she"
born = 1970-02-03
source = "town hall"
reviewed = 2026-01-02

[[organisation]]
name = "Harbor Safety Board"
short = "HSB"
of = "Halden"
status = "proposed"

[[place]]
name = "Örby"
wrong = ["Oerby"]

[[figure]]
what = "share of the harbor that is closed"
match = ["{figure} of the harbor"]
value = "20%"
tolerance = "2 percentage points"
as-of = 2025-12-01

[[quote]]
speaker = "Ana Dorélia Quist"
text = "We will not sell the pier."
date = 2025-12-05
kind = "written"

[[event]]
what = "council election in Halden"
date = 2026-05-03

[[pin]]
form = "Quyst"
code = "names/spelling"
files = ["2026/11/**"]
who = "night desk"

[[never]]
hash = "00000000000000000000000000000000000000000000000000000000000000ff"
why = "court order"
until = 2027-01-01
"#;

#[test]
fn every_table_and_key_is_read() {
    let (facts, errors) = toml(EVERY_TABLE);
    assert!(errors.is_empty(), "{errors:?}");
    let person = &facts.people[0];
    assert_eq!((person.surname(), person.given()), ("Quist", "Ana Dorélia"));
    assert_eq!(person.name.place.line, 3);
    assert_eq!(person.name.span.of(EVERY_TABLE), "\"Ana Dorélia Quist\"");
    assert!(person.provenance.entry.of(EVERY_TABLE).ends_with("2026-01-02"));
    assert_eq!(person.titles.len(), 2);
    assert_eq!(person.titles[0].short.len(), 2);
    let on = |d| person.titles_on(d).map(|t| t.title.text.as_str()).collect::<Vec<_>>();
    assert_eq!(on(date(2023, 5, 20)), ["Mayor of Halden"]);
    assert_eq!(on(date(2023, 5, 21)), Vec::<&str>::new());
    assert_eq!(on(date(2025, 1, 1)), ["governor of Nord"]);
    assert_eq!(person.titles[1].dates(), "since 2024-01-01");
    assert_eq!(person.provenance.reviewed, Some(date(2026, 1, 2)));
    let board = &facts.organizations[0];
    assert!(board.provenance.proposed && board.of.as_deref() == Some("Halden"));
    assert_eq!(facts.places[0].wrong[0].text, "Oerby");
    assert_eq!(facts.figures[0].patterns.len(), 1);
    assert!(facts.quotes[0].written);
    let draft = Draft::from_text("“We will never sell the pier,” she said. “We will not sell the pier at all.”");
    let hits = facts.quotations(&draft, Span::new(0, draft.text.len()));
    assert_eq!((hits.len(), hits[0].span.of(&hits[0].entry.words.text)), (1, "We will not sell the pier"));
    assert_eq!(facts.events[0].date, date(2026, 5, 3));
    let pin = &facts.pins[0];
    assert!(pin.covers("names/spelling", Path::new("2026/11/a.md")));
    assert!(!pin.covers("names/spelling", Path::new("2026/12/a.md")));
    assert!(!pin.covers("names/spell", Path::new("2026/11/a.md")));
    assert_eq!(facts.never[0].until, Some(date(2027, 1, 1)));
}

#[test]
fn forms_lead_to_their_entries() {
    let (facts, _) = toml(EVERY_TABLE);
    let found = |key: &str| facts.names.get(key).iter().map(|f| (f.kind, f.form)).collect::<Vec<_>>();
    assert_eq!(found("ana dorelia quist"), [(KnownKind::Person, FormKind::House)]);
    assert_eq!(found("ana dorelia qvist"), [(KnownKind::Person, FormKind::Variant)]);
    assert_eq!(found("anna quist"), [(KnownKind::Person, FormKind::Wrong)]);
    assert_eq!(found("hsb"), [(KnownKind::Organization, FormKind::Short)]);
    assert_eq!(found("oerby"), [(KnownKind::Place, FormKind::Wrong)]);
    assert_eq!(facts.names.people_with_surname("quist"), [0]);
    for slip in ["qiust", "quis", "quiist", "quost"] {
        assert_eq!(facts.names.near_surname(slip), [0], "{slip}");
    }
    for other in ["quist", "qsit", "kvost"] {
        assert!(facts.names.near_surname(other).is_empty(), "{other}");
    }
    let mut gazetteer = Gazetteer::default();
    facts.fill(&mut gazetteer);
    assert_eq!(gazetteer.get("qvist")[0].name, "Ana Dorélia Quist");
    assert_eq!(gazetteer.longest(), 3);
}

#[test]
fn every_mistake_is_named_at_its_place_in_one_pass() {
    let text = r#"
[[people]]
name = "A B"
[[person]]
nmae = "A B"
[[person]]
name = "C D"
varaints = ["X"]
wrong = ["C D"]
titles = [{ title = "mayor", from = 2020-01-01, to = 2019-01-01, form = 1 }]
status = "propsed"
born = "1970"
[[figure]]
what = "ships"
match = ["many ships"]
value = "some"
[[quote]]
text = " "
kind = "oral"
[[event]]
what = "fair"
[[pin]]
form = "Y"
[[never]]
name = "E F"
hash = "12"
why = "court order"
[place]
name = "G"
[[person]]
name = "C D"
"#;
    let (facts, errors) = toml(text);
    let wanted = [
        "f.toml:2:3: [[people]] is no table of a facts file; did you mean [[person]]?",
        "f.toml:4:1: “name” is missing here; write the house form: name = \"…\"",
        "f.toml:5:1: unknown key “nmae”; did you mean “name”?",
        "f.toml:8:1: unknown key “varaints”; did you mean “variants”?",
        "f.toml:9:10: “C D” is in “wrong” and is also in “name”; keep one of the two",
        "f.toml:10:54: it ends on 2019-01-01, before it begins on 2020-01-01",
        "f.toml:10:66: unknown key “form”; did you mean “from”?",
        "f.toml:11:10: “status” cannot be “propsed”; did you mean “proposed”?",
        "f.toml:12:8: “born” holds a string",
        "f.toml:15:10: “many ships” has no place for the figure; write {figure} once",
        "f.toml:16:9: “some” is no figure that can be read",
        "f.toml:18:8: “text” is empty",
        "f.toml:20:1: “date” is missing here",
        "f.toml:22:1: “code” is missing here",
        "f.toml:25:8: “name” and “hash” in one entry; remove the name",
        "f.toml:28:2: [place] is a single table; write [[place]] for each entry",
        "f.toml:31:8: “C D” is listed at facts/f.toml:7 too",
    ];
    let lines: Vec<&str> = errors.iter().map(|e| e.strip_prefix("facts/").unwrap()).collect();
    for (at, want) in wanted.iter().enumerate() {
        assert!(lines.get(at).is_some_and(|l| l.starts_with(want)), "{want}\n{lines:#?}");
    }
    assert_eq!(lines.len(), wanted.len(), "{lines:#?}");
    assert_eq!(facts.people.len(), 2, "the good entries are kept");
}

#[test]
fn csv_reads_the_same_keys() {
    let text = "name,wrong,title,short,from,to,describe\r\n\
                \"Quist, Ana\",Anna Quist; Ana Kvist,Mayor of Halden,Mayor,2019-05-20,2023-05-20,mayor\r\n\
                \"Quist, Ana\",,governor of Nord,,2024-01-01,,\r\n\
                \r\n\
                Bo Tarn,,,,,,\r\n";
    let (facts, errors) = csv("desk/people.csv", text);
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(facts.people.len(), 2);
    let person = &facts.people[0];
    assert_eq!(person.wrong.iter().map(|w| w.span.of(text)).collect::<Vec<_>>(), ["Anna Quist", "Ana Kvist"]);
    assert_eq!(person.name.span.of(text), "Quist, Ana");
    assert_eq!(person.titles.len(), 2);
    assert_eq!(person.titles[1].from, Some(date(2024, 1, 1)));
    assert_eq!(facts.people[1].name.place.line, 5);

    let (facts, errors) = csv("style.csv", "table,name,wrong\nplace,Örby,Oerby\norganisation,Pier Trust,\n");
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!((facts.places.len(), facts.organizations.len()), (1, 1));
}

#[test]
fn csv_mistakes_have_their_place() {
    let (_, errors) = csv("people.csv", "name,vairants,born\nAna Quist,Kvist,soon\nBo Tarn,,,x\n");
    assert_eq!(
        errors,
        [
            "people.csv:1:6: unknown key “vairants”; did you mean “variants”?",
            "people.csv:2:17: “soon” is no date that can be read; write year, month and day: 2026-01-31",
            "people.csv:3:11: 4 cells under 3 keys; put a cell with a comma in quotation marks",
        ]
    );
    let (_, errors) = csv("list.csv", "name\nÖrby\n");
    assert!(errors[0].contains("what these rows list cannot be told"), "{errors:?}");
    let (facts, errors) = csv("people.csv", "name,wrong\nAna Quist,Kvist\nBo \"Tarn,\n\"Cy Dell,x\n");
    assert_eq!(errors, ["people.csv:4:1: a quotation mark that nothing closes; close it at the end of the cell"]);
    assert_eq!(facts.people.len(), 2);
}

#[test]
fn csv_of_spreadsheets_with_semicolons_or_tabs() {
    for text in
        ["\u{feff}name;wrong;born\r\nAna Quist;\"Kvist; Anna\";1970-01-31\r\n", "name\twrong\nAna Quist\tKvist; Anna\n"]
    {
        let (facts, errors) = csv("people.csv", text);
        assert!(errors.is_empty(), "{errors:?}");
        let wrong = &facts.people[0].wrong;
        assert_eq!(wrong.iter().map(|w| w.text.as_str()).collect::<Vec<_>>(), ["Kvist", "Anna"]);
    }
}

#[test]
fn an_office_listed_twice_for_the_same_days() {
    let tenures = |second: &str| {
        toml(&format!(
            "[[person]]\nname = \"Ana Quist\"\ntitles = [\n{{ title = \"Mayor\", from = 2020-01-01, to = 2024-01-01 }},\n{second},\n]\n"
        ))
        .1
    };
    assert_eq!(
        tenures("{ title = \"Mayor\", from = 2023-06-01 }"),
        [
            "facts/f.toml:5:11: “Mayor” since 2023-06-01 overlaps the same 2020-01-01 to 2024-01-01; make them one, or give the earlier an end: to = 2026-01-31"
        ]
    );
    assert_eq!(tenures("{ title = \"Mayor\", from = 2024-01-01 }"), Vec::<String>::new(), "the day of a handover");
    assert_eq!(tenures("{ title = \"Governor\", from = 2023-06-01 }"), Vec::<String>::new());
}

#[test]
fn a_syntax_error_keeps_the_rest() {
    let (facts, errors) =
        toml("[[person]]\nname = \"Ana Quist\"\nborn = 19\n[[place]]\nname = \n[[place]]\nname = \"Örby\"\n");
    assert!(errors.iter().any(|e| e.starts_with("facts/f.toml:5:")), "{errors:?}");
    assert_eq!(facts.people.len(), 1);
    assert!(facts.places.iter().any(|p| p.name.text == "Örby"));
}

#[test]
fn hidden_names_are_found_by_key_only() {
    let key = NeverKey::new("s3cret");
    let other = NeverKey::new("other");
    let hash = blake3::Hash::from(key.hash("Ana Dorélia Quist")).to_hex();
    let (facts, errors) = toml(&format!(
        "[[never]]\nhash = \"{hash}\"\nwhy = \"court order\"\n[[never]]\nname = \"Bo Tarn\"\nwhy = \"minor\"\n"
    ));
    assert!(errors.is_empty(), "{errors:?}");
    let found = |name: &str, key| facts.forbids(name, key).map(|e| e.why.as_str()).collect::<Vec<_>>();
    assert_eq!(found("ana dorelia quist", Some(&key)), ["court order"]);
    assert_eq!(found("ana dorelia quist", Some(&other)), Vec::<&str>::new());
    assert_eq!(found("bo tarn", None), ["minor"]);
    assert!(!format!("{facts:?}").contains("Tarn"), "debug output masks the name");
}

#[test]
fn evidence_names_source_and_review() {
    let (facts, _) = toml(EVERY_TABLE);
    let person = &facts.people[0];
    let evidence = person.provenance.evidence(&person.name.text, None);
    assert_eq!(evidence.note, "facts file: town hall (reviewed 2026-01-02)");
    assert_eq!(evidence.place.unwrap().1.line, 3);
}
