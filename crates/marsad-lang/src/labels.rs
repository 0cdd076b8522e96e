//! Which word lists do the grammars of this crate ask for by name?
//!
//! Each is looked up once when the data is loaded; at every token of a text a number is compared, not a name.

use crate::lexicon::{Label, Lexicon};
use crate::packed::packed;

macro_rules! labels {
    ($($field:ident = $name:literal),+ $(,)?) => {
        /// Labels of the word lists that numbers, times and mentions are made of.
        pub(crate) struct Labels { $(pub $field: Label),+ }

        impl Labels {
            /// A list that the data lacks has a label that nothing carries.
            pub(crate) fn new(lexicon: &Lexicon) -> Labels {
                Labels { $($field: lexicon.label($name).unwrap_or(Lexicon::NO_LABEL)),+ }
            }
        }

        packed!(struct Labels { $($field),+ });
    };
}

labels! {
    after_midnight = "after-midnight", ago = "ago", airplane = "airplane", attack = "attack", before_last = "before_last", before_year = "before_year",
    bombard = "bombard", clock_word = "clock_word", content_that = "content-that", coming = "coming", corresponding = "corresponding",
    countable = "countable", current = "current", day_word = "day_word", direction = "direction",
    duration_cue = "duration_cue", edge = "edge", force_word = "force-word", from = "from", gap_stop = "gap_stop",
    group_word = "group_word", hedge_about = "hedge_about", hedge_about_after = "hedge_about_after",
    hedge_at_least = "hedge_at_least", hedge_at_least_after = "hedge_at_least_after",
    hedge_less_than = "hedge_less_than", hedge_more_than = "hedge_more_than", later_than = "later_than",
    act_adjective = "act-adjective", massacre = "massacre", month_word = "month_word", national = "national", nationality = "nationality", next_one = "next-one",
    of_kind = "of_kind", or = "or", part_of_day = "part_of_day", past = "past", place = "place",
    place_word = "place_word", prep_place = "prep_place", raid = "raid", range_between = "range_between",
    range_to = "range_to", relative_day = "relative_day", same = "same", same_before = "same-before", season = "season", strike = "strike",
    targeting = "targeting", this = "this", time_unit = "time_unit", unit = "unit", unmanned = "unmanned",
    weapon = "weapon", weapon_name = "weapon_name", weekday = "weekday", year_word = "year_word",
}
