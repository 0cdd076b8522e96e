//! Do two groups of claims contradict each other as groups?
//!
//! That one report tells of rockets and another of shells says little: one of them errs. That three independent voices say the one and
//! three others the other says much, for then at least three err, all in one way. The mean of all pairs knows nothing of this: it
//! is the same for one against one and for three against three. [`Said::odds`] are what it leaves out.
//!
//! Copies of one text err together, so voices are counted, not reports. A toll grows from day to day, so tolls are held against each other
//! only where they were published on one known day.

use crate::apart::Erring;
use crate::facts::Facts;
use crate::levels::{ERRING_OFTEN_PERCENT, ERRING_PERCENT, QUARTER_OF_E};
use crate::toll::exact;
use marsad_model::{Quantity, stable_hash};

/// What the voices of a group say, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said(Vec<Word>);

/// One voice on one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Word {
    asked: Asked,
    /// What it says, as a number.
    value: u32,
    voice: u32,
}

/// A question, with the day on which it was answered where answers change from day to day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Asked {
    field: Field,
    day: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Event,
    Day,
    Site,
    Target,
    Launched,
    Killed,
    Wounded,
}

/// In the order of their numbers.
const FIELDS: [Field; 7] =
    [Field::Event, Field::Day, Field::Site, Field::Target, Field::Launched, Field::Killed, Field::Wounded];

/// Voices on one field.
#[derive(Clone, Copy)]
struct Voices {
    field: Field,
    all: i32,
    /// How many err at least if all tell of one incident.
    erring: i32,
}

impl Said {
    /// What one claim says.
    pub fn of(facts: &Facts, voice: u32) -> Said {
        let told = &facts.claim.incident;
        let mut said = vec![];
        let mut say = |field, day, value| said.push(Word { asked: Asked { field, day }, value, voice });
        if !facts.event.is_vague() {
            say(Field::Event, 0, number_of(facts.event.name()));
        }
        if facts.when.exact {
            say(Field::Day, 0, facts.when.first as u32);
        }
        if let Some(site) = facts.place.as_ref().and_then(|place| place.site()) {
            say(Field::Site, 0, number_of(site));
        }
        if let Some(class) = told.target.as_ref().and_then(|t| t.class.as_ref()) {
            say(Field::Target, 0, number_of(class));
        }
        let mut say_count = |field, day, count: &Quantity| exact(count).into_iter().for_each(|n| say(field, day, n));
        say_count(Field::Launched, 0, &told.munitions.launched);
        let (published, latest) = facts.published;
        if published == latest {
            say_count(Field::Killed, published, &told.casualties.killed);
            say_count(Field::Wounded, published, &told.casualties.wounded);
        }
        said.sort_unstable();
        Said(said)
    }

    /// Takes in what another group says.
    pub fn extend(&mut self, other: Said) {
        self.0.extend(other.0);
        self.0.sort_unstable();
        self.0.dedup();
    }

    /// Points that speak against the two groups being one incident, beside those of their pairs; none where only one voice errs.
    pub fn odds(&self, other: &Said) -> i32 {
        self.voices(other).into_iter().map(Voices::odds).sum()
    }

    /// The same question by question, for a person; only those on which something speaks against.
    pub fn at_odds(&self, other: &Said) -> Vec<Erring> {
        let erring = |of_field: Voices| Erring {
            field: of_field.field.name(),
            voices: of_field.all,
            erring: of_field.erring,
            points: of_field.odds(),
        };
        self.voices(other).into_iter().map(erring).filter(|erring| erring.points > 0).collect()
    }

    fn voices(&self, other: &Said) -> [Voices; FIELDS.len()] {
        let mut voices = FIELDS.map(|field| Voices { field, all: 0, erring: 0 });
        for mine in self.0.chunk_by(|x, y| x.asked == y.asked) {
            let asked = mine[0].asked;
            let rest = &other.0[other.0.partition_point(|said| said.asked < asked)..];
            let theirs = &rest[..rest.partition_point(|said| said.asked == asked)];
            if !theirs.is_empty() {
                let of_field = &mut voices[asked.field as usize];
                of_field.all += (mine.len() + theirs.len()) as i32;
                of_field.erring += erring(mine, theirs);
            }
        }
        voices
    }
}

impl Field {
    fn name(self) -> &'static str {
        match self {
            Field::Event => "type",
            Field::Day => "date",
            Field::Site => "site",
            Field::Target => "target",
            Field::Launched => "launched",
            Field::Killed => "killed",
            Field::Wounded => "wounded",
        }
    }
}

