//! The engine as a whole: loading with mistakes, and what each kind finds.

use super::*;
use crate::annotate::{Gazetteer, annotate};
use crate::diagnostic::{Safety, Severity, Witness};
use crate::source::Draft;

/// A rule file of the pack “house”.
fn load(rules: &str) -> RuleSet {
    let text = format!("name = \"house\"\n{rules}");
    let (set, errors) = RuleSet::load([("house.toml", text.as_str())]);
    assert!(errors.is_empty(), "{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    set
}

fn errors(rules: &str) -> Vec<String> {
    let (_, errors) = RuleSet::load([("house.toml", rules)]);
    errors.iter().map(ToString::to_string).collect()
}

fn run(set: &RuleSet, text: &str) -> (Draft, Vec<Finding>) {
    run_on(set, text, None, None)
}

fn run_on(set: &RuleSet, text: &str, date: Option<&str>, locale: Option<&str>) -> (Draft, Vec<Finding>) {
    let draft = Draft::from_text(text);
    let date = date.map(|d| d.parse().unwrap());
    let annotations = annotate(&draft, date, &Gazetteer::default());
    let mut findings = Vec::new();
    set.run(&Scope { draft: &draft, annotations: &annotations, date, locale }, &mut findings);
    findings.sort_by_key(|f| f.span);
    (draft, findings)
}

/// The words flagged, each with the first replacement offered.
fn found(set: &RuleSet, text: &str) -> Vec<(String, Option<String>)> {
    let (draft, findings) = run(set, text);
    let fix = |f: &Finding| f.fixes.first().map(|fix| fix.edits[0].text.clone());
    findings.iter().map(|f| (draft.words_at(f.span).to_owned(), fix(f))).collect()
}

fn words(set: &RuleSet, text: &str) -> Vec<String> {
    found(set, text).into_iter().map(|(words, _)| words).collect()
}

const PLACES: &str = r#"
[[rule]]
id = "places"
kind = "substitute"
message = "Write “{replacement}”, not “{match}”"
replace = { "Kiev" = "Kyiv", "prior to" = "before", "cease-fire" = ["truce", "ceasefire"] }
except = ["chicken Kiev"]
"#;

#[test]
fn substitute_keeps_the_case_and_spares_exceptions() {
    let set = load(PLACES);
    let text =
        "Prior to the talks in Kiev, KIEV HOSTED THEM. She ate chicken Kiev. A kiev is a dish, Kievan Rus a state.";
    let pair = |a: &str, b: &str| (a.to_owned(), Some(b.to_owned()));
    assert_eq!(found(&set, text), [pair("Prior to", "Before"), pair("Kiev", "Kyiv"), pair("KIEV", "KYIV")]);
    let (_, findings) = run(&set, "They left prior to it.");
    assert_eq!(findings[0].message, "Write “before”, not “prior to”");
    assert_eq!(&*findings[0].code, "house/places");
}

#[test]
fn replacements_take_the_apostrophes_of_the_draft() {
    let set = load(
        "[[rule]]\nid = \"x\"\nkind = \"substitute\"\nmessage = \"m\"\nreplace = { \"parkinsons\" = \"Parkinson's\" }\n",
    );
    let fixes = |text: &str| found(&set, text).into_iter().filter_map(|(_, fix)| fix).collect::<Vec<_>>();
    assert_eq!(fixes("She’s had parkinsons."), ["Parkinson’s"]);
    assert_eq!(fixes("She's had parkinsons."), ["Parkinson's"]);
    assert!(found(&set, "She’s had Parkinson’s.").is_empty());
}

#[test]
fn words_are_found_whatever_marks_and_line_breaks_were_typed() {
    let set = load(PLACES);
    assert_eq!(
        words(&set, "It was prior \u{a0}to the cease\u{2011}fire’s end, a cease\u{2010}fire."),
        ["prior \u{a0}to", "cease\u{2011}fire", "cease\u{2010}fire"]
    );
    let (_, findings) = run(&set, "A cease-fire held.");
    let offers: Vec<_> = findings[0].fixes.iter().map(|f| f.edits[0].text.as_str()).collect();
    assert_eq!(offers, ["truce", "ceasefire"]);
    assert!(
        words(&set, "It was prior.\n\nTo him it was Kieval.").is_empty(),
        "not across paragraphs, not inside words"
    );
}

#[test]
fn the_longest_hit_of_a_rule_counts_and_rules_do_not_swallow_each_other() {
    let set = load(
        r#"
[[rule]]
id = "long"
kind = "avoid"
message = "“{match}”"
words = ["in order", "in order to"]
[[rule]]
id = "short"
kind = "avoid"
message = "“{match}”"
words = ["order"]
"#,
    );
    assert_eq!(words(&set, "They met in order to talk."), ["in order to", "order"]);
}

#[test]
fn words_in_quotation_marks_belong_to_the_speaker() {
    let rule = |quotes: &str| {
        load(&format!(
            "[[rule]]\nid = \"x\"\nkind = \"avoid\"\nmessage = \"m\"\nwords = [\"massive\"]\nquotes = \"{quotes}\"\n"
        ))
    };
    let text = "A massive wave came. “It was a massive shock to all of us in the town,” Ann Carver said.";
    assert_eq!(words(&rule("skip"), text).len(), 1);
    assert_eq!(words(&rule("include"), text).len(), 2);
    let (draft, findings) = run(&rule("only"), text);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].span.start as usize > draft.text.find('“').unwrap());
}

