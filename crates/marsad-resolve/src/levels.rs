//! How much is each agreement worth?
//!
//! All levels and thresholds of the comparison in one place. A pair of claims gets at most one level of each group;
//! the points add up to the pair's points. A pair that contradicts itself in type, place or date is vetoed and has no
//! points at all.
//!
//! How they were set (2026-11, before measuring on the corpus): the three pillars type, place and date give 72 points
//! when all are sharp and equal. [`LINK_POINTS`] lies at 60, so that two weakened pillars (next day *and* only the
//! same town) do not suffice alone, and corroboration by tolls, counts, weapons, actors or shared wording, each small
//! by itself, decides what is left. Equal tolls never outweigh a wrong date: two markets of one province with 28 dead
//! each, three months apart, are two incidents (coding guide, section 8).
//!
//! What counts where a day is missing was set by measuring (2026-11): of 2,700 pairs of undated tellings of one town and
//! type family among 431 reports from Syria, 18 in 100 were of one day. A logistic regression over their levels gave
//! each its weight; about four points are one natural logarithm of odds. A telling with nothing but town, type, weapon
//! and doer stays 13 points short of [`LINK_POINTS`], and a weekday alone does not close the gap: the same weekday at
//! 12 points joined car bombs of one quarter in two years.

/// One named outcome of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level {
    pub label: &'static str,
    pub points: i32,
}

const fn level(label: &'static str, points: i32) -> Level {
    Level { label, points }
}

/// Nothing to compare in this group.
pub const SILENT: Level = level("", 0);

// Type. Types of different families, neither vague, veto.
pub const TYPE_SAME: Level = level("type: same", 16);
pub const TYPE_FAMILY: Level = level("type: same family", 10);
pub const TYPE_BOTH_VAGUE: Level = level("type: same, vague", 8);
pub const TYPE_VAGUE: Level = level("type: one is vague", 4);

// Place. Sharp places that are apart, and different governorates or countries, veto.
pub const PLACE_SAME_SITE: Level = level("place: same site", 28);
pub const PLACE_SAME_SETTLEMENT: Level = level("place: same settlement", 24);
pub const PLACE_IN_SETTLEMENT: Level = level("place: one lies in the other", 20);
/// A named border area, subdistrict or large town.
pub const PLACE_SAME_AREA: Level = level("place: same small area", 18);
pub const PLACE_NEAR: Level = level("place: within the accuracy of the points", 16);
pub const PLACE_DISTRICT: Level = level("place: same district", 10);
/// Two listed villages a few kilometres apart are two places, but an outlet may name the wrong one.
pub const PLACE_NEIGHBOUR: Level = level("place: neighbouring settlements", 8);
/// Two sites of one town, or a site and an area around it.
pub const PLACE_SAME_TOWN: Level = level("place: two sites of one settlement", 6);
pub const PLACE_GOVERNORATE: Level = level("place: same governorate", 6);
pub const PLACE_COUNTRY: Level = level("place: same country only", -4);
pub const PLACE_UNKNOWN: Level = level("place: one is unknown", -6);

// Date. Intervals more than a day apart veto.
pub const DATE_SAME_DAY: Level = level("date: same day", 28);
pub const DATE_NEXT_DAY: Level = level("date: next day", 14);
/// News without a day, and a day that its publication makes likely: the same or the one before.
pub const DATE_NEWS: Level = level("date: day of the other's report or the one before", 17);
pub const DATE_SHORT: Level = level("date: overlap within three weeks", 14);
pub const DATE_MONTH: Level = level("date: overlap within a month", 6);
/// News that tells no day, and a day further back in the week before it.
pub const DATE_WEEK: Level = level("date: within the week before the report", 5);
pub const DATE_OPEN: Level = level("date: one is open", 0);
/// Told as background without a day, it may be any earlier attack on the place.
pub const DATE_OPEN_BACKGROUND: Level = level("date: open, told as background", -8);

// Weekday, only when at least one day is not exact.
pub const WEEKDAY_SAME: Level = level("weekday: same", 10);
pub const WEEKDAY_NEXT: Level = level("weekday: next", -6);
pub const WEEKDAY_DIFFERS: Level = level("weekday: differs", -20);

// Killed; wounded count half. A toll may grow from report to report (4 became 12, 16 became 28).
pub const TOLL_EQUAL_LARGE: Level = level("toll: equal, ten or more", 12);
pub const TOLL_EQUAL: Level = level("toll: equal, four to nine", 8);
pub const TOLL_EQUAL_SMALL: Level = level("toll: equal, one to three", 4);
/// Where no day is known the numbers must tell one attack on a town from the next; then those of the wounded count in full, too.
pub const TOLL_EQUAL_SMALL_UNDATED: Level = level("toll: equal, one to three, no day known", 8);
pub const TOLL_EQUAL_NONE: Level = level("toll: both none", 2);
pub const TOLL_COMPATIBLE: Level = level("toll: compatible", 2);
pub const TOLL_GROWN: Level = level("toll: may have grown", 0);
pub const TOLL_SHRUNK: Level = level("toll: later but lower", -4);
pub const TOLL_CLASH: Level = level("toll: clash", -8);

