//! How much is each agreement worth?
//!
//! All levels and thresholds of the comparison in one place. A pair of claims gets at most one level of each group;
//! the points add up to the pair's points. A pair that contradicts itself in type, place or date is vetoed and has no
//! points at all.
//!
//! How they were set (2026-11): by measuring. Four points are about one natural logarithm of odds, and [`LINK_POINTS`] are even
//! odds. A logistic regression over all pairs that are worth comparing, with a penalty on the distance from points set by hand,
//! learnt one weight a label: from a world of 100,000 claims invented with another seed than those that are measured, and, with a
//! tenth of the weight, from 692 pairs of 431 reports from Syria. Killed and wounded share their weights. Held by hand:
//!
//! - [`DATE_OPEN`] and [`DATE_OPEN_BACKGROUND`]: the invented world has one attack for each, a town at war a hundred. A telling with
//!   nothing but town, type, weapon and doer stays below [`LINK_POINTS`].
//! - [`WEEKDAY_SAME`]: at 12 points it joined car bombs of one quarter in two years.
//! - [`PLACE_OTHER_NAME`], [`PLACE_NEIGHBOUR`] and [`PLACE_SAME_AREA`]: the invented world names its towns wrongly more
//!   often than it attacks two neighbours on one day; a front does the reverse. For the same reason two names bring groups together
//!   only where a count of two or more is alike, or a victim.
//! - [`TOLL_SOME`]: no reporter of the invented world is early enough to see no victims yet.
//! - [`ACTOR_DIFFERS`]: that two outlets accuse two states of one strike is a habit of one war.

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
pub const TYPE_SAME: Level = level("type: same", 24);
pub const TYPE_FAMILY: Level = level("type: same family", 18);
pub const TYPE_BOTH_VAGUE: Level = level("type: same, vague", 7);
pub const TYPE_VAGUE: Level = level("type: one is vague", 17);

// Place. Sharp places that are apart, and different governorates or countries, veto.
pub const PLACE_SAME_SITE: Level = level("place: same site", 33);
pub const PLACE_SAME_SETTLEMENT: Level = level("place: same settlement", 30);
pub const PLACE_IN_SETTLEMENT: Level = level("place: one lies in the other", 24);
/// A named border area, subdistrict or large town.
pub const PLACE_SAME_AREA: Level = level("place: same small area", 26);
pub const PLACE_NEAR: Level = level("place: within the accuracy of the points", 7);
pub const PLACE_DISTRICT: Level = level("place: same district", 25);
/// Two listed villages a few kilometres apart are two places, but an outlet may name the wrong one.
pub const PLACE_NEIGHBOUR: Level = level("place: neighbouring settlements", 8);
/// Two sites of one town, or a site and an area around it.
pub const PLACE_SAME_TOWN: Level = level("place: two sites of one settlement", 18);
/// Two listed towns of one district on known days: one report may name the wrong one.
pub const PLACE_OTHER_TOWN: Level = level("place: two towns of one district", 16);
/// A name on no list may be another name of the town that the other telling names.
pub const PLACE_UNLISTED: Level = level("place: unlisted name, same district", 23);
pub const PLACE_OTHER_NAME: Level = level("place: another name", -4);
pub const PLACE_GOVERNORATE: Level = level("place: same governorate", 20);
pub const PLACE_COUNTRY: Level = level("place: same country only", 13);
pub const PLACE_UNKNOWN: Level = level("place: one is unknown", 8);

// Date. Intervals more than a day apart veto.
pub const DATE_SAME_DAY: Level = level("date: same day", 22);
pub const DATE_NEXT_DAY: Level = level("date: next day", 9);
/// A report cannot tell what has not happened yet: its day is wrong.
pub const DATE_NEXT_DAY_AHEAD: Level = level("date: next day, told before it came", 22);
/// The earlier day was told on that very day, so it cannot be the other one.
pub const DATE_NEXT_DAY_TOLD: Level = level("date: next day, the earlier told on its own", 2);
/// News without a day, and a day that its publication makes likely: the same or the one before.
pub const DATE_NEWS: Level = level("date: day of the other's report or the one before", 19);
pub const DATE_SHORT: Level = level("date: overlap within three weeks", 11);
pub const DATE_MONTH: Level = level("date: overlap within a month", 7);
/// News that tells no day, and a day further back in the week before it.
pub const DATE_WEEK: Level = level("date: within the week before the report", 8);
pub const DATE_OPEN: Level = level("date: one is open", -10);
/// Told as background without a day, it may be any earlier attack on the place.
pub const DATE_OPEN_BACKGROUND: Level = level("date: open, told as background", -16);

// Weekday, only when at least one day is not exact.
pub const WEEKDAY_SAME: Level = level("weekday: same", 9);
pub const WEEKDAY_NEXT: Level = level("weekday: next", -8);
pub const WEEKDAY_DIFFERS: Level = level("weekday: differs", -16);

