//! Which of some texts tell of one event: those that share the words that say what they are about, names above all.

use rustc_hash::FxHashMap;

use super::archive::extract;
use crate::source::Draft;

/// The fewest rare words that two texts on one event share, where each has so many; of texts that have many, one in [`LEAST_SHARE`].
const LEAST: usize = 2;
const LEAST_SHARE: usize = 10;
/// A word is rare that this many of the texts have, or one in [`RARE_SHARE`].
const RARE: usize = 8;
const RARE_SHARE: usize = 50;
/// Weights are as if there were at least so many texts: in a folder on one event every text has the words of the event.
const FEWEST: usize = 100;
/// How many in a hundred of the shorter text's telling words they share, each by its weight: how few of the texts have it. Counted without
/// weights, pairs among 350 news stories of one month that told of one person shared 25 to 60, and chance pairs of one city 10 to 20.
const SHARE: usize = 25;

/// For each text the others that may tell of the same event, by their index, ascending.
pub fn related(texts: &[&Draft]) -> Vec<Vec<usize>> {
    let terms: Vec<Vec<String>> = texts.iter().map(|draft| extract::terms(draft)).collect();
    let mut having: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (index, terms) in terms.iter().enumerate() {
        terms.iter().for_each(|term| having.entry(term).or_default().push(index));
    }
    let weight = |term: &String| (1 + texts.len().max(FEWEST) / having[term.as_str()].len()).ilog2() as usize;
    let is_rare = |term: &String| having[term.as_str()].len() <= RARE.max(texts.len() / RARE_SHARE);
    let weights: Vec<usize> = terms.iter().map(|own| own.iter().map(weight).sum()).collect();
    let rares: Vec<usize> = terms.iter().map(|own| own.iter().filter(|term| is_rare(term)).count()).collect();
    // The weight and the number of rare words that a text shares with each other one.
    let mut shared = vec![(0, 0); texts.len()];
    let related = terms.iter().enumerate().map(|(index, own)| {
        shared.fill((0, 0));
        for term in own {
            let (weight, rare) = (weight(term), usize::from(is_rare(term)));
            for &other in &having[term.as_str()] {
                shared[other] = (shared[other].0 + weight, shared[other].1 + rare);
            }
        }
        let is_related = |other: &usize| {
            let (weight, rare) = shared[*other];
            let shorter = weights[index].min(weights[*other]);
            let fewer = rares[index].min(rares[*other]);
            let least = LEAST.max(fewer / LEAST_SHARE).min(fewer);
            *other != index && weight > 0 && rare >= least && weight * 100 >= shorter * SHARE
        };
        (0..texts.len()).filter(is_related).collect()
    });
    related.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_event_and_another() {
        let texts = [
            "The Grindle pier in Ottermouth burned on Monday, and Ana Quist said that nobody was hurt.",
            "Ottermouth will rebuild the Grindle pier after the fire. Boats left Sandholm to help.",
            "Rovers beat Sandholm in the last minute, and Marek Oduya scored twice.",
        ]
        .map(Draft::from_text);
        assert_eq!(related(&texts.each_ref()), [vec![1], vec![0], vec![]]);
        assert_eq!(related(&[]), Vec::<Vec<usize>>::new());
    }
}