#[test]
fn patterns_fill_in_their_groups() {
    let set = load(
        r#"
[[rule]]
id = "range"
kind = "pattern"
message = "“from {match}” with $1"
regex = '\bfrom (\d{4})[-–](\d{4})\b'
replace = "from $1 to $2"
"#,
    );
    let (draft, findings) = run(&set, "It ran\nfrom 2019–2023 and from 7-9.");
    assert_eq!(findings.len(), 1);
    assert_eq!(draft.words_at(findings[0].span), "from 2019–2023");
    assert_eq!(findings[0].fixes[0].edits[0].text, "from 2019 to 2023");
    assert_eq!(findings[0].message, "“from from 2019–2023” with 2019");
}

#[test]
fn a_group_named_here_is_what_is_flagged() {
    let set = load(
        r#"
[[rule]]
id = "article"
kind = "pattern"
message = "“{match}”"
regex = '\b(?<here>the Ukraine)(?:[.,]| (?:is|was)\b)'
replace = "Ukraine"
"#,
    );
    let pair = ("the Ukraine".to_owned(), Some("Ukraine".to_owned()));
    assert_eq!(found(&set, "In the Ukraine, the Ukraine war is on."), [pair]);
}

#[test]
fn consistent_points_at_the_other_form_and_names_a_winner_only_if_told() {
    let rule = |prefer: &str| {
        load(&format!(
            "[[rule]]\nid = \"x\"\nkind = \"consistent\"\nmessage = \"“{{match}}” here, “{{other}}” elsewhere\"\n\
             forms = [[\"email\", \"e-mail\"]]\n{prefer}"
        ))
    };
    let text = "An email came. Another email went. His e-mail was lost.";
    let (draft, findings) = run(&rule(""), text);
    assert_eq!(findings.len(), 1);
    assert_eq!(draft.words_at(findings[0].span), "e-mail");
    assert_eq!(findings[0].message, "“e-mail” here, “email” elsewhere");
    assert!(findings[0].fixes.is_empty());
    assert!(matches!(&findings[0].witnesses[0], Witness::Here { span, .. } if draft.words_at(*span) == "email"));
    let (draft, findings) = run(&rule("prefer = [\"e-mail\"]"), text);
    let fixes: Vec<_> = findings.iter().map(|f| (draft.words_at(f.span), f.fixes[0].edits[0].text.as_str())).collect();
    assert_eq!(fixes, [("email", "e-mail"), ("email", "e-mail")]);
    assert!(run(&rule(""), "An email, two emails, an email.").1.is_empty());
}

#[test]
fn rules_go_by_date_locale_and_block() {
    let set = load(
        r#"
[[rule]]
id = "dated"
kind = "avoid"
message = "m"
words = ["alpha"]
since = 2020-01-01
trial-until = 2020-06-30
[[rule]]
id = "british"
kind = "avoid"
message = "m"
words = ["beta"]
locales = ["en-gb"]
[[rule]]
id = "heads"
kind = "avoid"
message = "m"
words = ["gamma"]
blocks = ["headline"]
"#,
    );
    let text = "Alpha beta gamma.";
    let codes = |date, locale| {
        let (_, findings) = run_on(&set, text, date, locale);
        findings.iter().map(|f| (f.code.to_string(), f.cap)).collect::<Vec<_>>()
    };
    let code = |c: &str, cap| (c.to_owned(), cap);
    assert_eq!(codes(Some("2019-12-31"), None), []);
    assert_eq!(codes(Some("2020-03-01"), None), [code("house/dated", Some(Severity::Info))]);
    assert_eq!(codes(Some("2021-03-01"), Some("en-GB")), [code("house/dated", None), code("house/british", None)]);
    assert_eq!(codes(Some("2019-03-01"), Some("en-US")), []);
}

#[test]
fn a_safe_fix_is_safe_only_where_no_fact_is_stated() {
    let set = load(
        "[[rule]]\nid = \"x\"\nkind = \"substitute\"\nmessage = \"m\"\nfix = \"safe\"\nquotes = \"include\"\n\
         replace = { \"utilise\" = \"use\", \"very\" = \"\" }\n",
    );
    let (draft, findings) =
        run(&set, "They utilise a very old pump. “We utilise all of it every day,” Ann Carver said.");
    let safeties: Vec<_> = findings.iter().map(|f| f.fixes[0].safety).collect();
    assert_eq!(safeties, [Safety::Safe, Safety::Safe, Safety::Unsafe]);
    assert_eq!(draft.words_at(findings[1].fixes[0].edits[0].span), "very ");
}

