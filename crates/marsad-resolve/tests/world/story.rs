//! What happened in truth?
//!
//! Incidents drawn over years and towns, and among them the pairs that people and programs confuse.

use super::chance::Chance;
use super::land::Land;
use marsad_model::EventType;

#[derive(Clone, Debug)]
pub struct Story {
    /// Days after the first day of the world.
    pub day: i32,
    pub town: usize,
    /// Node of the site in the town, where there is one.
    pub site: Option<usize>,
    pub event: EventType,
    pub weapon: Option<&'static str>,
    pub target: Option<&'static str>,
    pub actor: u8,
    /// Final tolls; the first reports may give less.
    pub killed: u32,
    pub wounded: u32,
    pub grows: bool,
    pub munitions: u32,
    pub trap: Trap,
    /// Told in one document with this other incident, one sentence for two days and two places.
    pub twin: Option<u32>,
}

/// Why this incident is easily taken for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trap {
    None,
    SameSiteMonthsApart,
    SameTollSameProvince,
    OtherMeansTwoDaysApart,
    TwoDaysTwoPlaces,
    SameDaySameTown,
}

/// Type, weapon, target and what else other reporters call it.
type Means = (EventType, Option<&'static str>, &'static [EventType]);

const MEANS: [Means; 12] = [
    (EventType::RocketAttack, Some("katyusha"), &[EventType::MissileAttack, EventType::Shelling]),
    (EventType::Shelling, Some("mortar"), &[EventType::RocketAttack]),
    (EventType::MissileAttack, Some("ballistic"), &[EventType::RocketAttack]),
    (EventType::DroneAttack, Some("drone"), &[EventType::AirStrike]),
    (EventType::AirStrike, Some("jet"), &[EventType::DroneAttack]),
    (EventType::AirStrike, None, &[EventType::DroneAttack]),
    (EventType::Ied, Some("ied"), &[EventType::CarBomb]),
    (EventType::CarBomb, Some("car_bomb"), &[EventType::Ied, EventType::SuicideBombing]),
    (EventType::SuicideBombing, Some("belt"), &[EventType::CarBomb]),
    (EventType::ArmedAttack, Some("rifle"), &[EventType::ArmedClash]),
    (EventType::ArmedClash, None, &[EventType::ArmedAttack]),
    (EventType::Abduction, None, &[EventType::ArmedAttack]),
];
const TARGETS: [&str; 8] = ["military_base", "market", "police", "patrol", "house", "hospital", "convoy", "mosque"];
pub const ACTORS: u8 = 12;

/// Types by which other reports of the same incident call it.
pub fn near_types(event: EventType) -> &'static [EventType] {
    MEANS.iter().find(|m| m.0 == event).map_or(&[], |m| m.2)
}

/// `count` incidents within `days`.
pub fn stories(chance: &mut Chance, land: &Land, count: usize, days: i32) -> Vec<Story> {
    let mut all: Vec<Story> = Vec::with_capacity(count + 1);
    while all.len() < count {
        let story = story(chance, land, days);
        match chance.below(1000) {
            0..25 => all.push(later_at_same_site(chance, &story, days)),
            25..35 => all.push(same_toll_same_province(chance, land, &story, days)),
            35..55 => all.push(other_means(chance, &story, days)),
            55..70 => all.push(next_day_elsewhere(chance, land, &story, days, all.len())),
            70..80 => all.push(same_day_same_town(chance, land, &story)),
            _ => {}
        }
        let mut story = story;
        if let Some(last) = all.last().filter(|l| l.twin == Some(all.len() as u32)) {
            story.twin = Some(all.len() as u32 - 1);
            story.trap = last.trap;
        }
        all.push(story);
    }
    all
}

fn story(chance: &mut Chance, land: &Land, days: i32) -> Story {
    let town = land.busy_town(chance);
    let sites = &land.towns[town].sites;
    let (event, weapon, _) = *chance.of(&MEANS);
    let killed = if chance.percent(35) { 0 } else { chance.heavy_tail(1, 120, 1.9) };
    Story {
        day: chance.between(0, days - 1),
        town,
        site: (!sites.is_empty() && chance.percent(65)).then(|| *chance.of(sites)),
        event,
        weapon,
        target: chance.percent(70).then(|| *chance.of(&TARGETS)),
        actor: chance.below(ACTORS.into()) as u8,
        killed,
        wounded: if chance.percent(30) { 0 } else { killed + chance.heavy_tail(1, 60, 1.7) },
        grows: killed > 2 && chance.percent(30),
        munitions: chance.heavy_tail(1, 20, 1.8),
        trap: Trap::None,
        twin: None,
    }
}

fn later_at_same_site(chance: &mut Chance, story: &Story, days: i32) -> Story {
    let day = (story.day + chance.between(30, 240)) % days;
    Story { day, trap: Trap::SameSiteMonthsApart, ..story.clone() }
}

/// Two markets of one province, February and May, 28 dead each.
fn same_toll_same_province(chance: &mut Chance, land: &Land, story: &Story, days: i32) -> Story {
    let governorate = land.towns[story.town].governorate;
    let inside: Vec<usize> = (0..land.towns.len()).filter(|t| land.towns[*t].governorate == governorate).collect();
    let town = *chance.of(&inside);
    let day = (story.day + chance.between(60, 120)) % days;
    let site = land.towns[town].sites.first().copied();
    Story { day, town, site, trap: Trap::SameTollSameProvince, ..story.clone() }
}

fn other_means(chance: &mut Chance, story: &Story, days: i32) -> Story {
    let other = MEANS.iter().filter(|m| m.0.family() != story.event.family());
    let other: Vec<&Means> = other.collect();
    let (event, weapon, _) = **chance.of(&other);
    let day = (story.day + chance.between(0, 2)) % days;
    Story { day, event, weapon, trap: Trap::OtherMeansTwoDaysApart, ..story.clone() }
}

fn next_day_elsewhere(chance: &mut Chance, land: &Land, story: &Story, days: i32, number: usize) -> Story {
    let town = land.busy_town(chance);
    let (day, site) = ((story.day + 1).min(days - 1), land.towns[town].sites.first().copied());
    Story { day, town, site, trap: Trap::TwoDaysTwoPlaces, twin: Some(number as u32 + 1), ..story.clone() }
}

/// A second attack of the same kind on the same day in the same town, with another toll.
fn same_day_same_town(chance: &mut Chance, land: &Land, story: &Story) -> Story {
    let sites = &land.towns[story.town].sites;
    let other: Vec<usize> = sites.iter().copied().filter(|s| Some(*s) != story.site).collect();
    let site = if other.is_empty() { None } else { Some(*chance.of(&other)) };
    let killed = story.killed + 1 + chance.heavy_tail(1, 20, 1.8);
    Story { site, killed, wounded: killed, trap: Trap::SameDaySameTown, ..story.clone() }
}
