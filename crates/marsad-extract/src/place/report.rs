//! In which country does a report play, where an incident of it names no place?
//!
//! «… في مقديشو أمس. وفي 20 حزيران قتل عشرة بسيارة مفخخة أمام مبنى للسلطات»: the second
//! attack was in Somalia too. Only where all places that a report's incidents
//! name lie in one country is it taken for the others; it stays the country
//! alone, with the place that told it as evidence.

use crate::context::Ctx;
use marsad_model::{Evidence, Incident, Place};

/// Gives the country of the report to incidents without one.
pub fn share_country(ctx: &Ctx, incidents: &mut [Incident]) {
    let Some(country) = country_of(ctx, incidents) else { return };
    for incident in incidents {
        match &mut incident.place {
            None => incident.place = Some(country.clone()),
            Some(unlisted) if unlisted.country.is_empty() => {
                unlisted.country = country.country.clone();
                unlisted.chain.extend(country.chain.iter().cloned());
                unlisted.evidence.extend(country.evidence.iter().cloned());
            }
            Some(_) => {}
        }
    }
}

/// The one country of all places named, as a place.
fn country_of(ctx: &Ctx, incidents: &[Incident]) -> Option<Place> {
    let named = || incidents.iter().filter_map(|i| i.place.as_ref()).filter(|p| !p.country.is_empty());
    let first = named().next()?;
    if named().any(|p| p.country != first.country) {
        return None;
    }
    let g = &ctx.res.gazetteer;
    let country = g.place(g.country(&first.country)?);
    let told = first.evidence.first()?;
    Some(Place { evidence: vec![Evidence::new(told.span, "place/country-of-report")], ..country })
}
