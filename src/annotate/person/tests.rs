use super::*;
use crate::annotate::gazetteer::{Known, KnownKind};

fn people(text: &str) -> Vec<(String, Vec<String>)> {
    let draft = Draft::from_text(text);
    let people = read(&draft, &Gazetteer::default());
    people
        .iter()
        .map(|p| (p.name.clone(), p.mentions.iter().map(|m| draft.words_at(m.span).to_owned()).collect()))
        .collect()
}

fn names(text: &str) -> Vec<String> {
    people(text).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_name_and_what_repeats_it() {
    assert_eq!(
        people("The mayor, Martha Quill, spoke. Quill’s plan is new. “It works,” Ms. Quill said. Martha smiled."),
        [("Martha Quill".to_owned(), vec!["Martha Quill".into(), "Quill".into(), "Quill".into(), "Martha".into()])]
    );
}

#[test]
fn particles_initials_suffixes_and_nicknames_belong_to_the_name() {
    assert_eq!(names("They met Ursula von der Heide in Rome."), ["Ursula von der Heide"]);
    assert_eq!(names("Then William “Bill” Tarrow left."), ["William “Bill” Tarrow"]);
    assert_eq!(names("We asked Henry J. Tarrow Jr. again."), ["Henry J. Tarrow Jr."]);
    assert_eq!(names("Leaders praised Hassan al-Rubai on Monday."), ["Hassan al-Rubai"]);
}

#[test]
fn a_surname_with_a_particle_stands_alone() {
    for surname in ["Le Halloran", "Van Tarrow", "De Halle"] {
        let text = format!("Anna {surname} won on Monday. {surname} spoke in Odell. “I will stay,” {surname} said.");
        let found = people(&text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].1.len(), 3, "{found:?}");
    }
    assert_eq!(names("“I will stay,” Le Halloran said. Le Hoang Tarrow came too."), ["Le Halloran", "Le Hoang Tarrow"]);
}

#[test]
fn titles_are_no_part_of_the_name() {
    let draft = Draft::from_text("Former Finance Minister Nina Halloran met US special envoy Peter Oakes.");
    let people = read(&draft, &Gazetteer::default());
    assert_eq!(people.len(), 2);
    let title = &people[0].titles[0];
    assert_eq!(draft.words_at(title.span), "Former Finance Minister");
    assert_eq!(
        (title.status, title.office.as_str(), title.portfolio.join(" ")),
        (TitleStatus::Former, "minister", "finance".into())
    );
    assert_eq!(draft.words_at(people[1].titles[0].span), "US special envoy");
}

#[test]
fn places_and_organizations_are_no_people() {
    for text in [
        "He went to New York and to Jackson Heights.",
        "Roosevelt High School closed on Tuesday.",
        "The Bank of America and the Ford Foundation agreed.",
        "Many Mexicans live in San Antonio.",
        "Selwick Council said it was right. A clerk on Capitol Hill agreed.",
        "A White House cook told Tory MPs, a Salem Republican and China Daily.",
        "The Summer Olympics are over.",
    ] {
        assert_eq!(names(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_given_name_that_is_a_title_elsewhere() {
    assert_eq!(names("The order of counsel Don Tarrow was read."), ["Don Tarrow"]);
    assert_eq!(names("They asked Carla Daily again."), ["Carla Daily"]);
}

#[test]
fn two_of_one_surname_stay_two() {
    let found = people("Anna Fenwick met her brother Paul Fenwick. Paul Fenwick said no. Later, Fenwick left.");
    assert_eq!(found.iter().map(|p| p.0.as_str()).collect::<Vec<_>>(), ["Anna Fenwick", "Paul Fenwick"]);
}

#[test]
fn short_forms_initials_and_folds_join() {
    for text in [
        "Robert Tarrow came. Later Bob Tarrow left.",
        "Robert Tarrow came. Later R. Tarrow left.",
        "Andriy Tarasenko came. Later Andrii Tarasenko left.",
        "Dmytro Malinovsky came. Later Dmytro Malinovskyy left.",
    ] {
        assert_eq!(people(text).len(), 1, "{text}: {:?}", people(text));
    }
    assert_eq!(people("Vladimir Pulkov met Volodymyr Zorin.").len(), 2);
}

#[test]
fn people_of_a_country_are_no_part_of_a_name() {
    let draft =
        Draft::from_text("Americans Carl Brandt and Ada Brenner stay. Russians Anna Ivanova and Boris Petrov left.");
    let names: Vec<String> = read(&draft, &Gazetteer::default()).into_iter().map(|p| p.name).collect();
    assert_eq!(names, ["Carl Brandt", "Ada Brenner", "Anna Ivanova", "Boris Petrov"]);
}

#[test]
fn an_arabic_article_is_no_given_name() {
    let names = |text: &str| -> Vec<String> {
        read(&Draft::from_text(text), &Gazetteer::default()).into_iter().map(|p| p.name).collect()
    };
    assert_eq!(names("The army fought Al Qarandah in the hills."), [""; 0]);
    assert_eq!(names("The army met Al Brenner in the hills."), ["Al Brenner"]);
}

#[test]
fn family_names_first() {
    let draft = Draft::from_text("President Moon Ji-hun spoke. Moon waited. Later Xu Jianguo came, and Xu spoke.");
    let people = read(&draft, &Gazetteer::default());
    assert_eq!(people.iter().map(|p| p.surname.as_str()).collect::<Vec<_>>(), ["Moon", "Xu"]);
    assert!(people.iter().all(|p| p.mentions.len() == 2), "{people:?}");
}

#[test]
fn gender_is_said_by_title_pronoun_or_given_name() {
    let gender = |text: &str| read(&Draft::from_text(text), &Gazetteer::default())[0].gender;
    assert_eq!(gender("Mrs. Tarrow left."), Some(Gender::Female));
    assert_eq!(gender("Robert Tarrow left."), Some(Gender::Male));
    assert_eq!(gender("Xandru Halloran left, and then she called."), Some(Gender::Female));
}

#[test]
fn listed_names_are_found_wherever_they_stand() {
    let mut gazetteer = Gazetteer::default();
    let known = Known { name: "Zo Quill".into(), id: 7, kind: KnownKind::Person };
    gazetteer.add("Zo Quill", known.clone());
    gazetteer.add("Zoë Quilligan", known);
    let draft = Draft::from_text("In Zo Quill’s house, Zoë Quilligan slept.");
    let people = read(&draft, &gazetteer);
    assert_eq!((people.len(), people[0].known, people[0].mentions.len()), (1, Some(7), 2));
    assert_eq!(people[0].links[0].reason, Reason::Known);
}
