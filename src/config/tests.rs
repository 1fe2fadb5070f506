use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use super::*;
use crate::diagnostic::Severity;
use crate::source::Draft;

struct Memory(HashMap<PathBuf, String>);

impl Files for Memory {
    fn read(&self, path: &Path) -> io::Result<String> {
        self.0.get(path).cloned().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}

fn load_files(files: &[(&str, &str)], command_line: CommandLine) -> Config {
    let files = files.iter().map(|(path, text)| (PathBuf::from(path), (*text).to_owned())).collect();
    Config::load(Path::new("/desk/newslint.toml"), command_line, &Memory(files))
}

fn load(text: &str) -> Config {
    load_files(&[("/desk/newslint.toml", text)], CommandLine::default())
}

fn mistakes(config: &Config) -> Vec<String> {
    config.errors.iter().map(ToString::to_string).collect()
}

/// A code of each kind that this test may rely on.
fn some_code() -> Option<&'static str> {
    checks_with_warning().next()
}

fn checks_with_warning() -> impl Iterator<Item = &'static str> {
    crate::checks::all().filter(|c| c.defaults().severity.sure == Some(Severity::Warning)).map(|c| c.code)
}

fn sure(config: &Config, path: &str, draft: &str, code: &str) -> Option<Severity> {
    let metadata = Draft::read(
        Path::new(path),
        crate::source::Format::Markdown,
        crate::text::decode::Encoding::Utf8,
        draft.into(),
    )
    .metadata;
    config.settings_for(Path::new(path), &metadata).severities.get(code)?.sure
}

#[test]
fn every_mistake_is_named_at_its_place() {
    let config = load(
        "locale = \"en-UK\"\nrule = [\"newsroom\"]\n[corpus]\nfact = 1\n[severity]\n\"names/speling\" = \"loud\"\n[[override]]\nseverity = {}\n",
    );
    assert_eq!(
        mistakes(&config),
        [
            "/desk/newslint.toml:1:10: unknown locale “en-UK”; did you mean “en-GB”?",
            "/desk/newslint.toml:2:1: unknown key “rule”; did you mean “rules”?",
            "/desk/newslint.toml:4:1: unknown key “fact”; did you mean “facts”?",
            "/desk/newslint.toml:6:19: unknown severity “loud”; known are error, warning, info, off",
            "/desk/newslint.toml:7:1: an [[override]] says for which drafts it is; add files = [\"opinion/**\"] or when = { section = \"opinion\" }",
        ]
    );
}

#[test]
fn options_say_what_is_wanted_and_which_part_is_wrong() {
    let config = load(
        "[options.\"figures/conflict\"]\nhedges = { about = 3, nearly = \"wide\" }\nskip-heads = [\"Delegates\", \"per cent of voters\"]\n\
         [options.\"names/first-reference\"]\nhousehold = \"Quill\"\n[options.\"dates/weekday\"]\nreach = -3\n\
         [options.\"titles/style\"]\ncapitals = \"upper\"\n",
    );
    let [hedge, heads, household, reach, capitals] = &mistakes(&config)[..] else { panic!("{:?}", mistakes(&config)) };
    let wanted = "a whole number from 0 to 255 is wanted, not the text \"wide\"";
    assert_eq!(*hedge, format!("/desk/newslint.toml:2:23: option “hedges” of figures/conflict: {wanted}"));
    assert!(heads.starts_with("/desk/newslint.toml:3:28: option “skip_heads”"), "{heads}");
    assert!(
        household
            .ends_with("5:13: option “household” of names/first-reference: a list is wanted, not the text \"Quill\"")
    );
    assert!(reach.contains(":7:9: ") && reach.ends_with("is wanted, not the number -3"), "{reach}");
    assert!(capitals.contains("unknown choice \"upper\", expected one of \"any\", \"up\", \"down\""), "{capitals}");
    // The parts of a table that are not given stay as they are, and “-” is as good as “_”.
    let config = load("[options.\"figures/conflict\"]\nhedges = { about = 3 }\nsame-head = [[\"UAVs\", \"drone\"]]\n");
    assert_eq!(mistakes(&config), [""; 0]);
    let config = load("[options.\"figures/conflict\"]\ngates_off = [\"who\", \"key\"]\n");
    assert!(mistakes(&config)[0].contains(":2:21: ") && mistakes(&config)[0].contains("unknown choice \"key\""));
}

#[test]
fn broken_toml_is_named_and_the_rest_is_read() {
    let config = load("locale = \"en-GB\"\nignore = [\"a/**\"\n");
    assert_eq!(config.errors.len(), 1);
    assert_eq!(config.layers[0].locale.as_ref().map(|l| l.value.as_str()), Some("en-GB"));
}

#[test]
fn a_file_that_is_not_there_is_named_where_it_is_wanted() {
    let config = load("locale = \"en-GB\"\nextends = \"../base.toml\"\n");
    assert_eq!(mistakes(&config), ["/desk/newslint.toml:2:11: cannot read /base.toml: entity not found"]);
    let twice = load_files(
        &[("/desk/newslint.toml", "extends = \"a.toml\""), ("/desk/a.toml", "extends = \"newslint.toml\"")],
        CommandLine::default(),
    );
    assert_eq!(mistakes(&twice), ["/desk/a.toml:1:11: extends comes back to a file that extends this one"]);
}

