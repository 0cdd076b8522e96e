//! What does one document claim about one incident?

use crate::vocabulary::{Epistemic, EventType, InterceptionStatus, Relation, Role};
use crate::{DateValue, Evidence, Link, Quantity, RuleId, Sourced};
use std::cmp::Ordering;
use std::sync::Arc;

pub use crate::vocabulary::SourceKind;

/// One incident as one document tells it: a filled template with its status.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// `i1`, `i2` … in order of first telling; unique within the document.
    pub id: String,
    /// Type with the trigger words as evidence.
    pub event: Sourced<EventType>,
    pub sub_type: Option<String>,
    /// Such as `assassination`; sorted.
    pub tags: Vec<String>,
    pub role: Role,
    pub epistemic: Epistemic,
    pub date: DateValue,
    pub place: Option<Place>,
    pub weapons: Vec<Weapon>,
    pub munitions: Munitions,
    pub interception: Interception,
    pub launch_site: Option<LaunchSite>,
    pub target: Option<Target>,
    pub casualties: Casualties,
    pub damage: Damage,
    pub claimed_by: ClaimedBy,
    /// Asserted by the outlet itself; never a mere accusation.
    pub perpetrator: Option<Sourced<String>>,
    pub blamed_on: Vec<Blame>,
    /// From the speaker nearest to the outlet to the one nearest to the event.
    pub attribution: Vec<Attribution>,
    /// Every stretch that tells this incident, the trigger in each.
    pub mentions: Vec<Evidence>,
    /// How it stands to other incidents of the document; none of a merged incident, whose links lead to merged ones.
    pub links: Vec<Link>,
}

impl Incident {
    /// An incident of which only the type is known so far.
    pub fn new(id: impl Into<String>, event: Sourced<EventType>) -> Incident {
        let mentions = event.evidence().to_vec();
        Incident {
            id: id.into(),
            event,
            sub_type: None,
            tags: vec![],
            role: Role::Main,
            epistemic: Epistemic::Asserted,
            date: DateValue::unknown(),
            place: None,
            weapons: vec![],
            munitions: Munitions::default(),
            interception: Interception::default(),
            launch_site: None,
            target: None,
            casualties: Casualties::default(),
            damage: Damage::default(),
            claimed_by: ClaimedBy::default(),
            perpetrator: None,
            blamed_on: vec![],
            attribution: vec![],
            mentions,
            links: vec![],
        }
    }

    pub fn event_type(&self) -> EventType {
        *self.event.value()
    }
}

/// A gazetteer entry (or an unlisted name) to which a place mention was tied.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Gazetteer id such as `iq/anbar/ain-al-asad`; `None` for a name that the
    /// gazetteer does not list (then `name_en` is a romanization).
    pub id: Option<Arc<str>>,
    pub name_en: Arc<str>,
    /// Other romanizations in use.
    pub names_en: Vec<Arc<str>>,
    pub name_ar: Arc<str>,
    pub relation: Relation,
    /// From the place itself up to the country.
    pub chain: Vec<PlaceLink>,
    /// ISO 3166-1 alpha-2; `XX` for waters; empty when not known.
    pub country: Arc<str>,
    pub point: Option<Point>,
    pub evidence: Vec<Evidence>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceLink {
    pub id: Option<Arc<str>>,
    pub kind: Arc<str>,
    pub name_en: Arc<str>,
    pub name_ar: Arc<str>,
}

/// A coordinate in degrees with the radius, in kilometres, within which the
/// true place lies.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    pub lat: f64,
    pub lon: f64,
    pub accuracy_km: f64,
}

