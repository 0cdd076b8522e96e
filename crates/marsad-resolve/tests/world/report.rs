//! What does one reporter say of one incident, and how far is it from the truth?
//!
//! The share of each weakness is written where it is drawn. A report knows its own weaknesses ([`Trait`]), so that what
//! resolution misses can be listed by kind.

use super::chance::Chance;
use super::land::Land;
use super::story::{self, Story};
use jiff::civil::{Date, date};
use marsad_model::*;
use marsad_resolve::Claim;

/// Ways in which a report makes its incident hard to recognise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trait {
    DayBeside,
    WeekdayOnly,
    MonthOnly,
    NoDate,
    DistrictOnly,
    GovernorateOnly,
    CountryOnly,
    NoPlace,
    NeighbourTown,
    LaunchSiteForScene,
    UnlistedName,
    OtherType,
    VagueType,
    WrongCount,
    Background,
}

#[derive(Clone, Debug)]
pub struct Report {
    day: i32,
    date: DateForm,
    place: Option<Place>,
    event: EventType,
    weapon: Option<&'static str>,
    target: Option<&'static str>,
    actor: Option<(u8, bool)>,
    killed: Quantity,
    wounded: Quantity,
    launched: Quantity,
    role: Role,
    official: Option<u8>,
    pub traits: Vec<Trait>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DateForm {
    Day,
    Weekday,
    Month,
    None,
}

const FIRST_DAY: Date = date(2019, 1, 1);

pub fn calendar_day(day: i32) -> Date {
    FIRST_DAY.checked_add(jiff::Span::new().days(day)).expect("the world ends before the calendar")
}

impl Report {
    /// News, `lag` days after it happened.
    pub fn news(
        chance: &mut Chance,
        land: &Land,
        story: &Story,
        (lag, sharpness, noise): (i32, usize, usize),
    ) -> Report {
        let mut report = Report::bare(story);
        report.tell_date(chance.below(100_000) / noise.max(1), chance.percent(50), [30, 60, 80, 110]);
        report.tell_place(chance, land, story, (sharpness, noise));
        report.tell_means(chance, story, noise);
        report.tell_tolls(chance, story, lag);
        report
    }

    /// Recalled in a report about something else.
    pub fn recalled(chance: &mut Chance, land: &Land, story: &Story, noise: usize) -> Report {
        let mut report = Report { role: Role::Background, traits: vec![Trait::Background], ..Report::bare(story) };
        report.tell_date(chance.below(100_000) / noise.max(1), chance.percent(50), [150, 150, 350, 360]);
        report.tell_place(chance, land, story, (50, noise));
        report.tell_means(chance, story, noise);
        report.tell_tolls(chance, story, 9);
        report
    }

    fn bare(story: &Story) -> Report {
        Report {
            day: story.day,
            date: DateForm::Day,
            place: None,
            event: story.event,
            weapon: story.weapon,
            target: story.target,
            actor: None,
            killed: Quantity::unknown(),
            wounded: Quantity::unknown(),
            launched: Quantity::unknown(),
            role: Role::Main,
            official: None,
            traits: vec![],
        }
    }

    /// Per mille of `drawn`, running: no date, a weekday only, a month only, a day beside.
    fn tell_date(&mut self, drawn: usize, is_after: bool, [none, weekday, month, beside]: [usize; 4]) {
        if drawn < none {
            self.date = DateForm::None;
            self.traits.push(Trait::NoDate);
        } else if drawn < weekday {
            self.date = DateForm::Weekday;
            self.traits.push(Trait::WeekdayOnly);
        } else if drawn < month {
            self.date = DateForm::Month;
            self.traits.push(Trait::MonthOnly);
        } else if drawn < beside {
            self.day += if is_after { 1 } else { -1 };
            self.traits.push(Trait::DayBeside);
        }
    }

    /// `sharpness` percent of the reports name the site; the others the town, and some much less.
    fn tell_place(&mut self, chance: &mut Chance, land: &Land, story: &Story, (sharpness, noise): (usize, usize)) {
        let town = &land.towns[story.town];
        let site = story.site.filter(|_| chance.percent(sharpness));
        let above = |steps: usize| {
            (0..steps).fold(town.node, |node, _| land.nodes[node].parent.expect("a town lies in a country"))
        };
        let is_fired = matches!(story.event.family(), Family::Projectile);
        let (node, weakness) = match chance.below(100_000) / noise.max(1) {
            0..30 => (Some(above(1)), Some(Trait::DistrictOnly)),
            30..60 => (Some(above(2)), Some(Trait::GovernorateOnly)),
            60..70 => (Some(above(3)), Some(Trait::CountryOnly)),
            70..80 => (None, Some(Trait::NoPlace)),
            80..95 => (Some(*chance.of(&town.neighbours)), Some(Trait::NeighbourTown)),
            95..105 if is_fired => (Some(*chance.of(&town.neighbours)), Some(Trait::LaunchSiteForScene)),
            105..115 => (Some(town.node), Some(Trait::UnlistedName)),
            _ => (Some(site.unwrap_or(town.node)), None),
        };
        self.place = node.map(|n| land.place(n).clone());
        if let (Some(place), Some(Trait::UnlistedName)) = (&mut self.place, weakness) {
            place.id = None;
            place.name_en = format!("{} el {}", place.name_en, chance.below(3)).into();
            place.chain.remove(0);
            place.point = None;
        }
        self.traits.extend(weakness);
    }