// Corroboration.
pub const MUNITIONS_AGREE: Level = level("munitions: counts agree", 6);
pub const MUNITIONS_ONE: Level = level("munitions: one each", 2);
pub const MUNITIONS_CLASH: Level = level("munitions: counts differ", -4);
pub const WEAPON_SAME: Level = level("weapon: same", 4);
pub const WEAPON_DIFFERS: Level = level("weapon: differs", -2);
pub const TARGET_SAME: Level = level("target: same words", 6);
pub const TARGET_CLASS: Level = level("target: same class", 3);
pub const TARGET_DIFFERS: Level = level("target: other class", -3);
pub const ACTOR_SAME: Level = level("actor: shared", 3);
pub const ACTOR_DIFFERS: Level = level("actor: other perpetrator", -3);
/// Far less than a wire text, asked only where a day is missing: of undated pairs of one town and type, 15 in 100 were of
/// one day, with three common 5-grams 57, with twelve 90 (431 reports from Syria, 2026-11).
pub const TEXT_PHRASES: Level = level("text: some phrases in common", 6);
pub const TEXT_PASSAGES: Level = level("text: passages in common", 16);
pub const TEXT_SHARED: Level = level("text: shared wire copy", 16);
/// One wire text, one type, one small area, news in both: the copies were cut at different places. Of the seeds, 001 and 004 tell of
/// the bomb at Jraishan in different sentences of one dispatch, without a date in 001 (2026-11).
pub const TEXT_SHARED_NEWS: Level = level("text: shared wire copy with the same news", 28);
/// Attacks on other towns that both documents tell; asked only where a day is missing.
pub const COMPANY_ONE: Level = level("document: tells one more of the same attacks", 8);
pub const COMPANY_SEVERAL: Level = level("document: tells several of the same attacks", 12);
/// One person can be killed once: decides alone, even without date and place.
pub const VICTIM_SAME: Level = level("victim: same assassination", 70);

/// A pair with at least so many points may found or enlarge an incident.
pub const LINK_POINTS: i32 = 60;
/// A vague claim joins the only incident of its days that it fits from so many points on: two pillars whole, the third blunt, as
/// with «rockets at Ain al-Asad on the fourth» and «rockets in Anbar on the fourth» (50). The coding guide calls a place and
/// one around it, on one day, the same (section 8).
pub const FIT_POINTS: i32 = 48;
/// Every other pair inside an incident needs at least so many (complete linkage).
pub const KEEP_POINTS: i32 = 40;
/// A vague claim that fits two incidents stays alone unless one fits better by so many points.
pub const AMBIGUOUS_POINTS: i32 = 6;

/// Intervals may miss each other by so many days (time zones, nights over midnight, stamps of print editions).
pub const DAYS_APART_MAX: i32 = 1;
/// Longest interval for [`DATE_SHORT`]: the third of a month with [`MONTH_PART_DAYS`] on either side.
pub const SHORT_DAYS: i32 = 20;
/// "Mid-April" is read as the 15th, "early April" as the 1st to the 10th; writers mean some days more on either side.
pub const MONTH_PART_DAYS: i32 = 5;
/// Longest interval for [`DATE_MONTH`].
pub const MONTH_DAYS: i32 = 31;
/// News without a date happened at most so many days before it was published.
pub const NEWS_DAYS: i32 = 7;

/// Points of two sites agree within the larger of their radii, but at least and at most so many kilometres.
pub const NEAR_KM_MIN: f64 = 3.0;
pub const NEAR_KM_MAX: f64 = 15.0;
/// Two sites of one settlement that lie further apart are two places.
pub const SAME_TOWN_KM: f64 = 10.0;
/// A place known less accurately than this is vague, whatever its kind.
pub const SHARP_KM: f64 = 25.0;

/// A toll counts as grown up to three times and five more; beyond that it clashes.
pub const GROWN_TIMES: u32 = 3;
pub const GROWN_PLUS: u32 = 5;

/// Two documents share wire copy from so many common 5-grams …
pub const SHARED_SHINGLES_MIN: u32 = 12;
/// Fewer are [`TEXT_PHRASES`].
pub const PHRASES_MIN: u64 = 3;
pub const PASSAGES_MIN: u64 = 12;
/// … which are at least so many percent of the shorter document. Measured on the five seeds (2026-11): 001 and 004,
/// two copies of one agency, share 169 of 405 (42 %); the other nine pairs one or two shingles (0.4 %). The threshold
/// lies low because an outlet may print a third of a dispatch in a text of its own.
pub const SHARED_PERCENT_MIN: u32 = 25;
/// Each document is compared with so many others of a shingle's posting list: linear in the text, and still enough to
/// chain the copies of a wire text that hundreds of outlets print.
pub const SHINGLE_NEIGHBOURS: usize = 32;
/// A claim with an open date is compared with so many claims of its block, the latest first.
pub const OPEN_NEIGHBOURS: usize = 64;
