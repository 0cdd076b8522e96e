//! How is a value written so that equal values look equal?
//!
//! Each function gives a field's value with its ASCII text, or `None` when the telling is silent. Two tellings agree on
//! a field exactly when the texts are equal, so a text holds what counts and leaves out the wording of the source.

use jiff::civil::Date;
use marsad_model::{
    Attribution, Blame, BlameStrength, ClaimedBy, Damage, DamageStatus, DatePrecision, DateValue, EventType, GroupToll,
    Incident, Interception, InterceptionStatus, LaunchSite, Place, Quantity, QuantityStatus, ResponsibilityStatus,
    SourceKind, Sourced, Target, Weapon, weekday_name,
};

type Said<T> = Option<(String, T)>;

pub(crate) fn event(incident: &Incident) -> Said<(EventType, &Incident)> {
    Some((incident.event_type().name().to_string(), (incident.event_type(), incident)))
}

/// `2021-05-04`, `2021-05-01..2021-05-31`, `..2021-07-29`, or a weekday of which nothing else is known.
pub(crate) fn date(incident: &Incident) -> Said<&DateValue> {
    let date = &incident.date;
    let day = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let text = match (date.earliest, date.latest) {
        (None, None) => weekday_name(date.weekday?).to_string(),
        (a, b) if a == b || date.precision >= DatePrecision::Day && b.is_none() => day(a),
        (a, b) => format!("{}..{}", day(a), day(b)),
    };
    Some((text, date))
}

pub(crate) fn place(incident: &Incident) -> Said<&Place> {
    let place = incident.place.as_ref()?;
    Some((place.id.clone().unwrap_or_else(|| place.name_en.clone()).to_string(), place))
}

/// `4`, `~30`, `>=3`, `<=9`, `20..99`, `some`, `none`, `not_known`.
pub(crate) fn quantity(quantity: &Quantity) -> Said<&Quantity> {
    let text = match (quantity.status, quantity.value, quantity.min, quantity.max) {
        (QuantityStatus::Unknown, ..) => return None,
        (QuantityStatus::ExplicitNone, ..) => "none".to_string(),
        (QuantityStatus::ExplicitUnknown, ..) => "not_known".to_string(),
        (_, Some(n), ..) if quantity.approx => format!("~{n}"),
        (_, _, Some(n), Some(m)) if n == m => n.to_string(),
        (_, _, Some(n), Some(m)) => format!("{n}..{m}"),
        (_, _, Some(n), None) => format!(">={n}"),
        (_, _, None, Some(m)) => format!("<={m}"),
        (_, Some(n), None, None) => n.to_string(),
        (_, None, None, None) => "some".to_string(),
    };
    Some((text, quantity))
}

pub(crate) fn weapons(incident: &Incident) -> Said<&Vec<Weapon>> {
    let ids = joined(incident.weapons.iter().map(|w| w.id.to_string()), "+")?;
    Some((ids, &incident.weapons))
}

pub(crate) fn interception(incident: &Incident) -> Said<&Interception> {
    let interception = &incident.interception;
    let is_said = interception.status != InterceptionStatus::Unknown;
    is_said.then(|| (interception.status.name().to_string(), interception))
}

pub(crate) fn launch_site(incident: &Incident) -> Said<&LaunchSite> {
    let site = incident.launch_site.as_ref()?;
    let name = site.place_id.as_deref().or(site.value.as_deref()).unwrap_or("unnamed");
    Some((name.to_string(), site))
}

/// The class, since every outlet words the target in its own way.
pub(crate) fn target(incident: &Incident) -> Said<&Target> {
    let target = incident.target.as_ref()?;
    Some((target.class.clone().unwrap_or_else(|| target.value.clone()), target))
}

/// Only whether there was damage; its wording differs from outlet to outlet without contradiction.
pub(crate) fn damage(incident: &Incident) -> Said<&Damage> {
    let name = match incident.damage.status {
        DamageStatus::Unknown => return None,
        DamageStatus::Stated => "stated",
        DamageStatus::ExplicitNone => "none",
        DamageStatus::ExplicitUnknown => "not_known",
    };
    Some((name.to_string(), &incident.damage))
}

pub(crate) fn claimed_by(incident: &Incident) -> Said<&ClaimedBy> {
    let claim = &incident.claimed_by;
    let name = match claim.status {
        ResponsibilityStatus::Unknown => return None,
        ResponsibilityStatus::ExplicitNoClaim => "no_claim",
        ResponsibilityStatus::Claimed => claim.actor.as_deref().unwrap_or("unnamed"),
    };
    Some((name.to_string(), claim))
}

pub(crate) fn perpetrator(incident: &Incident) -> Said<&Sourced<String>> {
    incident.perpetrator.as_ref().map(|p| (p.value().clone(), p))
}

/// `children 3/2; soldiers 1/-`: group, killed, wounded.
pub(crate) fn by_group(incident: &Incident) -> Said<&Vec<GroupToll>> {
    let count = |q| quantity(q).map_or("-".to_string(), |(text, _)| text);
    let groups = &incident.casualties.by_group;
    let each = groups.iter().map(|g| format!("{} {}/{}", g.group, count(&g.killed), count(&g.wounded)));
    Some((joined(each, "; ")?, groups))
}

/// Accusations; a habitual pattern says nothing about this incident.
pub(crate) fn blamed_on(incident: &Incident) -> Said<&Vec<Blame>> {
    let accused = incident.blamed_on.iter().filter(|b| b.strength == BlameStrength::Accusation);
    Some((joined(accused.map(|b| b.actor.clone()), "; ")?, &incident.blamed_on))
}

/// The speakers after the outlet, `agency < official`.
pub(crate) fn attribution(incident: &Incident) -> Said<&Vec<Attribution>> {
    let speakers = incident.attribution.iter().filter(|a| a.kind != SourceKind::Outlet);
    let chain: Vec<&str> = speakers.map(|a| a.source.as_str()).collect();
    (!chain.is_empty()).then(|| (chain.join(" < "), &incident.attribution))
}

/// Sorted, each once; `None` when empty.
fn joined(names: impl Iterator<Item = String>, separator: &str) -> Option<String> {
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.dedup();
    (!names.is_empty()).then(|| names.join(separator))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_read_as_in_the_handbook() {
        let check = |q: Quantity, expected: Option<&str>| assert_eq!(quantity(&q).map(|(t, _)| t).as_deref(), expected);
        check(Quantity::unknown(), None);
        check(Quantity::none(vec![]), Some("none"));
        check(Quantity::not_known(vec![]), Some("not_known"));
        check(Quantity::exactly(4, vec![]), Some("4"));
        check(Quantity::at_least(3, vec![]), Some(">=3"));
        check(Quantity { approx: true, ..Quantity::exactly(30, vec![]) }, Some("~30"));
        check(Quantity { value: None, min: Some(20), max: Some(99), ..Quantity::some(vec![]) }, Some("20..99"));
        check(Quantity::some(vec![]), Some("some"));
    }
}