#[test]
fn later_files_win_by_code() {
    let file = |words: &str| {
        format!("name = \"house\"\n[[rule]]\nid = \"x\"\nkind = \"avoid\"\nmessage = \"m\"\nwords = [\"{words}\"]\n")
    };
    let (first, second) = (file("alpha"), file("beta"));
    let (set, errors) = RuleSet::load([("a.toml", first.as_str()), ("b.toml", second.as_str())]);
    assert!(errors.is_empty());
    assert_eq!((set.len(), &*set.info("house/x").unwrap().file), (1, "b.toml"));
    assert_eq!(words(&set, "Alpha and beta."), ["beta"]);
}

#[test]
fn every_mistake_is_named_at_its_place_and_the_good_rules_run() {
    let text = r#"name = "house"
tittle = "x"

[[rule]]
id = "good"
kind = "avoid"
message = "m"
words = ["alpha"]

[[rule]]
id = "regex"
kind = "pattern"
message = "m"
regex = 'a(b'

[[rule]]
id = "good"
kind = "substitue"
message = "m"

[[rule]]
id = "Wrong Id"
kind = "avoid"
message = "Not {replacement}, {matsch}"
words = ["a", 3, " "]
sevrity = "warning"
severity = "fatal"

[[rule]]
id = "dates"
kind = "substitute"
message = "m"
words = ["x"]
replace = { "a" = "a", "b" = [] }
except = ["quilt"]
since = 2020-01-01
until = 2019-01-01
blocks = ["footer"]
quotes = "maybe"

[[rule]]
kind = "consistent"
forms = [["a"], ["b", "B"]]
prefer = ["c"]
examples = [{ flag = "a [b" }, { pass = "[b]" }, { flag = "a", pass = "b" }]
"#;
    let found = errors(text);
    let expected = [
        "2:1: unknown key “tittle”; did you mean “title”?",
        "14:11: this is no regular expression: unclosed group",
        "17:6: “good” is the id of the rule in line 5 already",
        "18:8: “substitue” is no kind of rule; did you mean “substitute”?",
        "22:6: “Wrong Id” cannot be an id; use small letters, digits and hyphens",
        "24:31: “{matsch}” is nothing that can be filled in; did you mean “{match}”?",
        "25:15: “words” holds a whole number, a string in quotation marks was meant",
        "25:18: this can never be found: there are no words in it",
        "26:1: unknown key “sevrity”; did you mean “severity”?",
        "27:12: “fatal” is no value of “severity”; it is one of error, warning, info, off",
        "33:1: unknown key “words”; “words” belongs to the kind avoid",
        "34:19: “a” would be replaced by itself",
        "34:30: no replacement is given for “b”",
        "35:11: “quilt” excepts nothing: no word of this rule is in it",
        "37:9: this rule can never be in force: “until” lies before “since”",
        "38:1: this rule can never fire: it names no block",
        "38:11: “footer” is no block of copy; it is one of headline, standfirst, byline, dateline, heading, body, list, \
         quotation, caption, table",
        "39:10: “maybe” is no value of “quotes”; it is one of skip, include, only",
        "41:1: “id” is missing here; give the rule a short name, such as id = \"kyiv\"",
        "41:1: “message” is missing here; say what is wrong, in a line of at most 90 characters",
        "43:10: this can never fire: two forms at least are needed",
        "43:23: “B” stands here twice, or differs from another form in capitals only; capitals count with match-case = true",
        "44:11: “c” is preferred, but stands in no list of forms of its own",
        "45:22: a mark is not closed; a literal bracket is doubled: [[",
        "45:41: a mark in copy that must pass; a literal bracket is doubled: [[",
        "45:50: an example holds either “flag” or “pass”",
    ];
    let expected: Vec<_> = expected.iter().map(|e| format!("house.toml:{e}")).collect();
    assert_eq!(found, expected);
    let (set, _) = RuleSet::load([("house.toml", text)]);
    assert_eq!(words(&set, "Alpha."), ["Alpha"]);
}

#[test]
fn a_file_without_a_name_or_with_one_that_is_taken_is_refused() {
    assert!(errors("[[rule]]\n")[0].contains("“name” is missing"));
    assert!(errors("name = \"names\"\n")[0].contains("cannot be the name of a pack"));
    assert!(errors("name = \"House Style\"\n")[0].contains("small letters"));
    assert!(errors("name = ")[0].contains("no TOML") || errors("name = ")[0].contains("not TOML"));
}

#[test]
fn nothing_breaks_on_odd_drafts() {
    let set = load(PLACES);
    for text in ["", "\u{feff}", "\u{ad}", "Kiev", "Kiev\u{ad}", "’’’ Kiev’s", "\u{200b}Kiev\u{200b}", "ﬁ Kiev ẞ İ"]
    {
        let (draft, findings) = run(&set, text);
        for finding in findings {
            assert_eq!(draft.words_at(finding.span), "Kiev", "{text:?}");
        }
    }
}
