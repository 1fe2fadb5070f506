//! The forms of English verbs and nouns, from their first form and the irregular ones.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Base,
    /// says
    Third,
    /// said, and the participle where it is the same
    Past,
    /// saying
    Ing,
}

/// Every form of a verb given as its first form and, where they are irregular, its past forms and the one in -ing: `write wrote written`.
pub fn forms(entry: &str) -> Vec<(String, Form)> {
    let mut words = entry.split(' ');
    let lemma = words.next().unwrap_or_default();
    let irregular: Vec<&str> = words.collect();
    let mut forms = vec![(lemma.to_owned(), Form::Base), (third(lemma), Form::Third)];
    let given_ing = irregular.iter().find(|w| w.ends_with("ing") && w.len() > lemma.len());
    forms.push((given_ing.map_or_else(|| ing(lemma), |w| (*w).to_owned()), Form::Ing));
    let pasts = irregular.iter().filter(|w| Some(w) != given_ing.as_ref());
    forms.extend(pasts.map(|w| ((*w).to_owned(), Form::Past)));
    if !forms.iter().any(|(_, form)| *form == Form::Past) {
        forms.push((past(lemma), Form::Past));
    }
    forms
}

fn ends_in_consonant_y(word: &str) -> bool {
    word.strip_suffix('y').is_some_and(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']))
}

/// The form with an s: says, cries; of a noun, its plural.
pub fn third(word: &str) -> String {
    if ends_in_consonant_y(word) {
        format!("{}ies", &word[..word.len() - 1])
    } else if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") || word == "go" {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

fn past(word: &str) -> String {
    if ends_in_consonant_y(word) {
        format!("{}ied", &word[..word.len() - 1])
    } else if word.ends_with('e') {
        format!("{word}d")
    } else {
        format!("{}ed", doubled(word))
    }
}

fn ing(word: &str) -> String {
    match word.strip_suffix('e') {
        Some(stem) if !word.ends_with("ee") => format!("{stem}ing"),
        _ => format!("{}ing", doubled(word)),
    }
}

/// Doubles the last consonant of a short word of one syllable: beg, begged.
fn doubled(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let vowel = |c: char| "aeiou".contains(c);
    match letters[..] {
        [.., a, b, c] if letters.len() <= 4 && !vowel(a) && vowel(b) && !vowel(c) && !"wxy".contains(c) => {
            format!("{word}{c}")
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_and_irregular() {
        let words = |entry: &str| forms(entry).into_iter().map(|(w, _)| w).collect::<Vec<_>>();
        assert_eq!(words("reply"), ["reply", "replies", "replying", "replied"]);
        assert_eq!(words("beg"), ["beg", "begs", "begging", "begged"]);
        assert_eq!(words("write wrote written"), ["write", "writes", "writing", "wrote", "written"]);
        assert_eq!(words("bar barred barring"), ["bar", "bars", "barring", "barred"]);
    }
}
