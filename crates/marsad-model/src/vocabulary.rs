//! Which words may stand in a coded field?
//!
//! Closed vocabularies as enums with their ASCII names. Labels in English and
//! Arabic are data (`data/vocabulary/`); what is compared and counted is here.

/// Declares an enum whose variants have one ASCII name each, with the two
/// conversions that wire formats, data files and the command line share.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($variant),+ }

        impl $name {
            /// All values, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The ASCII name used in readings, exports and data files.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The value of an ASCII name; `None` for any other word.
            pub fn from_name(name: &str) -> Option<$name> {
                match name { $($text => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

vocabulary! {
    /// What happened (coding guide, section 3).
    EventType {
        RocketAttack = "rocket_attack",
        MissileAttack = "missile_attack",
        DroneAttack = "drone_attack",
        AirStrike = "air_strike",
        Shelling = "shelling",
        Ied = "ied",
        CarBomb = "car_bomb",
        SuicideBombing = "suicide_bombing",
        Grenade = "grenade",
        MineUxo = "mine_uxo",
        NavalMine = "naval_mine",
        MaritimeAttack = "maritime_attack",
        ArmedAttack = "armed_attack",
        ArmedClash = "armed_clash",
        Stabbing = "stabbing",
        VehicleRamming = "vehicle_ramming",
        Abduction = "abduction",
        Chemical = "chemical",
        Sabotage = "sabotage",
        ExplosionUnclear = "explosion_unclear",
        WeaponsSeizure = "weapons_seizure",
        AttackUnspecified = "attack_unspecified",
        AircraftDowned = "aircraft_downed",
    }
}

vocabulary! {
    /// Groups of event types that different reports confuse for one another.
    Family {
        Projectile = "projectile",
        Air = "air",
        Bomb = "bomb",
        Armed = "armed",
        Sea = "sea",
        Chemical = "chemical",
        Seizure = "seizure",
        Any = "any",
    }
}

impl EventType {
    /// The family that blocking and coreference compare first.
    pub fn family(self) -> Family {
        use EventType::*;
        match self {
            RocketAttack | MissileAttack | Shelling => Family::Projectile,
            DroneAttack | AirStrike => Family::Air,
            Ied | CarBomb | SuicideBombing | MineUxo | Grenade | ExplosionUnclear | NavalMine | Sabotage => {
                Family::Bomb
            }
            ArmedAttack | ArmedClash | Stabbing | VehicleRamming | Abduction => Family::Armed,
            MaritimeAttack => Family::Sea,
            EventType::Chemical => Family::Chemical,
            WeaponsSeizure | AircraftDowned => Family::Seizure,
            AttackUnspecified => Family::Any,
        }
    }

    /// True for types that say little about the means, and so agree with any.
    pub fn is_vague(self) -> bool {
        matches!(self, EventType::AttackUnspecified | EventType::ExplosionUnclear | EventType::MaritimeAttack)
    }

    /// True when two reports of one incident may carry these two types.
    ///
    /// ```
    /// use marsad_model::EventType::*;
    /// assert!(RocketAttack.agrees(AttackUnspecified));
    /// assert!(!RocketAttack.agrees(DroneAttack));
    /// ```
    pub fn agrees(self, other: EventType) -> bool {
        self.family() == other.family() || self.is_vague() || other.is_vague()
    }
}

vocabulary! {
    /// New in this report, or told as context.
    Role { Main = "main", Background = "background" }
}

vocabulary! {
    /// On whose word the reality of the incident rests.
    Epistemic {
        Asserted = "asserted",
        Reported = "reported",
        ClaimedByParty = "claimed_by_party",
        Suspected = "suspected",
        Contested = "contested",
        Denied = "denied",
    }
}

vocabulary! {
    /// How the incident lies to the named place.
    Relation { In = "in", At = "at", Near = "near", Off = "off", Between = "between" }
}

vocabulary! {
    /// Whether munitions were shot down.
    InterceptionStatus {
        Unknown = "unknown",
        None = "none",
        Attempted = "attempted",
        Partial = "partial",
        Full = "full",
        ExplicitNone = "explicit_none",
    }
}

vocabulary! {
    /// Who speaks in a link of the attribution chain.
    SourceKind {
        Outlet = "outlet",
        Agency = "agency",
        Official = "official",
        Anonymous = "anonymous",
        Party = "party",
        Witness = "witness",
    }
}
