//! What of a document's claims is compared, as bytes that can be laid aside?
//!
//! A [`Resolver`](crate::Resolver) that is started again needs of each claim what [`crate::facts`] and [`crate::lean`] make of it, and
//! nothing else: not its evidence, not its wording. This file writes that down and reads it back; a field that comparison begins to ask
//! for is added here too (the test below compares what comes back with what went in). The bytes are for the very program that wrote them:
//! whoever keeps them throws them away when the program is another one. A checksum tells damage.

use crate::Claim;
use crate::when::{date_of, days};
use crate::wire::narrowed;
use jiff::civil::{Date, Weekday};
use marsad_model::*;
use std::fmt;
use std::sync::Arc;

/// What is compared of the claims of one document, for [`Resolver::take_kept`](crate::Resolver::take_kept). The claims are all of the
/// document, in any order.
///
/// ```
/// use marsad_model::EventType::Ied;
/// use marsad_resolve::{Claim, Resolver, kept};
/// let claim = Claim::coded("a", "i1", Ied, "test").with_fingerprint(vec![3, 1, 2]);
/// let bytes = kept(&[claim.clone()]);
/// let (mut once, mut again) = (Resolver::new(), Resolver::new());
/// once.add([&claim]);
/// again.take_kept("a", &bytes)?;
/// again.settle();
/// assert_eq!(once.groups(), again.groups());
/// assert!(again.take_kept("b", &bytes[1..]).is_err());
/// # Ok::<(), marsad_resolve::Damaged>(())
/// ```
pub fn kept(claims: &[Claim]) -> Vec<u8> {
    let mut out = Writer::default();
    out.list(&claims.first().map_or(vec![], |claim| narrowed(&claim.fingerprint)), |out, hash| {
        out.0.extend(hash.to_le_bytes());
    });
    out.list(claims, Writer::claim);
    out.finished()
}

/// Bytes that [`kept`] did not write, or not all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("what was kept of a document's claims does not read")
    }
}

impl std::error::Error for Damaged {}

/// The hashes of the document's text and its claims, as far as they are compared.
pub(crate) fn read(document: &str, bytes: &[u8]) -> Result<(Vec<u32>, Vec<Claim>), Damaged> {
    let mut reader = Reader(checked(bytes)?);
    let mut all = || {
        let hashes = reader.list(|r| r.take(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])))?;
        let claims = reader.list(|r| r.claim(document))?;
        reader.0.is_empty().then_some((hashes, claims))
    };
    all().ok_or(Damaged)
}

/// What was written, if it is what its sum says.
pub(crate) fn checked(bytes: &[u8]) -> Result<&[u8], Damaged> {
    let (body, sum) = bytes.split_last_chunk::<8>().ok_or(Damaged)?;
    if mixed(0, body) == u64::from_le_bytes(*sum) { Ok(body) } else { Err(Damaged) }
}