    fn tell_means(&mut self, chance: &mut Chance, story: &Story, noise: usize) {
        match chance.below(10_000) / noise.max(1) {
            0..5 => self.vague(EventType::AttackUnspecified),
            5..7 if story.event.family() == Family::Bomb => self.vague(EventType::ExplosionUnclear),
            7..14 => {
                self.event = *chance.of(story::near_types(story.event));
                self.weapon = None;
                let weakness = if self.event.agrees(story.event) { Trait::OtherType } else { Trait::VagueType };
                self.traits.push(weakness);
            }
            _ => self.weapon = story.weapon.filter(|_| chance.percent(65)),
        }
        self.target = story.target.filter(|_| chance.percent(60));
        self.actor = chance.percent(35).then(|| (story.actor, chance.percent(50)));
        if chance.percent(4) {
            self.actor = Some((chance.below(story::ACTORS.into()) as u8, false));
        }
        let fired = matches!(story.event.family(), Family::Projectile | Family::Air);
        if fired && chance.percent(45) {
            self.launched = Quantity::exactly(count(chance, story.munitions, &mut self.traits), vec![]);
        }
        self.official = chance.percent(35).then(|| chance.below(5) as u8);
    }

    fn vague(&mut self, event: EventType) {
        (self.event, self.weapon) = (event, None);
        self.traits.push(Trait::VagueType);
    }

    /// Of a toll that grows a third is known on the first day, two thirds on the second.
    fn tell_tolls(&mut self, chance: &mut Chance, story: &Story, lag: i32) {
        let known = |n: u32| if story.grows { (n * (lag.min(2) as u32 + 1)).div_ceil(3) } else { n };
        if chance.percent(78) {
            self.killed = toll(chance, known(story.killed), &mut self.traits);
        }
        if chance.percent(65) {
            self.wounded = toll(chance, known(story.wounded), &mut self.traits);
        }
    }

    /// What is left of a dispatch when the lower half is cut off.
    pub fn cut(&mut self, chance: &mut Chance) {
        if chance.percent(40) {
            (self.actor, self.official) = (None, None);
        }
        if chance.percent(30) {
            self.launched = Quantity::unknown();
        }
        if chance.percent(25) {
            self.wounded = Quantity::unknown();
        }
    }

    pub fn claim(&self, document: &str, id: &str, published: Option<i32>) -> Claim {
        let mut claim = Claim::coded(document, id, self.event, "simulated");
        if let Some(day) = published {
            claim = claim.with_published(calendar_day(day));
        }
        let incident = &mut claim.incident;
        incident.role = self.role;
        incident.date = self.date_value();
        incident.place.clone_from(&self.place);
        let weapon = |id: &str| Weapon { id: id.into(), name_en: id.into(), evidence: vec![] };
        incident.weapons = self.weapon.into_iter().map(weapon).collect();
        incident.target =
            self.target.map(|t| Target { value: t.to_string(), class: Some(t.to_string()), evidence: vec![] });
        incident.casualties.killed = self.killed.clone();
        incident.casualties.wounded = self.wounded.clone();
        incident.munitions.launched = self.launched.clone();
        self.name_actor(incident);
        let speaker = |kind, source: String| Attribution { source, kind, evidence: vec![] };
        incident.attribution =
            self.official.map(|n| speaker(SourceKind::Official, format!("official {n}"))).into_iter().collect();
        claim
    }

    fn name_actor(&self, incident: &mut Incident) {
        let Some((number, is_asserted)) = self.actor else { return };
        let name = format!("faction {number}");
        let evidence = || Evidence::new(Span::new(0, 0), "simulated");
        if is_asserted {
            incident.perpetrator = Some(Sourced::new(name, evidence()));
        } else {
            let strength = BlameStrength::Accusation;
            incident.blamed_on = vec![Blame { actor: name, by: None, strength, evidence: vec![evidence()] }];
        }
    }

    fn date_value(&self) -> DateValue {
        let day = calendar_day(self.day);
        match self.date {
            DateForm::Day => DateValue::day(day, "simulated", vec![]),
            DateForm::Weekday => DateValue { weekday: Some(day.weekday()), ..DateValue::unknown() },
            DateForm::Month => DateValue {
                earliest: Some(day.first_of_month()),
                latest: Some(day.last_of_month()),
                precision: DatePrecision::Month,
                ..DateValue::unknown()
            },
            DateForm::None => DateValue::unknown(),
        }
    }
}

fn toll(chance: &mut Chance, n: u32, traits: &mut Vec<Trait>) -> Quantity {
    if n == 0 {
        return if chance.percent(60) { Quantity::none(vec![]) } else { Quantity::unknown() };
    }
    let n = count(chance, n, traits);
    match chance.below(100) {
        0..10 => Quantity::at_least(n, vec![]),
        10..13 => Quantity::some(vec![]),
        _ => Quantity::exactly(n, vec![]),
    }
}

/// Three in a hundred counts are wrong.
fn count(chance: &mut Chance, n: u32, traits: &mut Vec<Trait>) -> u32 {
    if !chance.percent(3) {
        return n;
    }
    traits.push(Trait::WrongCount);
    (n + 1 + chance.below(3) as u32) / if chance.percent(30) { 2 } else { 1 }
}
