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
    any = "any", end_verb = "end-verb", found_killed = "found-killed", of_them = "of-them", end_word = "end-word", border = "border", driver = "driver", ram = "ram", they_are = "they-are", of_rank = "of-rank", airspace = "airspace", spot = "spot", by_clock_of = "by-clock-of", risen_on = "risen-on", tried = "tried",
    except = "except-word", age = "age-word", reaches_age = "reaches-age", not_telling = "not-telling", toll_unsaid = "toll-unsaid", injured_with = "injured-with", body_part = "body-part", of_wounds = "of-wounds",
    one_of_them = "one-of-them", numbering = "numbering", aforesaid = "aforesaid", casualty_cue = "casualty-cue",
    part_of_day = "part_of_day", die = "die", other = "other",
    toll_killed = "toll-killed", toll_wounded = "toll-wounded", toll_earlier = "toll-earlier", range_to = "range_to",
    same = "same", same_before = "same-before", next_one = "next-one", day_word = "day_word",
    this = "this",
    crew_survived = "crew-survived", place_prefix = "place_prefix", before_word = "before-word", range_between = "range_between",

    verb = "verb", speech = "speech", announce = "announce", claim = "claim", blame = "blame",
    attribute = "attribute", deny = "deny", condemn = "condemn", unreal = "unreal", expect_v = "expect",
    warn = "warn", plan = "plan", kill = "kill", injure = "injure", pool = "pool", cause = "cause", take_lives = "take-lives", own_forces = "own-forces", lives = "lives", amputate = "amputate", limb = "limb", fate = "fate-word", finish_off = "finish-off", neutralise = "neutralise", lose_people = "lose-people", official_source = "official-source", of_age = "of-age", cut = "cut", head = "head-word", slaughter = "slaughter", behead = "behead", behead_many = "behead-many", case = "case-word",
    rise = "rise", attack = "attack", strike = "strike", operation = "operation",
    target_v = "targeting", bombard = "bombard", raid = "raid", explode = "explode", detonate = "detonate",
    assassinate = "assassinate", clash = "clash", fall = "fall", launch = "launch", hit = "hit", shake = "shake",
    happen = "happen", carry_out = "carry-out", be_exposed = "be-exposed", shoot = "shoot",
    intercept = "intercept", destroy = "destroy", stop = "stop", damage_v = "damage-v", seize = "seize",
    police_work = "police-work", place = "place", actor = "actor", person = "person", weapon = "weapon",
    people = "people", target = "target", munition = "munition", explosive = "explosive",
    launcher = "launcher", debris = "debris", drone = "drone", ship = "ship", aircraft_word = "aircraft_word",
    salvo = "salvo", victim = "victim", dead_noun = "dead_noun", hurt_noun = "hurt_noun",
    injury_noun = "injury_noun", victim_noun = "victim_noun", attacker = "attacker", militant = "militant",
    prep_place = "prep_place", prep_in = "prep_in", near = "near", off = "off", toward = "toward", on = "on",
    direction = "direction", countryside = "countryside", place_word = "place_word",
    country_word = "country-word", speaking_body = "speaking-body", launch_cue = "launch-cue", from = "from",
    nationality = "nationality", without = "without", not = "not", loss = "loss", harm = "harm",
    human = "human", material = "material", limited_to = "limited-to", no_details = "no-details",
    crew_well = "crew-well", among_them = "among-them", between_dead = "between-dead", respectively = "respectively", gun = "gun", fires = "fires", within_it = "within-it", flare_up = "flare-up", lost_control = "lost-control", rumour = "rumour", used_word = "used-word", possible = "possible", traffic = "traffic", in_each = "in-each", rescue = "rescue", take_to_care = "take-to-care", under_care = "under-care", hospital_word = "hospital-word", comes_to = "become", perish = "perish", and_word = "and-word", toll = "toll",
    result = "result", after = "after", other_event = "other-event", similar = "similar",
    reply_to = "reply-to", same_time = "same-time", followed_by = "followed-by", perhaps = "perhaps", also = "also", elsewhere = "elsewhere", had = "had", since = "since", during = "during",
    habitual = "habitual", latest = "latest", responsibility = "responsibility", no_party = "no-party",
    believed = "believed", source = "source", anonymous_cue = "anonymous-cue", statement = "statement",
    defence = "defence", suicide = "suicide", not_event = "not-event", anniversary = "anniversary",
    court = "court", market_report = "market-report", unit = "unit", distance = "distance",
    clause_break = "clause_break", stationed = "stationed",
    force_word = "force-word", act_adjective = "act-adjective", by_agent = "by-agent", fire_source = "fire-source",
    belonging = "belonging", massacre = "massacre", drop = "drop", abduct = "abduct", storm = "storm",
    stab = "stab", ambush = "ambush", lose = "lose", that = "that", content_that = "content-that", office = "office",
    side_adjective = "side-adjective", part_noun = "part-noun", origin_word = "origin-word", well_laid = "well-laid", goes_on_with = "goes-on-with", on_arrival = "on-arrival", such_as = "such-as", charges = "charges", street_word = "street-word", one_of = "one-of", takes_from = "takes-from", gunfire = "gunfire", series = "series", time_of = "time-of", footage = "footage", by_mistake = "by-mistake", smuggling = "smuggling", un_word = "un-word", with_him = "with-him", in_addition = "in-addition", he_too = "he-too", with_word = "with-word",
    protest = "protest", march_before = "march-before", march_behind = "march-behind", drone_adjective = "drone-adjective", disease = "disease",
    as_if = "as-if", halt = "halt", undertake = "undertake", day_after = "day-after", later_on = "later-on", the_incident = "the-incident", before_that = "before-that", weekly_rite = "weekly-rite", remnants = "remnants", skies = "skies", until = "until", celebration = "celebration", reconnaissance = "reconnaissance", at_least = "hedge_at_least_after", from_positions = "from-positions",
    kin = "kin", named_building = "named-building", to_it = "to-it", sons_of = "sons-of", lying = "lying", land = "land", armed = "armed",
    pretext = "pretext", party_part = "party-part", relative = "relative-pronoun", group_word = "group_word", that_he = "that-he",
    accusing = "accusing", stand_behind = "stand-behind", make = "make", hold_responsible = "hold-responsible",
    capture = "capture", burn = "burn", lay = "lay", motive = "motive", gunman = "gunman", blow_up = "blow-up", militia_word = "militia-word", ignite = "ignite",
    now_and_then = "now-and-then", each = "each", burial = "burial", scheduled = "scheduled", charge = "charge", fled = "fled", lasting = "lasting", war_start = "war-start",
    report_of_many = "report-of-many", cattle = "cattle", flight = "flight", fire = "fire", remotely = "remotely",
    riding = "riding", planted_by = "planted-by", answerable = "answerable", why_word = "why-word", private_body = "private-body", public_body = "public-body", spokesman = "spokesman", fault = "fault", backed = "backed", verb_particle = "verb-particle", subject_pronoun = "subject-pronoun",
    then = "then", answered = "answered", recurs = "recurs", capital_word = "capital-word", air_force = "air_force", used = "used-word", sink = "sink", less_than = "hedge_less_than", when_word = "when-word", period_word = "period-word", accused = "accused", in_support = "in-support", flight_of_men = "flight-of-men", answer = "answer", alike = "alike",
}
