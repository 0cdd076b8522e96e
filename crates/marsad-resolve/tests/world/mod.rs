//! Is there a world whose truth is known, as large as one likes?
//!
//! Incidents in an invented land are told by outlets that print agencies, name places more or less sharply, err and
//! recall old news. [`World::told`] gives claims together with the incident that each is about. The same seed gives the same
//! world on every machine. Density does not depend on size: a world of a hundredth of the claims has a tenth of the land and a
//! tenth of the time.
#![allow(dead_code)] // each test and example uses its own part

pub mod chance;
pub mod land;
pub mod report;
pub mod score;
pub mod story;

use chance::Chance;
use land::Land;
use marsad_model::{Attribution, SourceKind};
use marsad_resolve::Claim;
use report::{Report, Trait};
use story::{Story, Trap};

pub struct World {
    seed: u64,
    claims: usize,
    /// How often reports are vague or wrong, in percent of the shares written in `report.rs`.
    noise: usize,
    pub land: Land,
    pub stories: Vec<Story>,
    /// Numbers of stories by their days.
    by_day: Vec<u32>,
}

/// A claim with the truth behind it.
#[derive(Clone, Debug)]
pub struct Told {
    pub claim: Claim,
    pub truth: u32,
    pub trap: Trap,
    pub traits: Vec<Trait>,
}

/// At so many claims the land has its full size and the world lasts five years.
const FULL: f64 = 1_000_000.0;
const FULL_DAYS: f64 = 1826.0;
/// Claims an incident, measured.
const CLAIMS_EACH: f64 = 4.9;
const OUTLETS: usize = 90;
const AGENCIES: usize = 7;
const DOCUMENTS_MAX: u32 = 40;

impl World {
    pub fn new(seed: u64, claims: usize) -> World {
        let share = (claims as f64 / FULL).sqrt();
        let mut chance = Chance::new(seed, u64::MAX);
        let land = Land::new(&mut chance, share);
        let days = (FULL_DAYS * share).max(20.0) as i32;
        let count = (claims as f64 / CLAIMS_EACH).ceil() as usize;
        let stories = story::stories(&mut chance, &land, count, days);
        let mut by_day: Vec<u32> = (0..stories.len() as u32).collect();
        by_day.sort_by_key(|i| (stories[*i as usize].day, *i));
        World { seed, claims, noise: 100, land, stories, by_day }
    }

    pub fn with_noise(self, percent: usize) -> World {
        World { noise: percent, ..self }
    }

    /// So few stories that each is told again and again, by thousands where the claims are many.
    pub fn with_stories(mut self, count: usize) -> World {
        self.stories.truncate(count);
        self.stories.iter_mut().for_each(|story| story.twin = story.twin.filter(|twin| (*twin as usize) < count));
        self.by_day.retain(|story| (*story as usize) < count);
        self
    }