// Killed, and the same for wounded. A toll may grow from report to report (4 became 12, 16 became 28).
pub const TOLL_EQUAL_LARGE: Level = level("toll: equal, ten or more", 17);
pub const TOLL_EQUAL: Level = level("toll: equal, four to nine", 14);
pub const TOLL_EQUAL_SMALL: Level = level("toll: equal, two or three", 6);
pub const TOLL_EQUAL_ONE: Level = level("toll: equal, one", 5);
/// Where no day is known the numbers must tell one attack on a town from the next.
pub const TOLL_EQUAL_SMALL_UNDATED: Level = level("toll: equal, one to three, no day known", 18);
pub const TOLL_EQUAL_NONE: Level = level("toll: both none", 5);
pub const TOLL_COMPATIBLE: Level = level("toll: compatible", 5);
/// The higher one may have been told later.
pub const TOLL_GROWN: Level = level("toll: may have grown", 0);
/// Both were told on one day.
pub const TOLL_DIFFERS: Level = level("toll: differs on one day", -5);
/// More than half as many again, and five more.
pub const TOLL_JUMPED: Level = level("toll: may have jumped", -6);
pub const TOLL_SOME: Level = level("toll: one says none", -12);
pub const TOLL_SHRUNK: Level = level("toll: later but lower", -11);
pub const TOLL_CLASH: Level = level("toll: clash", -23);

// Corroboration.
pub const MUNITIONS_AGREE: Level = level("munitions: counts agree", 10);
pub const MUNITIONS_ONE: Level = level("munitions: one each", 2);
pub const MUNITIONS_CLASH: Level = level("munitions: counts differ", -9);
pub const WEAPON_SAME: Level = level("weapon: same", 3);
pub const WEAPON_DIFFERS: Level = level("weapon: differs", -3);
pub const TARGET_SAME: Level = level("target: same words", 8);
pub const TARGET_CLASS: Level = level("target: same class", 7);
pub const TARGET_DIFFERS: Level = level("target: other class", -15);
pub const ACTOR_SAME: Level = level("actor: shared", 8);
pub const ACTOR_DIFFERS: Level = level("actor: other perpetrator", -2);
/// Far less than a wire text, asked only where a day is missing: of undated pairs of one town and type, 15 in 100 were of
/// one day, with three common 5-grams 57, with twelve 90 (431 reports from Syria, 2026-11).
pub const TEXT_PHRASES: Level = level("text: some phrases in common", 6);
pub const TEXT_PASSAGES: Level = level("text: passages in common", 9);
pub const TEXT_SHARED: Level = level("text: shared wire copy", 9);
/// One wire text, one type, one small area, news in both: the copies were cut at different places. Of the seeds, 001 and 004 tell of
/// the bomb at Jraishan in different sentences of one dispatch, without a date in 001 (2026-11).
pub const TEXT_SHARED_NEWS: Level = level("text: shared wire copy with the same news", 28);
/// Attacks on other towns that both documents tell.
pub const COMPANY_ONE: Level = level("document: tells one more of the same attacks", 14);
pub const COMPANY_SEVERAL: Level = level("document: tells several of the same attacks", 12);
/// One person can be killed once: decides alone, even without date and place.
pub const VICTIM_SAME: Level = level("victim: same assassination", 70);

/// Two groups join when the mean of all pairs across them has so many.
pub const LINK_POINTS: i32 = 60;
/// A vague claim joins the incident that it fits from so many on: what it leaves out speaks neither for nor against. The coding
/// guide calls a place and one around it, on one day, the same (section 8).
pub const FIT_POINTS: i32 = 54;
/// From so many on a pair brings its groups together. More than the mean has to have: of each day there are so many claims that
/// with [`LINK_POINTS`] a third of a million of them hung together, and were compared in vain.
pub const EDGE_POINTS: i32 = 67;
/// The same for a vague claim and a sharp one of known days.
pub const FIT_EDGE_POINTS: i32 = 61;
/// What a pair that forbids itself counts in the mean: one wrong town or day among many tellings.
pub const APART_POINTS: i32 = 30;
/// Groups whose mean misses the one asked for by so many still join if it is reached with what few reports tell counted in full; and a
/// vague claim looks at another incident that by the mean fits so much worse.
pub const CLOSE_POINTS: i32 = 4;
/// A mean so far above the one asked for is not asked what few reports tell. Of tolls only: with targets and munitions counted in full
/// reports from Syria, which name several targets of one attack, lost .015 and .009 of their recall (2026-11).
pub const SURE_POINTS: i32 = 10;
/// So many of a hundred voices that say something of one incident err, or word it otherwise: the program itself misreads the day in
/// 4, the place in 5 and the type in 4 of a hundred, outlets err besides. Two groups whose voices contradict each other more often than
/// that are two incidents.
pub const ERRING_PERCENT: u32 = 10;
/// The same for types, which are often other words for one attack (with 10 percent reports from Syria lost .004 of their recall), and for
/// tolls, which grow within a day.
pub const ERRING_OFTEN_PERCENT: u32 = 15;
/// Four points are a natural logarithm of odds, so one is so many times the odds.
pub const QUARTER_OF_E: f64 = 1.284;
/// A vague claim that fits two incidents stays alone unless one fits better by so many points.
pub const AMBIGUOUS_POINTS: i32 = 2;

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
/// Two towns further apart are not taken for each other.
pub const OTHER_TOWN_KM: f64 = 40.0;
/// A place known less accurately than this is vague, whatever its kind.
pub const SHARP_KM: f64 = 25.0;

/// A toll counts as jumped up to three times and so many more; beyond that it clashes.
pub const GROWN_TIMES: u32 = 3;
/// A toll counts as grown up to half as many again and so many more.
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