/// A sum with more bytes mixed in, eight at a time; tells damage, not malice.
pub(crate) fn mixed(sum: u64, bytes: &[u8]) -> u64 {
    let mut sum = sum ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        sum = (sum ^ u64::from_le_bytes(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    }
    sum
}

#[derive(Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    /// All that was written, with its sum.
    pub fn finished(mut self) -> Vec<u8> {
        let sum = mixed(0, &self.0);
        self.0.extend(sum.to_le_bytes());
        self.0
    }

    fn claim(&mut self, claim: &Claim) {
        let told = &claim.incident;
        self.date(claim.published_earliest);
        self.date(claim.published_latest);
        self.text(&told.id);
        self.number(told.event_type() as u64);
        self.list(told.event.evidence(), |out, e| out.span(e.span));
        self.number(told.role as u64);
        self.option(told.sub_type.as_deref(), Writer::text);
        self.list(&told.tags, |out, tag| out.text(tag));
        self.date(told.date.earliest);
        self.date(told.date.latest);
        self.number(told.date.precision as u64);
        self.number(told.date.weekday.map_or(0, |day| day.to_monday_one_offset() as u64));
        self.option(told.place.as_ref(), Writer::place);
        self.list(&told.weapons, |out, weapon| out.text(&weapon.id));
        told.munitions.each().iter().for_each(|(_, quantity)| self.quantity(quantity));
        self.option(told.target.as_ref(), |out, target| {
            out.text(&target.value);
            out.option(target.class.as_deref(), Writer::text);
        });
        self.quantity(&told.casualties.killed);
        self.quantity(&told.casualties.wounded);
        self.option(told.perpetrator.as_ref().map(|p| p.value().as_str()), Writer::text);
        self.number(told.claimed_by.status as u64);
        self.option(told.claimed_by.actor.as_deref(), Writer::text);
        self.list(&told.blamed_on, |out, blame| {
            out.text(&blame.actor);
            out.number(blame.strength as u64);
        });
        self.list(&told.attribution, |out, said| {
            out.text(&said.source);
            out.number(said.kind as u64);
        });
        self.list(&told.links, |out, link| {
            out.text(&link.to);
            out.number(*link.kind.value() as u64);
            out.list(link.kind.evidence(), |out, e| {
                out.span(e.span);
                out.text(&e.rule);
            });
        });
        // Who says so, where anything is said.
        if !told.links.is_empty() {
            self.text(&claim.source);
            self.option(claim.outlet.as_deref(), Writer::text);
        }
    }

    fn span(&mut self, span: Span) {
        self.number(span.start.into());
        self.number(span.end.into());
    }

    fn place(&mut self, place: &Place) {
        self.option(place.id.as_deref(), Writer::text);
        self.text(&place.name_en);
        self.text(&place.country);
        self.list(&place.chain, |out, link| {
            out.option(link.id.as_deref(), Writer::text);
            out.text(&link.kind);
            out.text(&link.name_en);
        });
        self.option(place.point.as_ref(), |out, point| {
            [point.lat, point.lon, point.accuracy_km].iter().for_each(|x| out.0.extend(x.to_le_bytes()));
        });
    }

    fn quantity(&mut self, quantity: &Quantity) {
        self.number(quantity.status as u64 * 2 + u64::from(quantity.approx));
        [quantity.value, quantity.min, quantity.max]
            .iter()
            .for_each(|n| self.number(n.map_or(0, |n| u64::from(n) + 1)));
    }

    fn date(&mut self, date: Option<Date>) {
        // Days since 1970, the negative ones between the others; 0 stands for no date.
        let number = date.map_or(0, |date| {
            let day = i64::from(days(date));
            1 + ((day << 1) ^ (day >> 63)) as u64
        });
        self.number(number);
    }

    fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Writer, T)) {
        self.0.push(u8::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    pub fn list<T>(&mut self, values: &[T], write: impl Fn(&mut Writer, &T)) {
        self.number(values.len() as u64);
        values.iter().for_each(|value| write(self, value));
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend(text.as_bytes());
    }

    /// Seven bits a byte, the low ones first.
    pub fn number(&mut self, mut number: u64) {
        while number > 127 {
            self.0.push(number as u8 | 128);
            number >>= 7;
        }
        self.0.push(number as u8);
    }
}

pub(crate) struct Reader<'b>(pub &'b [u8]);

impl<'b> Reader<'b> {
    fn claim(&mut self, document: &str) -> Option<Claim> {
        let (published_earliest, published_latest) = (self.date()?, self.date()?);
        let (id, event) = (self.text()?, self.one_of(EventType::ALL)?);
        let rule: RuleId = Arc::default();
        let spans = self.list(Reader::span)?;
        let evidence = spans.into_iter().map(|span| Evidence { span, rule: rule.clone() }).collect();
        let mut told = Incident::new(id, Sourced::with_all(event, evidence)?);
        told.mentions.clear();
        told.role = self.one_of(Role::ALL)?;
        told.sub_type = self.option(Reader::string)?;
        told.tags = self.list(Reader::string)?;
        (told.date.earliest, told.date.latest) = (self.date()?, self.date()?);
        told.date.precision = self.one_of(&PRECISIONS)?;
        told.date.weekday = match self.number()? {
            0 => None,
            day => Some(Weekday::from_monday_one_offset(i8::try_from(day).ok()?).ok()?),
        };
        told.place = self.option(Reader::place)?;
        told.weapons =
            self.list(|r| Some(Weapon { id: r.text()?.into(), name_en: Arc::default(), evidence: vec![] }))?;
        let mut counts = || self.quantity();
        told.munitions = Munitions {
            launched: counts()?,
            landed: counts()?,
            intercepted: counts()?,
            unfired: counts()?,
            used: counts()?,
        };
        told.target =
            self.option(|r| Some(Target { value: r.string()?, class: r.option(Reader::string)?, evidence: vec![] }))?;
        (told.casualties.killed, told.casualties.wounded) = (self.quantity()?, self.quantity()?);
        let perpetrator = self.option(Reader::string)?;
        told.perpetrator = perpetrator.map(|p| Sourced::new(p, Evidence { span: Span::new(0, 0), rule }));
        told.claimed_by.status = self.one_of(&RESPONSIBILITIES)?;
        told.claimed_by.actor = self.option(Reader::string)?;
        told.blamed_on = self.list(|r| {
            Some(Blame { actor: r.string()?, by: None, strength: r.one_of(&STRENGTHS)?, evidence: vec![] })
        })?;
        told.attribution = self
            .list(|r| Some(Attribution { source: r.string()?, kind: r.one_of(SourceKind::ALL)?, evidence: vec![] }))?;
        told.links = self.list(|r| {
            let (to, kind) = (r.string()?, r.one_of(&LinkKind::ALL)?);
            let evidence = r.list(|r| Some(Evidence { span: r.span()?, rule: r.shared()? }))?;
            Some(Link { to, kind: Sourced::with_all(kind, evidence)? })
        })?;
        let mut claim = Claim { published_earliest, published_latest, ..Claim::new(document, told) };
        if !claim.incident.links.is_empty() {
            (claim.source, claim.outlet) = (self.string()?, self.option(Reader::string)?);
        }
        Some(claim)
    }