impl Voices {
    /// How unlikely it is that so many of all err: binomial coefficient times share of errors to the power of those that err, four
    /// points a natural logarithm. Counted by multiplying, which gives the same on every machine.
    fn odds(self) -> i32 {
        if self.erring < 2 {
            return 0;
        }
        let percent = match self.field {
            Field::Event | Field::Killed | Field::Wounded => ERRING_OFTEN_PERCENT,
            Field::Day | Field::Site | Field::Target | Field::Launched => ERRING_PERCENT,
        };
        let share = f64::from(percent) / 100.0;
        // What is left beside the points stays between 1 and the next point, however many err.
        let (mut points, mut rest) = (0, 1.0);
        for k in 0..self.erring {
            rest *= share * f64::from(self.all - k) / f64::from(k + 1);
            while rest < 1.0 {
                (points, rest) = (points + 1, rest * QUARTER_OF_E);
            }
            while rest >= QUARTER_OF_E {
                (points, rest) = (points - 1, rest / QUARTER_OF_E);
            }
        }
        points.max(0)
    }
}

/// How many voices err at least if both lists answer one question of one incident; less than none where they agree.
fn erring(a: &[Word], b: &[Word]) -> i32 {
    let count = |all: &[Word], value: u32| all.iter().filter(|said| said.value == value).count() as i32;
    let (x, y) = (leading(a), leading(b));
    if x == y {
        return -count(a, x).min(count(b, x));
    }
    (count(a, x) - count(a, y)).min(count(b, y) - count(b, x))
}

/// What most say; of several the greatest.
fn leading(said: &[Word]) -> u32 {
    let same = said.chunk_by(|x, y| x.value == y.value).map(|same| (same.len(), same[0].value));
    same.max().map_or(0, |(_, value)| value)
}

/// A number for telling names apart.
fn number_of(name: &str) -> u32 {
    stable_hash(name.bytes()) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Claim;
    use crate::lean::Pool;
    use jiff::civil::date;
    use marsad_model::EventType::{self, CarBomb, Ied};

    /// Voices that say a type and how many were killed, published on a day of May.
    fn said(voices: impl IntoIterator<Item = (u32, EventType, u32, i8)>) -> Said {
        let mut all = Said::default();
        for (voice, event, killed, day) in voices {
            let mut claim = Claim::coded("a", "i1", event, "test").with_published(date(2021, 5, day));
            claim.incident.casualties.killed = Quantity::exactly(killed, vec![]);
            all.extend(Said::of(&Facts::of(&claim, "a".into(), 0, &mut Pool::default()), voice));
        }
        all
    }

    #[test]
    fn one_voice_may_err_but_not_several_in_one_way() {
        let bombs = |first: u32, count| said((first..first + count).map(|voice| (voice, Ied, 4, 3)));
        let cars = |first: u32, count| said((first..first + count).map(|voice| (voice, CarBomb, 4, 3)));
        assert_eq!(bombs(0, 3).odds(&bombs(3, 3)), 0);
        assert_eq!(bombs(0, 9).odds(&cars(9, 1)), 0);
        let (two, three) = (bombs(0, 2).odds(&cars(2, 2)), bombs(0, 3).odds(&cars(3, 3)));
        assert!(0 < two && two < three, "{two} {three}");
        assert!(bombs(0, 10).odds(&cars(10, 2)) < two, "two of twelve err more easily than two of four");
        assert!(bombs(0, 2000).odds(&cars(2000, 2000)) > 1000);
    }

    #[test]
    fn copies_of_one_text_are_one_voice() {
        let copies = said([(7, CarBomb, 4, 3); 5]);
        assert_eq!(said((0..3).map(|voice| (voice, Ied, 4, 3))).odds(&copies), 0);
    }

    #[test]
    fn tolls_are_compared_by_day_of_publication() {
        let told = |first: u32, killed, day| said((first..first + 3).map(|voice| (voice, Ied, killed, day)));
        assert_eq!(told(0, 4, 3).odds(&told(3, 12, 4)), 0);
        assert!(told(0, 4, 3).odds(&told(3, 12, 3)) > 0);
        let mut both = told(3, 12, 3);
        both.extend(told(6, 4, 4));
        let mut mine = told(0, 4, 4);
        mine.extend(told(9, 4, 3));
        assert!(mine.odds(&both) < told(9, 4, 3).odds(&told(3, 12, 3)), "agreement on one day counts against it");
    }
}
