//! Which toll adds up several attacks, and belongs to none of them?
//!
//! «40 قتيلاً في تفجيرين», then «… وخلف الأول 25 قتيلاً»: the headline counts all, the body counts each. Where an
//! attack has a smaller count of its own, the larger one is a tally when the attacks told add up to it, or when its
//! sentence speaks of several attacks and the report tells several.

use crate::context::Ctx;
use crate::corefer::Event;
use crate::judge::shared_toll;
use crate::place;
use crate::toll::{Fact, Kind, Said, Tie};
use crate::unit::Unit;
use marsad_lang::{Count, Mention, Part};
use marsad_model::Tally;

/// Takes the totals out of the events, and gives them as tallies.
pub fn taken_out(ctx: &Ctx, events: &mut [Event]) -> Vec<Tally> {
    let own: Vec<Own> = events.iter().map(Own::of).collect();
    let mut out = vec![];
    for (i, event) in events.iter_mut().enumerate() {
        let others: Vec<&Own> = own.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, o)| o).collect();
        let mut told = None;
        for unit in &mut event.units {
            let several = !others.is_empty() && of_several(ctx, unit);
            let total = |f: &Fact| is_total(f, &own[i], &others, several);
            if unit.facts.iter().any(total) {
                told = told.or_else(|| shared_toll(ctx, unit));
                unit.facts.retain(|f| !total(f));
                unit.toll_shared = true;
            }
        }
        out.extend(told);
    }
    out
}

/// The smallest count that is told of an event, of each kind.
struct Own {
    killed: Option<f64>,
    wounded: Option<f64>,
}

impl Own {
    fn of(event: &Event) -> Own {
        let least = |kind: Kind| {
            let facts = event.units.iter().flat_map(|u| &u.facts).filter(|f| f.kind == kind);
            facts.filter_map(count).reduce(f64::min)
        };
        Own { killed: least(Kind::Killed), wounded: least(Kind::Wounded) }
    }

    fn get(&self, kind: Kind) -> Option<f64> {
        match kind {
            Kind::Killed => self.killed,
            Kind::Wounded => self.wounded,
            _ => None,
        }
    }
}

/// The value of a count that stands for itself.
fn count(f: &Fact) -> Option<f64> {
    let apart = f.tie == Tie::Apart && !f.over_period && !f.breakdown && !f.earlier && !f.update;
    match f.said {
        Said::Count(a) if apart => a.value,
        _ => None,
    }
}

fn is_total(f: &Fact, own: &Own, others: &[&Own], several: bool) -> bool {
    let (Some(total), Some(own)) = (count(f), own.get(f.kind)) else { return false };
    let told: Vec<f64> = others.iter().filter_map(|o| o.get(f.kind)).collect();
    let adds_up = !told.is_empty() && own + told.iter().sum::<f64>() == total;
    own < total && (adds_up || several)
}

/// «في تفجيرين», «في هجمات متفرقة», «في حادثين منفصلين», «باستهداف كنيستين».
fn of_several(ctx: &Ctx, unit: &Unit) -> bool {
    let l = ctx.l;
    let several = |m: &Mention| {
        let noun = matches!(m.form.part, Part::Noun | Part::Plain);
        let counted = m.quantity.is_some_and(|q| q.value.is_some_and(|v| v >= 2.0));
        noun && (m.form.count == Count::Dual || m.form.count == Count::Plural && !m.clitics.article || counted)
    };
    let acts =
        || [l.attack, l.explode, l.detonate, l.ambush].iter().any(|k| ctx.all(unit.first..unit.end, *k).any(several));
    // «باستهداف كنيستين في مصر»: two sites, and no town for both.
    let broad = || unit.scene(ctx).is_none_or(|s| place::level(ctx, s) >= 7);
    let sites = |m: &Mention| several(m) && !m.clitics.article && ctx.before(m.first, l.target_v).is_some();
    acts() || broad() && ctx.all(unit.first..unit.end, l.target).any(sites)
}