    fn span(&mut self) -> Option<Span> {
        let (start, end) = (self.small()?, self.small()?);
        (start <= end).then(|| Span::new(start, end))
    }

    fn place(&mut self) -> Option<Place> {
        Some(Place {
            id: self.option(Reader::shared)?,
            name_en: self.shared()?,
            names_en: vec![],
            name_ar: Arc::default(),
            relation: Relation::In,
            country: self.shared()?,
            chain: self.list(|r| {
                let (id, kind, name_en) = (r.option(Reader::shared)?, r.shared()?, r.shared()?);
                Some(PlaceLink { id, kind, name_en, name_ar: Arc::default() })
            })?,
            point: self.option(|r| Some(Point { lat: r.float()?, lon: r.float()?, accuracy_km: r.float()? }))?,
            evidence: vec![],
        })
    }

    fn quantity(&mut self) -> Option<Quantity> {
        let status = self.number()?;
        let mut count = || Some(self.number()?.checked_sub(1).map(|n| n as u32));
        Some(Quantity {
            value: count()?,
            min: count()?,
            max: count()?,
            approx: status % 2 == 1,
            status: *STATUSES.get((status / 2) as usize)?,
            evidence: vec![],
        })
    }

    fn date(&mut self) -> Option<Option<Date>> {
        Some(match self.number()? {
            0 => None,
            number => {
                let folded = number - 1;
                let day = (folded >> 1) as i64 ^ -((folded & 1) as i64);
                Some(date_of(i32::try_from(day).ok()?)?)
            }
        })
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        all.get(usize::try_from(self.number()?).ok()?).copied()
    }

    fn option<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.take(1)?[0] {
            0 => Some(None),
            _ => read(self).map(Some),
        }
    }

    pub fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        (0..self.number()?).map(|_| read(self)).collect()
    }

    fn shared(&mut self) -> Option<Arc<str>> {
        self.text().map(Arc::from)
    }

    fn string(&mut self) -> Option<String> {
        self.text().map(str::to_string)
    }

    fn text(&mut self) -> Option<&'b str> {
        let length = usize::try_from(self.number()?).ok()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    fn float(&mut self) -> Option<f64> {
        self.take(8).and_then(|bytes| bytes.try_into().ok()).map(f64::from_le_bytes)
    }

    pub fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    pub fn number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.take(1)?[0];
            number |= u64::from(byte & 127).checked_shl(shift)?;
            if byte < 128 {
                return Some(number);
            }
            shift += 7;
        }
    }

    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }
}

/// In the order of their declaration, as their numbers are written.
const PRECISIONS: [DatePrecision; 6] = [
    DatePrecision::Unknown,
    DatePrecision::Year,
    DatePrecision::Month,
    DatePrecision::MonthPart,
    DatePrecision::Day,
    DatePrecision::PartOfDay,
];
const STATUSES: [QuantityStatus; 5] = [
    QuantityStatus::Unknown,
    QuantityStatus::Stated,
    QuantityStatus::Inferred,
    QuantityStatus::ExplicitNone,
    QuantityStatus::ExplicitUnknown,
];
const RESPONSIBILITIES: [ResponsibilityStatus; 3] =
    [ResponsibilityStatus::Unknown, ResponsibilityStatus::Claimed, ResponsibilityStatus::ExplicitNoClaim];
