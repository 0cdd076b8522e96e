//! Whose planes were they, where a report names them once?
//!
//! «شن طيران التحالف غارة على باقم. … وتركزت غارتان على الملاحيط»: a report that tells strike after strike names those who
//! fly in the first. Where all that are named are the same, the next ones are theirs.

use crate::corefer::Event;
use marsad_model::{EventType, Incident, ResponsibilityStatus, Role};

/// So many sentences further, the strikes are of one row.
const ROW: usize = 4;

pub fn one_in_the_sky(events: &[Event], incidents: &mut [Incident]) {
    let strike = |i: &Incident| i.event_type() == EventType::AirStrike && i.role == Role::Main;
    let mut named: Vec<_> = incidents
        .iter()
        .zip(events)
        .filter(|(i, _)| strike(i))
        .filter_map(|(i, e)| Some((i.perpetrator.clone()?, e.units.iter().map(|u| u.sentence).max()?)))
        .collect();
    let accused = incidents.iter().any(|i| strike(i) && !i.blamed_on.is_empty());
    let Some((first, _)) = named.first().cloned().filter(|_| !accused) else { return };
    if named.iter().any(|(p, _)| p.value() != first.value()) {
        return;
    }
    for (out, event) in incidents.iter_mut().zip(events) {
        let silent = out.perpetrator.is_none() && out.claimed_by.status == ResponsibilityStatus::Unknown;
        let Some(at) = event.units.iter().map(|u| u.sentence).min().filter(|_| silent && strike(out)) else { continue };
        if let Some((theirs, told)) = named.iter().find(|(_, told)| *told <= at && at - told <= ROW).cloned() {
            out.perpetrator = Some(theirs.clone());
            named.push((theirs, at.max(told)));
        }
    }
}