#[test]
fn later_ones_win() {
    let Some(code) = some_code() else { return };
    let family = code.split('/').next().unwrap();
    let base = format!("[severity]\n\"{code}\" = \"info\"\n\"{family}\" = \"off\"\n");
    let near = format!(
        "extends = \"base.toml\"\n[severity.publish]\n\"{code}\" = \"error\"\n[[override]]\nfiles = [\"opinion/**\"]\nseverity = {{ \"{code}\" = \"off\" }}\n\
         [[override]]\nwhen = {{ section = \"Satire\" }}\nseverity = {{ \"{code}\" = \"info\" }}\n"
    );
    let files = [("/desk/newslint.toml", near.as_str()), ("/desk/base.toml", base.as_str())];
    let publish = load_files(&files, CommandLine::default());
    assert_eq!(mistakes(&publish), [""; 0]);
    assert_eq!(sure(&publish, "/desk/news/a.md", "Text.", code), Some(Severity::Error));
    assert_eq!(sure(&publish, "/desk/opinion/a.md", "Text.", code), None);
    let satire = "---\nsection: satire\n---\nText.\n";
    assert_eq!(sure(&publish, "/desk/news/a.md", satire, code), Some(Severity::Error).map(|_| Severity::Info));
    let draft = load_files(&files, CommandLine { stage: Stage::Draft, ..CommandLine::default() });
    assert_eq!(sure(&draft, "/desk/news/a.md", "Text.", code), Some(Severity::Info));

    let why = publish.explain_for(Path::new("/desk/news/a.md"), &Default::default());
    let (_, _, decided) = why.severities.iter().find(|(c, ..)| &**c == code).unwrap();
    let Decided::At(origin) = decided else { panic!("decided by {decided:?}") };
    assert_eq!((origin.file.as_ref(), origin.line), (Path::new("/desk/newslint.toml"), 3));
}

#[test]
fn the_command_line_wins() {
    let Some(code) = some_code() else { return };
    let ignored = load_files(
        &[("/desk/newslint.toml", "")],
        CommandLine { ignore: vec![code.to_owned()], ..CommandLine::default() },
    );
    assert_eq!(sure(&ignored, "/desk/a.md", "Text.", code), None);
    let selected = CommandLine { select: vec![code.to_owned()], ..CommandLine::default() };
    let selected = load_files(&[("/desk/newslint.toml", "")], selected);
    let settings = selected.settings_for(Path::new("/desk/a.md"), &Default::default());
    assert_eq!(settings.severities.keys().map(|c| &**c).collect::<Vec<_>>(), [code]);
}

#[test]
fn include_and_ignore_are_relative_to_their_file() {
    let config = load("include = [\"**/*.{md,copy}\"]\nignore = [\"archive/**\"]\n");
    let at = |path: &str| config.includes(Path::new(path));
    assert_eq!(at("/desk/a.copy"), Some(true));
    assert_eq!(at("/desk/a.txt"), Some(false));
    assert_eq!(at("/desk/archive/a.md"), Some(false));
    assert_eq!(at("/desk/README.md"), Some(false));
    assert_eq!(load("").includes(Path::new("/desk/a.md")), None);
}

#[test]
fn a_broken_rule_is_named_and_the_others_run() {
    let house = "name = \"house\"\ntitle = \"House style\"\n[[rule]]\nid = \"quay\"\nkind = \"avoid\"\nmessage = \"No\"\nwords = [\"quayside\"]\n\
                 [[rule]]\nid = \"pattern\"\nkind = \"pattern\"\nmessage = \"No\"\nregex = \"(\"\n";
    let config = load_files(
        &[
            (
                "/desk/newslint.toml",
                "rules = [\"house.toml\", \"newsrom\"]\n[severity]\n\"house/quay\" = \"error\"\n\"house/pattern\" = \"off\"\n\"house\" = \"info\"\n",
            ),
            ("/desk/house.toml", house),
        ],
        CommandLine::default(),
    );
    assert_eq!(config.errors.len(), 2, "{:?}", mistakes(&config));
    assert!(
        mistakes(&config)[0]
            .starts_with("/desk/newslint.toml:1:24: no rule pack is called “newsrom”; did you mean “newsroom”?")
    );
    assert!(mistakes(&config)[1].starts_with("/desk/house.toml:12:"), "{:?}", mistakes(&config));
    assert_eq!(sure(&config, "/desk/a.md", "Text.", "house/quay"), Some(Severity::Error));
}

#[test]
fn rules_of_an_override_run_under_it_alone() {
    let rule = |name: &str| {
        format!(
            "name = \"{name}\"\ntitle = \"A title\"\n[[rule]]\nid = \"quay\"\nkind = \"avoid\"\nmessage = \"No\"\nwords = [\"quayside\"]\n"
        )
    };
    let (house, opinion) = (rule("house"), rule("opinion"));
    let near = "rules = [\"house.toml\"]\n[[override]]\nfiles = [\"opinion/**\"]\nrules = [\"opinion.toml\"]\n";
    let files = [("/desk/newslint.toml", near), ("/desk/house.toml", &house), ("/desk/opinion.toml", &opinion)];
    let config = load_files(&files, CommandLine::default());
    let rules = |path: &str| {
        let settings = config.settings_for(Path::new(path), &Default::default());
        settings.rules.infos().map(|info| info.code.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(rules("/desk/news/a.md"), ["house/quay"]);
    assert_eq!(rules("/desk/opinion/a.md"), ["house/quay", "opinion/quay"]);
    assert_eq!(config.files.len(), 3);
}
