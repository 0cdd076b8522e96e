//! How alike are two ways of sorting the same tellings?

use super::Figures;
use std::collections::BTreeSet;

/// Tellings with the clusters that people and the program put them into. A telling may be in several: a report that
/// tells of three attacks is in three incidents.
#[derive(Default)]
pub struct Sorted(Vec<Telling>);

struct Telling {
    name: String,
    gold: BTreeSet<String>,
    got: BTreeSet<usize>,
}

impl Sorted {
    /// `name` is the key of the claim where there is one.
    pub fn add(&mut self, name: &str, gold: impl IntoIterator<Item = String>, got: impl IntoIterator<Item = usize>) {
        let (gold, got) = (gold.into_iter().collect(), got.into_iter().collect());
        self.0.push(Telling { name: name.to_string(), gold, got });
    }

    /// Adds `… precision`, `… recall` and `… f1` of B-cubed, and `… pair precision`, `… pair recall`.
    pub fn figures(&self, name: &str, figures: &mut Figures) {
        let precision = self.share(Telling::is_joined, Telling::belongs);
        let recall = self.share(Telling::belongs, Telling::is_joined);
        let f1 = if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
        figures.add(&format!("{name} precision"), precision, self.0.len());
        figures.add(&format!("{name} recall"), recall, self.0.len());
        figures.add(&format!("{name} f1"), f1, self.0.len());
        let (joined, belong) = (self.pairs(Telling::is_joined), self.pairs(Telling::belongs));
        let both = joined.intersection(&belong).count();
        let share = |whole: usize| if whole == 0 { 1.0 } else { both as f64 / whole as f64 };
        figures.add(&format!("{name} pair precision"), share(joined.len()), joined.len());
        figures.add(&format!("{name} pair recall"), share(belong.len()), belong.len());
    }

    /// `("apart", a, b)` for a pair that belongs together and was not joined, `("joined", a, b)` for the reverse.
    pub fn misses(&self) -> Vec<(&'static str, &str, &str)> {
        let (joined, belong) = (self.pairs(Telling::is_joined), self.pairs(Telling::belongs));
        let named = |what: &'static str| move |&(a, b): &(usize, usize)| (what, &*self.0[a].name, &*self.0[b].name);
        let apart = belong.difference(&joined).map(named("apart"));
        apart.chain(joined.difference(&belong).map(named("joined"))).collect()
    }

    fn share(&self, mates: Relation, right: Relation) -> f64 {
        let of = |a: &Telling| {
            let mates: Vec<&Telling> = self.0.iter().filter(|b| std::ptr::eq(a, *b) || mates(a, b)).collect();
            mates.iter().filter(|b| std::ptr::eq(a, **b) || right(a, b)).count() as f64 / mates.len() as f64
        };
        self.0.iter().map(of).sum::<f64>() / self.0.len().max(1) as f64
    }

    fn pairs(&self, related: Relation) -> BTreeSet<(usize, usize)> {
        let every = (0..self.0.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
        every.filter(|(a, b)| related(&self.0[*a], &self.0[*b])).collect()
    }
}

type Relation = fn(&Telling, &Telling) -> bool;

impl Telling {
    fn belongs(&self, other: &Telling) -> bool {
        !self.gold.is_disjoint(&other.gold)
    }

    fn is_joined(&self, other: &Telling) -> bool {
        !self.got.is_disjoint(&other.got)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_of_three_and_a_stranger() {
        let mut sorted = Sorted::default();
        for (name, gold, got) in [("a", "x", 1), ("b", "x", 1), ("c", "x", 2), ("d", "y", 2)] {
            sorted.add(name, [gold.to_string()], [got]);
        }
        let mut figures = Figures::default();
        sorted.figures("all", &mut figures);
        let of = |name| (figures.get(name).unwrap().value * 1000.0).round() as u32;
        assert_eq!((of("all precision"), of("all recall")), (750, 667)); // (1 + 1 + 1/2 + 1/2) / 4, (2/3 + 2/3 + 1/3 + 1) / 4
        assert_eq!((of("all pair precision"), of("all pair recall")), (500, 333));
        assert_eq!(sorted.misses(), [("apart", "a", "c"), ("apart", "b", "c"), ("joined", "c", "d")]);
    }
}