    /// As many claims as the world was made for, document by document, some documents twice.
    pub fn told(&self) -> impl Iterator<Item = Told> + '_ {
        (0..self.stories.len()).cycle().zip(0..).flat_map(|(i, round)| self.documents(i, round)).take(self.claims)
    }

    /// All documents whose news is this story. Where the stories are too few for the claims, further rounds tell them
    /// once more in other documents; `CLAIMS_EACH` makes that rare.
    fn documents(&self, number: usize, round: usize) -> Vec<Told> {
        let mut chance = Chance::new(self.seed, round as u64);
        let dispatches: Vec<Dispatch> = (0..1 + chance.below(3)).map(|_| self.dispatch(&mut chance, number)).collect();
        let count = chance.heavy_tail(1, DOCUMENTS_MAX, 1.6);
        let mut told = vec![];
        for d in 0..count {
            let document = format!("{:08x}-{d}", (round as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32);
            let claims = self.document(&mut chance, &document, number, &dispatches);
            if chance.percent(1) {
                told.extend(claims.clone());
            }
            told.extend(claims);
        }
        told
    }

    fn document(&self, chance: &mut Chance, name: &str, number: usize, dispatches: &[Dispatch]) -> Vec<Told> {
        let story = &self.stories[number];
        let outlet = chance.below(OUTLETS);
        let is_late = chance.percent(6);
        let own_lag = if is_late { chance.between(2, 6) } else { chance.between(0, 1) };
        let (mut reports, agency, text, lag) = if chance.percent(55) {
            let dispatch = chance.of(dispatches);
            let mut reports = dispatch.reports.clone();
            reports.iter_mut().for_each(|(_, r)| r.cut(chance));
            (reports, Some(dispatch.agency), dispatch.cut(chance), dispatch.lag + i32::from(chance.percent(25)))
        } else {
            // Each outlet has its own habit of naming sites.
            let sharpness = 40 + (outlet * 37) % 56;
            (self.reports(chance, story, number, own_lag, sharpness), None, own_words(chance), own_lag)
        };
        self.add_others(chance, story, &mut reports);
        let published = (!chance.percent(3)).then_some(story.day + lag);
        let finish = |(i, (truth, report)): (usize, (u32, Report))| {
            let mut claim = report.claim(name, &format!("i{}", i + 1), published).with_fingerprint(text.clone());
            claim.outlet = Some(format!("outlet {outlet}"));
            claim.source = format!("https://outlet{outlet}.example/{name}");
            let speaker = |n| Attribution { source: format!("agency {n}"), kind: SourceKind::Agency, evidence: vec![] };
            claim.incident.attribution.splice(0..0, agency.map(speaker));
            Told { claim, truth, trap: self.stories[truth as usize].trap, traits: report.traits }
        };
        reports.into_iter().enumerate().map(finish).collect()
    }

    fn reports(
        &self,
        chance: &mut Chance,
        story: &Story,
        number: usize,
        lag: i32,
        sharpness: usize,
    ) -> Vec<(u32, Report)> {
        let mut reports = vec![(number as u32, Report::news(chance, &self.land, story, (lag, sharpness, self.noise)))];
        if let Some(twin) = story.twin.filter(|_| chance.percent(85)) {
            let other = &self.stories[twin as usize];
            reports.push((twin, Report::news(chance, &self.land, other, (lag, sharpness, self.noise))));
        }
        reports
    }

    /// One document in ten is a round-up with a second incident of these days, one in twenty-five recalls an old one.
    fn add_others(&self, chance: &mut Chance, story: &Story, reports: &mut Vec<(u32, Report)>) {
        if chance.percent(10) {
            let day = story.day + chance.between(-1, 0);
            if let Some(other) = self.story_near(chance, story, day, day) {
                reports.push((
                    other,
                    Report::news(chance, &self.land, &self.stories[other as usize], (1, 60, self.noise)),
                ));
            }
        }
        let recalls = chance.percent(4);
        let old = recalls.then(|| self.story_near(chance, story, story.day - 400, story.day - 5)).flatten();
        reports.extend(old.map(|o| (o, Report::recalled(chance, &self.land, &self.stories[o as usize], self.noise))));
    }

    /// A story of the same country between two days; now and then there is none.
    fn story_near(&self, chance: &mut Chance, story: &Story, first: i32, last: i32) -> Option<u32> {
        let day_of = |i: &u32| self.stories[*i as usize].day;
        let range =
            self.by_day.partition_point(|i| day_of(i) < first)..self.by_day.partition_point(|i| day_of(i) <= last);
        let country = |s: &Story| self.land.place(self.land.towns[s.town].node).country.clone();
        let mut drawn =
            (0..12).filter(|_| !range.is_empty()).map(|_| self.by_day[range.start + chance.below(range.len())]);
        drawn.find(|i| {
            let other = &self.stories[*i as usize];
            country(other) == country(story) && !std::ptr::eq(other, story) && other.twin.is_none()
        })
    }

    fn dispatch(&self, chance: &mut Chance, number: usize) -> Dispatch {
        let (story, lag) = (&self.stories[number], chance.between(0, 1));
        let length = 60 + chance.heavy_tail(20, 500, 1.7) as usize;
        Dispatch {
            agency: chance.below(AGENCIES),
            lag,
            reports: self.reports(chance, story, number, lag, 75),
            text: (0..length).map(|_| chance.next()).collect(),
        }
    }
}

/// What an agency sends to its outlets.
struct Dispatch {
    agency: usize,
    lag: i32,
    reports: Vec<(u32, Report)>,
    /// Hashes of its word 5-grams, in the order of the text.
    text: Vec<u64>,
}

impl Dispatch {
    /// Outlets cut at different places and add words of their own.
    fn cut(&self, chance: &mut Chance) -> Vec<u64> {
        let kept = self.text.len() * (40 + chance.below(61)) / 100;
        let start = if chance.percent(80) { 0 } else { chance.below(self.text.len() - kept + 1) };
        let own = chance.below(40);
        self.text[start..start + kept].iter().copied().chain((0..own).map(|_| chance.next())).collect()
    }
}

fn own_words(chance: &mut Chance) -> Vec<u64> {
    let length = 50 + chance.heavy_tail(20, 600, 1.7) as usize;
    (0..length).map(|_| chance.next()).collect()
}