impl PartialEq for Point {
    fn eq(&self, other: &Point) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Point {}

impl PartialOrd for Point {
    fn partial_cmp(&self, other: &Point) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By latitude, then longitude, then radius.
impl Ord for Point {
    fn cmp(&self, other: &Point) -> Ordering {
        let pairs = [(self.lat, other.lat), (self.lon, other.lon), (self.accuracy_km, other.accuracy_km)];
        pairs.iter().map(|(a, b)| a.total_cmp(b)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }
}

impl Point {
    /// Great-circle distance in kilometres (haversine, mean radius 6371 km).
    ///
    /// ```
    /// use marsad_model::Point;
    /// let baghdad = Point { lat: 33.3152, lon: 44.3661, accuracy_km: 15.0 };
    /// let erbil = Point { lat: 36.1911, lon: 44.0092, accuracy_km: 8.0 };
    /// assert!((baghdad.distance_km(erbil) - 321.0).abs() < 3.0);
    /// ```
    pub fn distance_km(self, other: Point) -> f64 {
        let (a, b) = (self.lat.to_radians(), other.lat.to_radians());
        let (dlat, dlon) = (b - a, (other.lon - self.lon).to_radians());
        let h = (dlat / 2.0).sin().powi(2) + a.cos() * b.cos() * (dlon / 2.0).sin().powi(2);
        2.0 * 6371.0 * h.sqrt().asin()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weapon {
    /// Id in `data/ar/lexicon/weapon.toml`.
    pub id: RuleId,
    pub name_en: Arc<str>,
    pub evidence: Vec<Evidence>,
}

/// Munition counts by what became of them. None is derived from another unless
/// the text does so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Munitions {
    pub launched: Quantity,
    pub landed: Quantity,
    pub intercepted: Quantity,
    pub unfired: Quantity,
    /// Tied by the text to none of the other four ("hit by three drones").
    pub used: Quantity,
}

impl Munitions {
    /// The five counts with their names, in the order of the format.
    pub fn each(&self) -> [(&'static str, &Quantity); 5] {
        [
            ("launched", &self.launched),
            ("landed", &self.landed),
            ("intercepted", &self.intercepted),
            ("unfired", &self.unfired),
            ("used", &self.used),
        ]
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interception {
    pub status: InterceptionStatus,
    /// Such as `C-RAM`, as the text names it.
    pub system: Option<String>,
    pub evidence: Vec<Evidence>,
}

impl Default for Interception {
    fn default() -> Self {
        Interception { status: InterceptionStatus::Unknown, system: None, evidence: vec![] }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaunchSite {
    /// The English name of a place, or the words of the text where it has no name («خارج الحدود»).
    pub value: Option<String>,
    pub place_id: Option<Arc<str>>,
    pub launcher_found: bool,
    pub evidence: Vec<Evidence>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// As the text words it. Of [`Target::INDIVIDUALS`] their names in Latin letters.
    pub value: String,
    /// Class id such as `embassy`, `military_base`, `market`; see
    /// `data/ar/lexicon/target.toml`.
    pub class: Option<String>,
    pub evidence: Vec<Evidence>,
}

impl Target {
    /// The class of persons who were killed and are known by name.
    pub const INDIVIDUALS: &str = "individuals";
    /// What stands between the names of several.
    pub const NAMES_APART: &str = "; ";

    /// The names of [`Target::INDIVIDUALS`]; none of another class.
    ///
    /// ```
    /// use marsad_model::Target;
    /// let class = Some(Target::INDIVIDUALS.to_string());
    /// let target = Target { value: "A; B".into(), class, evidence: vec![] };
    /// assert_eq!(target.individuals().collect::<Vec<_>>(), ["A", "B"]);
    /// assert_eq!(Target { class: None, ..target }.individuals().count(), 0);
    /// ```
    pub fn individuals(&self) -> impl Iterator<Item = &str> {
        let is_named = self.class.as_deref() == Some(Target::INDIVIDUALS);
        self.value.split(Target::NAMES_APART).filter(move |_| is_named)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Casualties {
    pub killed: Quantity,
    pub wounded: Quantity,
    /// One number for killed and wounded together.
    pub pooled: Quantity,
    /// Bombers and attackers, kept apart from the victims.
    pub perpetrators_killed: Quantity,
    pub by_group: Vec<GroupToll>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupToll {
    /// Such as `civilians`, `children`, `soldiers`, `police`, `contractors`.
    pub group: String,
    pub killed: Quantity,
    pub wounded: Quantity,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DamageStatus {
    #[default]
    Unknown,
    Stated,
    ExplicitNone,
    ExplicitUnknown,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Damage {
    pub status: DamageStatus,
    pub value: Option<String>,
    pub evidence: Vec<Evidence>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResponsibilityStatus {
    #[default]
    Unknown,
    Claimed,
    ExplicitNoClaim,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimedBy {
    pub status: ResponsibilityStatus,
    pub actor: Option<String>,
    pub evidence: Vec<Evidence>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlameStrength {
    /// Someone blames the actor for this incident.
    Accusation,
    /// "Often attributed to": says nothing about this incident.
    HabitualPattern,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blame {
    pub actor: String,
    /// Who blames; `None` when the text hides it in a passive.
    pub by: Option<String>,
    pub strength: BlameStrength,
    pub evidence: Vec<Evidence>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    pub source: String,
    pub kind: SourceKind,
    pub evidence: Vec<Evidence>,
}