const STRENGTHS: [BlameStrength; 2] = [BlameStrength::Accusation, BlameStrength::HabitualPattern];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::lean::Pool;

    #[test]
    fn numbers_stand_for_the_words_in_their_order() {
        assert!(PRECISIONS.iter().zip(0..).all(|(word, n)| *word as i32 == n));
        assert!(STATUSES.iter().zip(0..).all(|(word, n)| *word as i32 == n));
        assert!(RESPONSIBILITIES.iter().zip(0..).all(|(word, n)| *word as i32 == n));
        assert!(STRENGTHS.iter().zip(0..).all(|(word, n)| *word as i32 == n));
    }

    #[test]
    fn every_day_comes_back() {
        for day in ["-0044-03-15", "1969-12-31", "1970-01-01", "2026-11-22", "9999-12-30"] {
            let date = Some(day.parse().unwrap_or_else(|_| jiff::civil::date(-44, 3, 15)));
            let mut out = Writer::default();
            out.date(date);
            assert_eq!(Reader(&out.0).date(), Some(date), "{day}");
        }
    }

    #[test]
    fn all_that_is_compared_comes_back() {
        let rich = rich();
        let (hashes, back) = read("a", &kept(std::slice::from_ref(&rich))).expect("it was just written");
        assert_eq!(hashes, narrowed(&rich.fingerprint));
        let facts = |claim: &Claim| format!("{:?}", Facts::of(claim, "a".into(), 0, &mut Pool::default()));
        assert_eq!(facts(&back[0]), facts(&rich));
        // Of one field only either a weekday or a day of news.
        assert!(!facts(&rich).replace("news: None", "").contains("None"), "every field has a value: {}", facts(&rich));
        let mut sourced = rich;
        let agency = Attribution { source: "agency".into(), kind: SourceKind::Agency, evidence: vec![] };
        sourced.incident.attribution = vec![agency];
        assert_eq!(
            facts(&read("a", &kept(std::slice::from_ref(&sourced))).expect("just written").1[0]),
            facts(&sourced)
        );
        let poor = Claim::coded("a", "i1", EventType::Ied, "test");
        assert_eq!(facts(&read("a", &kept(std::slice::from_ref(&poor))).expect("just written").1[0]), facts(&poor));
    }

    /// A claim that says something of everything.
    fn rich() -> Claim {
        let (at, link) = (vec![Evidence::new(Span::new(4, 9), "test")], |id: &str, kind: &str| PlaceLink {
            id: Some(id.into()),
            kind: kind.into(),
            name_en: id.into(),
            name_ar: "".into(),
        });
        let mut claim = Claim::coded("a", "i7", EventType::DroneAttack, "test")
            .with_published(jiff::civil::date(2021, 5, 5))
            .with_fingerprint(vec![9, 1, 1 << 60]);
        let told = &mut claim.incident;
        told.event = Sourced::with_all(EventType::DroneAttack, vec![at[0].clone(), at[0].clone()]).expect("two");
        (told.role, told.sub_type, told.tags) =
            (Role::Background, Some("kamikaze".into()), vec!["assassination".into()]);
        told.date = DateValue {
            earliest: Some(jiff::civil::date(2021, 5, 1)),
            latest: Some(jiff::civil::date(2021, 5, 3)),
            precision: DatePrecision::Month,
            weekday: Some(Weekday::Sunday),
            ..DateValue::unknown()
        };
        told.place = Some(Place {
            id: Some("market".into()),
            name_en: "Market".into(),
            names_en: vec![],
            name_ar: "".into(),
            relation: Relation::Near,
            chain: vec![
                link("market", "market"),
                link("town", "town"),
                link("district", "district"),
                link("north", "governorate"),
            ],
            country: "SD".into(),
            point: Some(Point { lat: 13.2, lon: -30.3, accuracy_km: 2.5 }),
            evidence: at.clone(),
        });
        told.weapons = vec![Weapon { id: "shahed".into(), name_en: "".into(), evidence: at.clone() }];
        let count = |n: u32| Quantity { approx: n.is_multiple_of(2), ..Quantity::exactly(n, at.clone()) };
        told.munitions = Munitions {
            launched: count(1),
            landed: count(2),
            intercepted: count(3),
            unfired: count(4),
            used: count(u32::MAX),
        };
        told.target = Some(Target { value: "a judge".into(), class: Some("person".into()), evidence: at.clone() });
        (told.casualties.killed, told.casualties.wounded) = (count(0), count(7));
        told.perpetrator = Some(Sourced::new("a faction".into(), at[0].clone()));
        told.claimed_by =
            ClaimedBy { status: ResponsibilityStatus::Claimed, actor: Some("others".into()), evidence: at.clone() };
        told.blamed_on = vec![Blame {
            actor: "a third".into(),
            by: None,
            strength: BlameStrength::Accusation,
            evidence: at.clone(),
        }];
        told.attribution = vec![];
        told.links = vec![Link { kind: Sourced::new(LinkKind::PartOf, at[0].clone()), to: "i1".into() }];
        (claim.source, claim.outlet) = ("https://outlet.example/1".into(), Some("an outlet".into()));
        claim
    }
}
