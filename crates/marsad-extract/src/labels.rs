//! Which word lists does extraction ask for by name?
//!
//! Each is looked up once when a [`crate::Reader`] is made; a missing list is an
//! error that names it, not a silent blank.

use marsad_lang::{Error, Label, Resources};

macro_rules! labels {
    ($($field:ident = $name:literal),+ $(,)?) => {
        /// Labels of the word lists that the rules of this crate are made of.
        #[derive(Clone, Copy, Debug)]
        pub struct Labels { $(pub $field: Label),+ }

        impl Labels {
            pub fn new(res: &Resources) -> Result<Labels, Error> {
                Ok(Labels { $($field: res.need($name)?),+ })
            }
        }
    };
}

labels! {
    verb = "verb", speech = "speech", announce = "announce", say = "say", according = "according-to",
    claim = "claim", blame = "blame", attribute = "attribute", deny = "deny", condemn = "condemn",
    unreal = "unreal", expect_v = "expect", threaten = "threaten", warn = "warn", vow = "vow", plan = "plan",
    kill = "kill", die = "die", injure = "injure", pool = "pool", cause = "cause", survive = "survive", rise = "rise",
    attack = "attack", strike = "strike", operation = "operation", target_v = "target", bombard = "bombard", raid = "raid",
    explode = "explode", detonate = "detonate", assassinate = "assassinate", clash = "clash", fall = "fall", launch = "launch",
    hit = "hit", happen = "happen", carry_out = "carry-out", be_exposed = "be-exposed", foil = "foil", stab = "stab",
    ram = "ram", shoot = "shoot", intercept = "intercept", shoot_down = "shoot-down", destroy = "destroy", stop = "stop",
    damage_v = "damage-v", seize = "seize", police_work = "police-work",
    place = "place", actor = "actor", person = "person", weapon = "weapon", people = "people", target = "target",
    munition = "munition", explosive = "explosive", launcher = "launcher", debris = "debris", drone = "drone", ship = "ship",
    aircraft_word = "aircraft_word", salvo = "salvo",
    victim = "victim", dead_noun = "dead_noun", hurt_noun = "hurt_noun", injury_noun = "injury_noun", victim_noun = "victim_noun",
    attacker = "attacker", other = "other", armed = "armed", militant = "militant",
    prep_place = "prep_place", prep_in = "prep_in", near = "near", off = "off", toward = "toward", on = "on", direction = "direction",
    countryside = "countryside", place_word = "place_word", country_word = "country-word", speaking_body = "speaking-body",
    launch_cue = "launch-cue", from = "from", nationality = "nationality",
    without = "without", not = "not", any = "any", loss = "loss", harm = "harm", human = "human", material = "material",
    limited_to = "limited-to", no_details = "no-details", crew_well = "crew-well", among_them = "among-them",
    between_dead = "between-dead", toll = "toll", result = "result", after = "after", hours_after = "hours-after",
    other_event = "other-event", similar = "similar", reply_to = "reply-to", also = "also", had = "had", since = "since",
    during = "during", habitual = "habitual", latest = "latest", its_kind = "its-kind", time_of = "time-of",
    responsibility = "responsibility", no_party = "no-party", believed = "believed", source = "source",
    anonymous_cue = "anonymous-cue", statement = "statement", defence = "defence", suicide = "suicide", himself = "himself",
    not_event = "not-event", exercise = "exercise", anniversary = "anniversary", court = "court", rumour = "rumour",
    market_report = "market-report", sport = "sport", countable = "countable", unit = "unit", distance = "distance",
    clause_break = "clause_break", this = "this", age_word = "age-word", hedge_at_least_after = "hedge_at_least_after",
    part_of_day = "part_of_day",
}
